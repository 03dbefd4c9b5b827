import { type Context, open } from "../context";
import { freeNames } from "../tree";
import {
  add,
  type Canon,
  call,
  children,
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
  rebuild,
  same,
  termsOf,
  zero,
} from "./canon";
import { differentiate } from "./differentiate";
import { type Known, signOf, withCondition, withFactors } from "./sign";

/** What a normaliser may do beyond order, brackets and signs. Each rule is a short list of these. */
export type Feature =
  | "collect" // a + a = 2a, a − a = 0
  | "cancel" // a·a = a², a/a = 1 for a ≠ 0
  | "expand" // a(b + c) = ab + ac
  | "linear" // Σ(a + cb) = Σa + cΣb
  | "exchange" // ΣᵢΣⱼ = ΣⱼΣᵢ, with factors brought inside
  | "together" // log(a + b/c) = log((ac + b)/c)
  | "chain" // ∂f(u)/∂z = Σⱼ ∂f/∂uⱼ · ∂uⱼ/∂z
  | "log product"
  | "log quotient"
  | "log power"
  | "log exp"
  | "exp sum"
  | "powers" // 2^a·2^b = 2^(a+b)
  | "total" // Σp = 1
  | "pick" // Σᵢ δᵢₖ aᵢ = aₖ
  | "differentiate"
  | "additive"
  | "Gaussian";

export type Scope = {
  readonly context: Context;
  readonly features: ReadonlySet<Feature>;
  readonly known: Known;
  /** Whether `Σᵢ name[…, i]` is 1, by its domain or as far as numbers tell. */
  readonly isDistribution: (name: string, at: number) => boolean;
};

/** Applies a set of rewritings until nothing changes. */
export function normalise(c: Canon, scope: Scope): Canon {
  let now = c;
  let before = "";
  for (let round = 0; round < 12; round++) {
    const text = key(now);
    if (text === before) break;
    before = text;
    now = pass(now, scope);
  }
  return now;
}

const positive = (c: Canon, scope: Scope): boolean => signOf(c, scope.context, scope.known) === "positive";

function pass(c: Canon, scope: Scope): Canon {
  const has = (feature: Feature): boolean => scope.features.has(feature);
  if (c.t === "call" && c.name === "diff" && has("differentiate"))
    return differentiate(c.args[0]!, c.args[1]!);
  if (c.t === "call" && c.name === "diff" && has("chain"))
    return chainRule(c.args[0]!, c.args[1]!, scope) ?? c;
  // Like factors first: (1 + x)²/(1 + x) must cancel before the square is multiplied out.
  const ready = c.t === "mul" && has("cancel") ? combine(c.items, scope) : c;
  const inner = descend(ready, scope);
  switch (inner.t) {
    case "add":
      return has("collect") ? collect(inner.items) : inner;
    case "mul": {
      const cancelled =
        has("cancel") || has("powers") || has("exp sum") ? combine(inner.items, scope) : inner;
      const whole = has("exchange") ? pushInside(cancelled) : has("pick") ? sameIndex(cancelled) : cancelled;
      return has("expand") ? expand(whole) : signsOut(whole);
    }
    case "pow":
      return has("expand") ? expandPower(powers(inner, scope)) : signsOut(powers(inner, scope));
    case "call":
      return rewriteCall(inner.name, inner.args, scope);
    case "bind":
      return rewriteBinder(inner, scope);
    default:
      return inner;
  }
}

/** A sum inside a product, written so that its first term in canonical order is positive: a(b − c) = −a(c − b). */
function signsOut(c: Canon): Canon {
  if (c.t !== "mul" && c.t !== "pow") return c;
  return mul(
    ...factorsOf(c).flatMap((factor) => {
      const [base, exp] = powerOf(factor);
      if (base.t !== "add" || exp.t !== "num" || exp.d !== 1n || !startsNegative(base)) return [factor];
      return [exp.n % 2n === 0n ? one : minusOne, pow(negative(base), exp)];
    }),
  );
}

function startsNegative(c: Canon): boolean {
  const terms = termsOf(c).map((term) => coefficient(term));
  const [first] = terms
    .map(([number, rest]) => [key(rest), number] as const)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return first !== undefined && first[1].n < 0n;
}

/** A number or a sign inside a sum, brought before it. */
function numberOut(c: Bind): Canon {
  const body = c.args.at(-1)!;
  const [number, rest] = body.t === "add" ? [startsNegative(body) ? minusOne : one, body] : coefficient(body);
  if (isNum(number, 1n)) return c;
  const inside = body.t === "add" ? negative(body) : rest;
  return mul(number, { ...c, args: [...c.args.slice(0, -1), inside] });
}

