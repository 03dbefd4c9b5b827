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
  put,
  rational,
  same,
  termsOf,
} from "./canon";
import { startsNegative } from "./products";
import type { Feature, Scope } from "./scope";

/** A number or a sign inside a sum, brought before it. */
export function numberOut(c: Bind): Canon {
  const body = c.args.at(-1)!;
  const [number, rest] = body.t === "add" ? [startsNegative(body) ? minusOne : one, body] : coefficient(body);
  if (isNum(number, 1n)) return c;
  const inside = body.t === "add" ? negative(body) : rest;
  return mul(number, { ...c, args: [...c.args.slice(0, -1), inside] });
}

export type Bind = Extract<Canon, { t: "bind" }>;

export function rewriteBinder(c: Bind, scope: Scope): Canon {
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
export function totals(c: Bind, body: Canon, scope: Scope): Canon | undefined {
  if (body.t !== "name" || body.at.length === 0) return undefined;
  const at = body.at.findIndex((part) => part.t === "name" && part.name === c.index && part.at.length === 0);
  if (at < 0 || body.at.some((part, i) => i !== at && mentions(part, c.index))) return undefined;
  if (!scope.isDistribution(body.name, at)) return undefined;
  if (c.name === "sum") return one;
  const condition = c.args[0]!;
  const over = condition.t === "compare" && condition.op === ">" && isNum(condition.right, 0n);
  return over && same(condition.left, body) ? one : undefined;
}

/** Two sums in the order that gives the smaller key: which one is outside does not matter. */
export function ordered(c: Bind, inner: Bind): Canon {
  const index = inner.index === c.index ? freshIndex(inner.index, [inner]) : inner.index;
  const body =
    index === inner.index
      ? inner.args[0]!
      : put(inner.args[0]!, inner.index, { t: "name", name: index, at: [] });
  const swapped: Canon = { ...inner, index, args: [{ ...c, args: [body] }] };
  return key(swapped) < key(c) ? swapped : c;
}

/** E 1, E x, E x² and E e^x of x ~ N(mu, sigma²), for a body already multiplied out. */
export function moments(c: Bind): Canon {
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
