import { open } from "../context";
import type { RuleName } from "../rule-names";
import type { Tree } from "../tree";
import type { Relation } from "../types";
import {
  add,
  type Canon,
  call,
  canonOf,
  children,
  factorsOf,
  isNum,
  key,
  minusOne,
  mul,
  negative,
  one,
  pow,
  rebuild,
  same,
  subtract,
  termsOf,
  zero,
} from "./canon";
import { differentiate } from "./differentiate";
import { denominators } from "./products";
import { isZero, numerator, type RuleScope, tidy } from "./rules";
import { type Known, signOf, withCondition, withFactors } from "./sign";

/** A bound on a part of a line: something at least as large, or at most as large; strict where it says so. */
type Bound = { readonly above?: Canon; readonly below?: Canon; readonly strict?: boolean };
type Theorem = (part: Canon, scope: RuleScope, known: Known) => Bound | undefined;

const isCall = (c: Canon, name: string): c is Extract<Canon, { t: "call" }> =>
  c.t === "call" && c.name === name;
const isSum = (c: Canon): c is Extract<Canon, { t: "bind" }> =>
  c.t === "bind" && (c.name === "sum" || c.name === "sumWhere");
const nonnegative = (c: Canon, scope: RuleScope, known: Known): boolean =>
  signOf(c, scope.context, known) !== "unknown";
const positive = (c: Canon, scope: RuleScope, known: Known): boolean =>
  signOf(c, scope.context, known) === "positive";

/** Σ w·f(x) taken apart: the weights, and the argument of f. */
function weighted(c: Canon, f: string): { weight: Canon; x: Canon } | undefined {
  if (!isSum(c)) return undefined;
  const factors = factorsOf(c.args.at(-1)!);
  const at = factors.findIndex((part) => isCall(part, f));
  const found = factors[at];
  if (!found || !isCall(found, f)) return undefined;
  return { weight: mul(...factors.filter((_, i) => i !== at)), x: found.args[0]! };
}

const withBody = (sum: Canon, body: Canon): Canon =>
  sum.t === "bind" ? { ...sum, args: [...sum.args.slice(0, -1), body] } : sum;

/** The named theorems, each as a bound on one part of a line, with its hypotheses. */
const theorems: Partial<Record<RuleName, Theorem>> = {
  "log x <= x - 1": (part, scope, known) =>
    isCall(part, "log") && positive(part.args[0]!, scope, known)
      ? { above: subtract(part.args[0]!, one) }
      : undefined,

  // E log X ≤ log E X: the weights are nonnegative and sum to 1.
  "Jensen, log concave": (part, scope, known) => {
    for (const log of ["log", "log2"]) {
      const found = weighted(part, log);
      if (!found || !nonnegative(found.weight, scope, known)) continue;
      const total = tidy(withBody(part, found.weight), ["linear", "total", "cancel"], scope);
      const inside = part.t === "bind" ? insideOf(part, known) : known;
      const x = signOf(found.x, scope.context, withFactors(inside, [found.weight], scope.context));
      if (isNum(total, 1n) && x === "positive")
        return { above: call(log, withBody(part, mul(found.weight, found.x))) };
    }
    return undefined;
  },

  // Σ a log(a/b) ≥ (Σa) log(Σa/Σb) for positive a and b.
  "log-sum inequality": (part, scope, known) => {
    const found = weighted(part, "log");
    if (!found) return undefined;
    const a = found.weight;
    const b = tidy(mul(a, pow(found.x, minusOne)), ["cancel"], scope);
    if (!positive(a, scope, known) || !positive(b, scope, known)) return undefined;
    const total = withBody(part, a);
    return { below: mul(total, call("log", mul(total, pow(withBody(part, b), minusOne)))) };
  },

  ceiling: (part) =>
    isCall(part, "ceil") ? { below: part.args[0]!, above: add(part.args[0]!, one), strict: true } : undefined,

  "part of a sum": (part, scope) =>
    part.t === "bind" && part.name === "sumWhere" && nonnegative(part.args[1]!, scope, new Set())
      ? { above: { ...part, name: "sum", args: [part.args[1]!] } }
      : undefined,

  // Σ p log(p/q) ≥ 0 for distributions p and q.
  Gibbs: (part, scope, known) => {
    const opened = part.t === "call" ? openCall(part, scope) : part;
    const found = weighted(opened, "log");
    if (!found) return undefined;
    const q = tidy(mul(found.weight, pow(found.x, minusOne)), ["cancel"], scope);
    const total = (body: Canon): Canon => tidy(withBody(opened, body), ["linear", "total", "cancel"], scope);
    const weights = nonnegative(found.weight, scope, known) && nonnegative(q, scope, known);
    return weights && isNum(total(found.weight), 1n) && isNum(total(q), 1n) ? { below: zero } : undefined;
  },

  // 1 ≤ Σⱼ e^(zⱼ − max z) ≤ K: no term exceeds 1, and the largest is 1.
  "largest term": (part) => {
    if (part.t !== "bind" || part.name !== "sum") return undefined;
    const body = part.args[0]!;
    if (!isCall(body, "exp")) return undefined;
    const terms = termsOf(body.args[0]!);
    const largest = terms.find((term) => key(term).includes("maxOver"));
    const own = add(...terms.filter((term) => term !== largest));
    const top = largest && negative(largest);
    const isTop = top?.t === "bind" && top.name === "maxOver";
    if (!isTop || key({ ...part, name: "maxOver", args: [own] }) !== key(top)) return undefined;
    return { below: one, above: { t: "name", name: part.range, at: [] } };
  },
};