/** Normalises the parts, telling each what it may assume where it stands. */
function descend(c: Canon, scope: Scope): Canon {
  if (c.t === "bind" && c.name === "sumWhere") {
    const inner = { ...scope, known: withCondition(scope.known, c.args[0]!) };
    return rebuild(c, [c.args[0]!, pass(c.args[1]!, inner)]);
  }
  if (c.t === "mul") {
    const inner = { ...scope, known: withFactors(scope.known, c.items, scope.context) };
    return rebuild(
      c,
      c.items.map((part) => pass(part, inner)),
    );
  }
  return rebuild(
    c,
    children(c).map((part) => pass(part, scope)),
  );
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
function combine(items: readonly Canon[], scope: Scope): Canon {
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
const nonzero = (base: Canon, exps: readonly Canon[]): boolean =>
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

function expandPower(c: Canon): Canon {
  if (c.t !== "pow" || c.base.t !== "add" || !isNum(c.exp) || c.exp.d !== 1n || c.exp.n < 2n || c.exp.n > 4n)
    return c;
  let result: Canon = c.base;
  for (let i = 1n; i < c.exp.n; i++) result = expand(mul(c.base, ...[result])) as Canon;
  return c.exp.n === 2n
    ? add(...termsOf(c.base).flatMap((a) => termsOf(c.base).map((b) => mul(a, b))))
    : result;
}

function powers(c: Canon, scope: Scope): Canon {
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

function rewriteCall(name: string, args: readonly Canon[], scope: Scope): Canon {
  const as = call(name, ...args);
  const x = scope.features.has("together") ? together(args[0]!, scope) : args[0]!;
  if (x !== args[0]) return call(name, x, ...args.slice(1));
  if (name === "delta" && same(x, args[1]!)) return one;
  if (name === "log" || name === "log2") return rewriteLog(name, x, scope) ?? as;
  if (name === "exp") {
    if (scope.features.has("log exp")) {
      if (isNum(x, 0n)) return one;
      const factors = factorsOf(x);
      const at = factors.findIndex((part) => part.t === "call" && part.name === "log");
      const log = factors[at];
      if (log?.t === "call") return pow(log.args[0]!, mul(...factors.filter((_, i) => i !== at)));
    }
    if (scope.features.has("exp sum")) {
      const terms = termsOf(x);
      const split = terms.map((term) => {
        const [number, rest] = coefficient(term);
        if (isNum(rest, 1n)) return call("exp", number);
        return number.d === 1n ? pow(call("exp", rest), number) : call("exp", term);
      });
      return terms.length === 0 ? one : mul(...split);
    }
  }
  const turns = scope.context.derivation.unknown;
  if (turns && scope.features.has("additive")) return additive(name, x, scope) ?? as;
  return as;
}

function rewriteLog(name: string, x: Canon, scope: Scope): Canon | undefined {
  const has = (feature: Feature): boolean => scope.features.has(feature);
  const log = (y: Canon): Canon => call(name, y);
  const ok = (...parts: readonly Canon[]): boolean => parts.every((part) => positive(part, scope));
  if ((has("log exp") || has("log quotient")) && isNum(x, 1n)) return zero;
  if (has("log exp")) {
    if (name === "log" && x.t === "call" && x.name === "exp") return x.args[0]!;
    if (name === "log" && x.t === "pow" && x.base.t === "call" && x.base.name === "exp")
      return mul(x.exp, x.base.args[0]!);
    if (name === "log2" && isNum(x, 2n)) return one;
    if (name === "log2" && x.t === "pow" && isNum(x.base, 2n)) return x.exp;
    if (name === "log2" && x.t === "num" && x.n === 1n && x.d === 2n) return minusOne;
  }
  if (has("log product")) {
    if (x.t === "mul" && ok(...x.items)) return add(...x.items.map(log));
    if (x.t === "bind" && x.name === "prod" && ok(x.args[0]!))
      return { ...x, name: "sum", args: [log(x.args[0]!)] };
  }
  if (has("log quotient")) {
    const factors = factorsOf(x).flatMap((part): Canon[] =>
      part.t === "num" && part.d !== 1n ? [rational(part.n), pow(rational(part.d), minusOne)] : [part],
    );
    const isBelow = (part: Canon): boolean =>
      part.t === "pow" && (part.exp.t === "num" || part.base.t !== "num") && coefficient(part.exp)[0].n < 0n;
    const below = factors
      .filter((part) => isBelow(part) || (part.t === "num" && part.d !== 1n))
      .map((part) =>
        part.t === "pow" ? pow(part.base, negative(part.exp)) : rational((part as { d: bigint }).d),
      );
    const above = factors.filter((part) => !isBelow(part) && !(part.t === "num" && part.d !== 1n));
    const top = mul(...above);
    const bottom = mul(...below);
    if (below.length > 0 && ok(top, bottom)) return add(log(top), negative(log(bottom)));
    const inverse = x.t === "num" && x.n === 1n && x.d > 1n;
    if (inverse) return negative(log(rational(x.d)));
  }
  if (has("log power") && x.t === "pow" && ok(x.base)) return mul(x.exp, log(x.base));
  return undefined;
}

/** An unknown function of which only this is known: it turns products, or sums, into sums. */
function additive(name: string, x: Canon, scope: Scope): Canon | undefined {
  const entry = Object.entries(scope.context.derivation.unknown ?? {}).find(([head]) =>
    head.startsWith(`${name}(`),
  );
  if (entry?.[1].turns !== "* into +") return undefined;
  if (x.t === "mul") return add(...x.items.map((item) => call(name, item)));
  if (x.t === "bind" && x.name === "prod") return { ...x, name: "sum", args: [call(name, x.args[0]!)] };
  return undefined;
}

type Bind = Extract<Canon, { t: "bind" }>;

function rewriteBinder(c: Bind, scope: Scope): Canon {
  const has = (feature: Feature): boolean => scope.features.has(feature);
  if (c.name === "expectNormal" && has("Gaussian")) return moments(c);
  // n equal factors are a power.
  if (c.name === "prod" && has("powers") && !mentions(c.args[0]!, c.index))
    return pow(c.args[0]!, { t: "name", name: c.range, at: [] });
  if (c.name !== "sum" && c.name !== "sumWhere") return c;
  const body = c.args.at(-1)!;
  const withBody = (next: Canon): Canon => ({ ...c, args: [...c.args.slice(0, -1), next] });
  if (has("pick") && c.name === "sum") {
    const factors = factorsOf(body);
    const at = factors.findIndex(
      (part) => part.t === "call" && part.name === "delta" && mentions(part, c.index),
    );
    const delta = factors[at];
    if (delta?.t === "call") {
      const isIndex = (part: Canon): boolean =>
        part.t === "name" && part.name === c.index && part.at.length === 0;
      const to = isIndex(delta.args[0]!) ? delta.args[1]! : delta.args[0]!;
      if (!mentions(to, c.index)) return put(mul(...factors.filter((_, i) => i !== at)), c.index, to);
    }
  }
  if (has("total")) {
    const total = totals(c, body, scope);
    if (total) return total;
  }
  if (has("linear")) {
    if (body.t === "add") return add(...body.items.map(withBody));
    const factors = factorsOf(body);
    const free = factors.filter((part) => !mentions(part, c.index));
    if (free.length > 0) {
      const rest = factors.filter((part) => mentions(part, c.index));
      if (rest.length > 0) return mul(...free, withBody(mul(...rest)));
      if (c.name === "sum") return mul(...free, { t: "name", name: c.range, at: [] });
      if (free.length > 1 || !isNum(free[0], 1n)) return mul(...free, withBody(one));
    }
  }
  if (has("exchange") && body.t === "add") return add(...body.items.map(withBody));
  if (has("exchange") && body.t === "bind" && body.name === c.name && c.name === "sum")
    return ordered(c, body);
  return numberOut(c);
}

/** Σᵢ p[…, i] = 1, also over the outcomes that p produces. */
function totals(c: Bind, body: Canon, scope: Scope): Canon | undefined {
  if (body.t !== "name" || body.at.length === 0) return undefined;
  const at = body.at.findIndex((part) => part.t === "name" && part.name === c.index && part.at.length === 0);
  if (at < 0 || body.at.some((part, i) => i !== at && mentions(part, c.index))) return undefined;
  if (!scope.isDistribution(body.name, at)) return undefined;
  if (c.name === "sum") return one;
  const condition = c.args[0]!;
  const over = condition.t === "compare" && condition.op === ">" && isNum(condition.right, 0n);
  return over && same(condition.left, body) ? one : undefined;
}

/** a·Σᵢ bᵢ = Σᵢ a·bᵢ, so that sums stand directly inside sums; a plain number stays outside. */
function pushInside(c: Canon): Canon {
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

/** A sum of fractions as one fraction, inside a logarithm or an exponential. */
function together(c: Canon, scope: Scope): Canon {
  const below = denominators(c);
  if (c.t !== "add" || below.length === 0) return c;
  let top = termsOf(normalise(add(...termsOf(c).map((term) => mul(term, ...below))), scope));
  let bottom: Canon = mul(...below);
  // A factor common to all terms and to the denominator goes.
  for (const [base] of below.map(powerOf)) {
    while (
      [...top, bottom].every((term) =>
        factorsOf(term).some((part) => same(powerOf(part)[0], base) && grows(part)),
      )
    ) {
      const less = (term: Canon): Canon => combine([...factorsOf(term), pow(base, minusOne)], scope);
      top = top.map(less);
      bottom = less(bottom);
    }
  }
  return mul(add(...top), pow(bottom, minusOne));
}

/** δ_kl f(l) = δ_kl f(k): the first of the two names, in alphabetical order. */
function sameIndex(c: Canon): Canon {
  const factors = factorsOf(c);
  const delta = factors.find((part) => part.t === "call" && part.name === "delta");
  if (delta?.t !== "call") return c;
  const [a, b] = delta.args;
  if (a?.t !== "name" || b?.t !== "name" || a.at.length + b.at.length > 0) return c;
  const [first, second] = a.name < b.name ? [a, b] : [b, a];
  return mul(...factors.map((part) => (part === delta ? part : put(part, second.name, first))));
}

const grows = (factor: Canon): boolean => {
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

/** ∂f/∂z through a defined vector u that f mentions: Σⱼ (∂f/∂uⱼ)(∂uⱼ/∂z), with ∂uⱼ/∂z left as it is. */
function chainRule(f: Canon, variable: Canon, scope: Scope): Canon | undefined {
  const through = [...scope.context.definitions.values()].find(
    ({ name, params, body, isFunction }) =>
      !isFunction &&
      params.length === 1 &&
      mentions(f, name) &&
      variable.t === "name" &&
      freeNames(open(body, scope.context.definitions)).has(variable.name),
  );
  if (!through || f.t === "name") return undefined;
  const range = scope.context.range(through.params[0]!);
  const index = freshIndex("j", [f, variable]);
  const u: Canon = { t: "name", name: through.name, at: [{ t: "name", name: index, at: [] }] };
  const features = new Set<Feature>(["pick", "linear", "expand", "collect", "cancel"]);
  const outer = normalise(differentiate(f, u), { ...scope, features });
  return { t: "bind", name: "sum", index, range, args: [mul(outer, call("diff", u, variable))] };
}

/** Two sums in the order that gives the smaller key: which one is outside does not matter. */
function ordered(c: Bind, inner: Bind): Canon {
  const index = inner.index === c.index ? freshIndex(inner.index, [inner]) : inner.index;
  const body =
    index === inner.index
      ? inner.args[0]!
      : put(inner.args[0]!, inner.index, { t: "name", name: index, at: [] });
  const swapped: Canon = { ...inner, index, args: [{ ...c, args: [body] }] };
  return key(swapped) < key(c) ? swapped : c;
}

/** E 1, E x, E x² and E e^x of x ~ N(mu, sigma²), for a body already multiplied out. */
function moments(c: Bind): Canon {
  const [mu, sigma, body] = c.args as [Canon, Canon, Canon];
  const x: Canon = { t: "name", name: c.index, at: [] };
  const square = pow(sigma, rational(2n));
  const half = rational(1n, 2n);
  const value = (term: Canon): Canon | undefined => {
    const factors = factorsOf(term);
    const free = factors.filter((part) => !mentions(part, c.index));
    const rest = mul(...factors.filter((part) => mentions(part, c.index)));
    const moment = isNum(rest, 1n)
      ? one
      : same(rest, x)
        ? mu
        : same(rest, pow(x, rational(2n))) || same(rest, mul(x, x))
          ? add(pow(mu, rational(2n)), square)
          : same(rest, call("exp", x))
            ? call("exp", add(mu, mul(half, square)))
            : undefined;
    return moment && mul(...free, moment);
  };
  const values = termsOf(body).map(value);
  return values.every((part): part is Canon => part !== undefined) ? add(...values) : c;
}
