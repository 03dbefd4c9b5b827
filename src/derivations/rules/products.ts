import {
  add,
  type Canon,
  call,
  coefficient,
  factorsOf,
  freshIndex,
  isNum,
  key,
  mentions,
  minusOne,
  mul,
  negative,
  one,
  pow,
  powerOf,
  put,
  rational,
  termsOf,
} from "./canon";
import { positive, type Scope } from "./scope";
import { withFactors } from "./sign";

/** A sum inside a product, written so that its first term in canonical order is positive: a(b − c) = −a(c − b). */
export function signsOut(c: Canon): Canon {
  if (c.t !== "mul" && c.t !== "pow") return c;
  return mul(
    ...factorsOf(c).flatMap((factor) => {
      const [base, exp] = powerOf(factor);
      if (base.t !== "add" || exp.t !== "num" || exp.d !== 1n || !startsNegative(base)) return [factor];
      return [exp.n % 2n === 0n ? one : minusOne, pow(negative(base), exp)];
    }),
  );
}

export function startsNegative(c: Canon): boolean {
  const terms = termsOf(c).map((term) => coefficient(term));
  const [first] = terms
    .map(([number, rest]) => [key(rest), number] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return first !== undefined && first[1].n < 0n;
}

/** Like terms together; those that cancel disappear. */
export function collect(items: readonly Canon[]): Canon {
  const terms = new Map<string, [Canon, Canon]>();
  for (const item of items) {
    const [number, rest] = coefficient(item);
    const name = key(rest);
    const known = terms.get(name);
    terms.set(name, known ? [add(known[0], number), rest] : [number, rest]);
  }
  return add(...[...terms.values()].map(([number, rest]) => mul(number, rest)));
}

/** Like factors together. A factor that cancels must not be zero. */
export function combine(items: readonly Canon[], scope: Scope): Canon {
  const numbersOnly = !scope.features.has("cancel");
  const bases = new Map<string, [Canon, Canon[]]>();
  const rest: Canon[] = [];
  const known = { ...scope, known: withFactors(scope.known, items, scope.context) };
  for (const item of items) {
    const [base, exp] = powerOf(item);
    // The rules for powers of 2 and of e do not touch other factors.
    const mine = scope.features.has("powers")
      ? base.t === "num" || positive(base, known)
      : base.t === "call" && base.name === "exp";
    if (item.t === "num" || (numbersOnly && !mine)) {
      if (item.t === "num" && scope.features.has("powers") && !isNum(item, 1n) && !isNum(item, -1n)) {
        const name = key(item);
        const entry = bases.get(name);
        if (entry) entry[1].push(one);
        else bases.set(name, [item, [one]]);
      } else rest.push(item);
      continue;
    }
    const name = key(base);
    const entry = bases.get(name);
    if (entry) entry[1].push(exp);
    else bases.set(name, [base, [exp]]);
  }
  for (const [base, exps] of bases.values()) {
    const whole = collect(exps.flatMap((exp) => termsOf(exp)));
    const onlyGrows = exps.every((exp) => exp.t === "num" && exp.n > 0n);
    if (exps.length === 1) rest.push(pow(base, exps[0]!));
    else if (onlyGrows || base.t === "num" || positive(base, known) || nonzero(base, exps))
      rest.push(pow(base, whole));
    else rest.push(...exps.map((exp) => pow(base, exp)));
  }
  return mul(...rest);
}

/** A factor that stands in a denominator is not zero where the line has a value at all. */
export const nonzero = (base: Canon, exps: readonly Canon[]): boolean =>
  base.t !== "num" && exps.some((exp) => exp.t === "num" && exp.n < 0n);

/** Products over sums, multiplied out. */
export function expand(c: Canon): Canon {
  if (c.t !== "mul") return c;
  const at = c.items.findIndex((item) => item.t === "add");
  if (at < 0) return c;
  const sum = c.items[at]!;
  const others = c.items.filter((_, i) => i !== at);
  return add(...termsOf(sum).map((term) => expand(mul(...others, term))));
}

export function expandPower(c: Canon): Canon {
  if (c.t !== "pow" || c.base.t !== "add" || !isNum(c.exp) || c.exp.d !== 1n || c.exp.n < 2n || c.exp.n > 4n)
    return c;
  let result: Canon = c.base;
  for (let i = 1n; i < c.exp.n; i++) result = expand(mul(c.base, ...[result])) as Canon;
  return c.exp.n === 2n
    ? add(...termsOf(c.base).flatMap((a) => termsOf(c.base).map((b) => mul(a, b))))
    : result;
}

export function powers(c: Canon, scope: Scope): Canon {
  if (c.t !== "pow") return c;
  const { base, exp } = c;
  if (scope.features.has("powers")) {
    // 2^(a + b) = 2^a 2^b: powers of a number are kept split and combined again as one exponent.
    if (base.t === "pow" && positive(base.base, scope)) return pow(base.base, mul(base.exp, exp));
    if (base.t === "mul" && base.items.every((part) => positive(part, scope)))
      return mul(...base.items.map((part) => pow(part, exp)));
  }
  if (scope.features.has("log exp") && exp.t === "call" && exp.name === "log2" && isNum(base, 2n))
    return exp.args[0]!;
  if (scope.features.has("log exp") && isNum(base, 2n)) {
    const [number, rest] = coefficient(exp);
    if (rest.t === "call" && rest.name === "log2") return pow(rest.args[0]!, number);
  }
  const [root, power] = powerOf(base);
  if (scope.features.has("exp sum") && base.t === "pow" && root.t === "call" && root.name === "exp")
    return call("exp", mul(root.args[0]!, power, exp));
  if (scope.features.has("exp sum") && base.t === "call" && base.name === "exp" && exp.t !== "num")
    return call("exp", mul(base.args[0]!, exp));
  return c;
}

/** a·Σᵢ bᵢ = Σᵢ a·bᵢ, so that sums stand directly inside sums; a plain number stays outside. */
export function pushInside(c: Canon): Canon {
  const factors = factorsOf(c);
  const at = factors.findIndex((part) => part.t === "bind" && part.name === "sum");
  const sum = factors[at];
  const others = factors.filter((part, i) => i !== at && part.t !== "num");
  if (sum?.t !== "bind" || others.length === 0) return c;
  const clash = others.some((part) => mentions(part, sum.index));
  const index = clash ? freshIndex(sum.index, [...others, ...sum.args]) : sum.index;
  const body = clash ? put(sum.args[0]!, sum.index, { t: "name", name: index, at: [] }) : sum.args[0]!;
  const numbers = factors.filter((part) => part.t === "num");
  return mul(...numbers, { ...sum, index, args: [pushInside(mul(...others, body))] });
}

/** δ_kl f(l) = δ_kl f(k): the first of the two names, in alphabetical order. */
export function sameIndex(c: Canon): Canon {
  const factors = factorsOf(c);
  const delta = factors.find((part) => part.t === "call" && part.name === "delta");
  if (delta?.t !== "call") return c;
  const [a, b] = delta.args;
  if (a?.t !== "name" || b?.t !== "name" || a.at.length + b.at.length > 0) return c;
  const [first, second] = a.name < b.name ? [a, b] : [b, a];
  return mul(...factors.map((part) => (part === delta ? part : put(part, second.name, first))));
}

export const grows = (factor: Canon): boolean => {
  const exp = powerOf(factor)[1];
  return exp.t === "num" && exp.n > 0n && exp.d === 1n;
};

/** What stands below a fraction bar in the terms of a sum: the highest power of each. */
export function denominators(c: Canon): Canon[] {
  const below = new Map<string, readonly [Canon, bigint]>();
  for (const term of termsOf(c))
    for (const factor of factorsOf(term)) {
      const [base, exp] = powerOf(factor);
      if (exp.t !== "num" || exp.n >= 0n || exp.d !== 1n) continue;
      const known = below.get(key(base));
      if (!known || known[1] < -exp.n) below.set(key(base), [base, -exp.n]);
    }
  return [...below.values()].map(([base, power]) => pow(base, rational(power)));
}