const insideOf = (sum: Canon, known: Known): Known =>
  sum.t === "bind" && sum.name === "sumWhere" ? withCondition(known, sum.args[0]!) : known;

/** A call of a definition, opened: `KL(p, q)` as its sum. */
function openCall(part: Extract<Canon, { t: "call" }>, { context }: RuleScope): Canon {
  const args = part.args.map((arg): Tree | undefined => nameTree(arg));
  if (!context.definitions.has(part.name) || args.some((arg) => arg === undefined)) return part;
  const tree: Tree = { kind: "call", name: part.name, args: args as Tree[] };
  // Only the call itself: what its arguments stand for is not needed.
  const definition = context.definitions.get(part.name)!;
  return canonOf(open(tree, new Map([[part.name, definition]])), context);
}

function nameTree(c: Canon): Tree | undefined {
  if (c.t !== "name") return undefined;
  if (c.at.length === 0) return { kind: "symbol", name: c.name };
  const at = c.at.map(nameTree);
  return at.some((part) => part === undefined)
    ? undefined
    : { kind: "index", name: c.name, at: at as Tree[] };
}

/** The other line with one part, or every part, replaced by its bound, in the direction that its place allows. */
function replaced(
  c: Canon,
  up: boolean,
  theorem: Theorem,
  scope: RuleScope,
  known: Known,
): { one: Canon[]; all: Canon } {
  const bound = theorem(c, scope, known);
  const value = up ? bound?.above : bound?.below;
  if (value) return { one: [value], all: value };
  const parts = children(c);
  const found: Canon[] = [];
  const together = parts.map((part, at) => {
    const place = direction(c, at, scope, known);
    if (place === 0) return part;
    const inner = innerKnown(c, at, known, scope);
    const below = replaced(part, place > 0 ? up : !up, theorem, scope, inner);
    for (const next of below.one)
      found.push(
        rebuild(
          c,
          parts.map((old, i) => (i === at ? next : old)),
        ),
      );
    return below.all;
  });
  return { one: found, all: rebuild(c, together) };
}

function innerKnown(c: Canon, at: number, known: Known, { context }: RuleScope): Known {
  if (c.t === "mul")
    return withFactors(
      known,
      c.items.filter((_, i) => i !== at),
      context,
    );
  return c.t === "bind" ? insideOf(c, known) : known;
}

/** +1 where the whole grows with this part, −1 where it falls, 0 where neither is known. */
function direction(c: Canon, at: number, scope: RuleScope, known: Known): -1 | 0 | 1 {
  switch (c.t) {
    case "add":
      return 1;
    case "mul": {
      const others = c.items.filter((_, i) => i !== at);
      if (nonnegative(mul(...others), scope, known)) return 1;
      return nonnegative(negative(mul(...others)), scope, known) ? -1 : 0;
    }
    case "bind":
      return (c.name === "sum" || c.name === "sumWhere") && at === c.args.length - 1 ? 1 : 0;
    case "call":
      return c.name === "log" || c.name === "exp" || c.name === "log2" ? 1 : 0;
    case "pow":
      if (at === 0 && isNum(c.exp) && positive(c.base, scope, known)) return c.exp.n > 0n ? 1 : -1;
      return at === 1 && isNum(c.base) && c.base.n > c.base.d ? 1 : 0;
    default:
      return 0;
  }
}

/** Whether a named theorem leads from one line to the next. */
export function explainsInequality(
  above: Tree,
  here: Tree,
  relation: Relation,
  by: RuleName,
  scope: RuleScope,
): boolean {
  const up = relation === "<=" || relation === "<";
  const a = canonOf(above, scope.context);
  const b = canonOf(here, scope.context);
  if (by === "nonnegative terms")
    return nonnegativeTerms(up ? subtract(b, a) : subtract(a, b), relation, scope);
  const theorem = theorems[by];
  if (!theorem) return false;
  const strict = relation === "<" || relation === ">";
  if (strict && (by !== "ceiling" || !up)) return false;
  // Either the line above grows into this one, or this one shrinks into the line above.
  const leads = (from: Canon, to: Canon, upwards: boolean): boolean => {
    const { one: single, all } = replaced(from, upwards, theorem, scope, new Set());
    const target = tidy(to, [], scope);
    return [all, ...single].some((next) => !same(next, from) && same(tidy(next, [], scope), target));
  };
  return leads(a, b, up) || (!strict && leads(b, a, !up));
}

/** The difference of the two lines is a sum of squares and products of what is never negative. */
function nonnegativeTerms(difference: Canon, relation: Relation, scope: RuleScope): boolean {
  const tidied = tidy(difference, ["collect"], scope);
  if (relation === "<" || relation === ">") return positive(tidied, scope, new Set());
  return !isNum(tidied, 0n) && nonnegative(tidied, scope, new Set());
}

/** Equations: the same equation multiplied by something that is never zero, or rearranged. */
export function explainsBothSides(above: Tree, here: Tree, scope: RuleScope): boolean {
  const a = residual(above, scope);
  const b = residual(here, scope);
  if (!a || !b) return false;
  const known: Known = new Set();
  const below = [...denominators(a), ...denominators(b)];
  if (!below.every((part) => positive(part, scope, known))) return false;
  const top = numerator(a, [], scope);
  const other = numerator(b, [], scope);
  const [y] = termsOf(other);
  if (!y) return false;
  return termsOf(top).some((x) => {
    const factor = tidy(mul(x, pow(y, minusOne)), ["cancel"], scope);
    const nonzero = positive(factor, scope, known) || positive(negative(factor), scope, known);
    return nonzero && isZero(subtract(top, mul(factor, other)), [], scope);
  });
}

/** `x == value`: putting the value in makes the line above true, and x stood there only once or linearly. */
export function explainsSolve(above: Tree, here: Tree, scope: RuleScope): boolean {
  const b = canonOf(here, scope.context);
  const a = residual(above, scope);
  if (!a || b.t !== "compare" || b.op !== "==" || b.left.t !== "name") return false;
  const x = key(b.left);
  const value = b.right;
  if (key(value).includes(x) || !key(a).includes(x)) return false;
  const placed = replaceName(a, x, value);
  const laws = ["log exp", "log quotient", "log power", "expand", "collect", "cancel"] as const;
  if (!isZero(placed, laws, scope)) return false;
  // Unique: x stands there once, or only to the first power.
  const slope = tidy(differentiate(numerator(a, [], scope), b.left), ["expand", "collect", "cancel"], scope);
  return count(a, x) === 1 || count(slope, x) === 0;
}

const residual = (tree: Tree, scope: RuleScope): Canon | undefined => {
  const c = canonOf(tree, scope.context);
  return c.t === "compare" && c.op === "==" ? tidy(subtract(c.left, c.right), ["collect"], scope) : undefined;
};

function replaceName(c: Canon, name: string, value: Canon): Canon {
  if (c.t === "name" && key(c) === name) return value;
  return rebuild(
    c,
    children(c).map((part) => replaceName(part, name, value)),
  );
}

const count = (c: Canon, name: string): number =>
  c.t === "name" && key(c) === name ? 1 : children(c).reduce((total, part) => total + count(part, name), 0);

export const theoremNames: readonly RuleName[] = [
  ...(Object.keys(theorems) as RuleName[]),
  "nonnegative terms",
];
