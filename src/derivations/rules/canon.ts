import type { Context } from "../context";
import { binders, type Tree } from "../tree";

/**
 * An expression for the rules: sums and products of any length, subtraction and division as coefficients and powers.
 * Two expressions are the same when their `key`s are: the key forgets order, brackets and the names of bound indices.
 */
export type Canon =
  | { readonly t: "num"; readonly n: bigint; readonly d: bigint }
  | { readonly t: "name"; readonly name: string; readonly at: readonly Canon[] }
  | { readonly t: "call"; readonly name: string; readonly args: readonly Canon[] }
  | {
      readonly t: "bind";
      readonly name: string;
      readonly index: string;
      readonly range: string;
      readonly args: readonly Canon[];
    }
  | { readonly t: "add"; readonly items: readonly Canon[] }
  | { readonly t: "mul"; readonly items: readonly Canon[] }
  | { readonly t: "pow"; readonly base: Canon; readonly exp: Canon }
  | { readonly t: "compare"; readonly op: string; readonly left: Canon; readonly right: Canon };

export type Num = Extract<Canon, { t: "num" }>;

export function rational(n: bigint, d = 1n): Num {
  let a = n < 0n ? -n : n;
  let b = d < 0n ? -d : d;
  while (b > 0n) [a, b] = [b, a % b];
  const sign = d < 0n ? -1n : 1n;
  return a === 0n ? { t: "num", n: 0n, d: 1n } : { t: "num", n: (sign * n) / a, d: (sign * d) / a };
}

export const zero = rational(0n);
export const one = rational(1n);
export const minusOne = rational(-1n);

/** Whether an expression is a number, or this whole number. */
export function isNum(c: Canon | undefined): c is Num;
export function isNum(c: Canon | undefined, n: bigint): boolean;
export function isNum(c: Canon | undefined, n?: bigint): boolean {
  return c?.t === "num" && (n === undefined || (c.n === n && c.d === 1n));
}

/** Numbers folded into one, other items flattened out of nested sums or products of the kind `t`. */
function flatten(
  given: readonly Canon[],
  t: "add" | "mul",
  unit: Num,
  fold: (a: Num, b: Num) => Num,
): { items: Canon[]; constant: Num } {
  const items: Canon[] = [];
  let constant = unit;
  const take = (item: Canon): Num => {
    if (item.t === t) for (const inner of item.items) constant = take(inner);
    else if (item.t === "num") return fold(constant, item);
    else items.push(item);
    return constant;
  };
  for (const item of given) constant = take(item);
  return { items, constant };
}

/** A sum, flat, with its constants folded. */
export function add(...given: readonly Canon[]): Canon {
  const { items, constant } = flatten(given, "add", zero, (a, b) =>
    rational(a.n * b.d + b.n * a.d, a.d * b.d),
  );
  if (constant.n !== 0n) items.push(constant);
  return items.length === 0 ? zero : items.length === 1 ? items[0]! : { t: "add", items };
}

/** A product, flat, with its numbers folded; a number before a sum goes inside it, so −(a + b) = −a − b. */
export function mul(...given: readonly Canon[]): Canon {
  const { items, constant } = flatten(given, "mul", one, (a, b) => rational(a.n * b.n, a.d * b.d));
  if (constant.n === 0n) return zero;
  const only = items[0];
  if (items.length === 1 && only?.t === "add" && !isNum(constant, 1n))
    return add(...only.items.map((item) => mul(constant, item)));
  if (!isNum(constant, 1n)) items.unshift(constant);
  return items.length === 0 ? one : items.length === 1 ? items[0]! : { t: "mul", items };
}

const small = (x: Num): boolean => x.d === 1n && x.n >= -12n && x.n <= 12n;

/** A power; powers of numbers are computed, a whole power goes inside a product and a power. */
export function pow(base: Canon, exp: Canon): Canon {
  if (isNum(exp, 0n)) return one;
  if (isNum(exp, 1n)) return base;
  if (isNum(base, 1n)) return one;
  if (exp.t === "num" && exp.d === 1n) {
    if (isNum(base, 0n) && exp.n > 0n) return zero;
    if (base.t === "num" && small(exp) && base.n !== 0n) {
      const e = exp.n < 0n ? -exp.n : exp.n;
      return exp.n < 0n ? rational(base.d ** e, base.n ** e) : rational(base.n ** e, base.d ** e);
    }
    if (base.t === "mul") return mul(...base.items.map((item) => pow(item, exp)));
    if (base.t === "pow") return pow(base.base, mul(base.exp, exp));
  }
  return { t: "pow", base, exp };
}

export const negative = (c: Canon): Canon => mul(minusOne, c);
export const subtract = (a: Canon, b: Canon): Canon => add(a, negative(b));
export const call = (name: string, ...args: Canon[]): Canon => ({ t: "call", name, args });
export const termsOf = (c: Canon): readonly Canon[] => (c.t === "add" ? c.items : isNum(c, 0n) ? [] : [c]);
export const factorsOf = (c: Canon): readonly Canon[] => (c.t === "mul" ? c.items : [c]);

/** A factor as base and exponent. */
export const powerOf = (c: Canon): readonly [Canon, Canon] => (c.t === "pow" ? [c.base, c.exp] : [c, one]);

/** A term as its number and the rest. */
export function coefficient(c: Canon): readonly [Num, Canon] {
  if (c.t === "num") return [c, one];
  const first = c.t === "mul" ? c.items[0] : undefined;
  return first?.t === "num" ? [first, mul(...(c as { items: readonly Canon[] }).items.slice(1))] : [one, c];
}

export function canonOf(tree: Tree, context: Context): Canon {
  const of = (part: Tree): Canon => canonOf(part, context);
  switch (tree.kind) {
    case "number":
      return decimalText(tree.text);
    case "symbol":
      return { t: "name", name: tree.name, at: [] };
    case "index":
      return { t: "name", name: tree.name, at: tree.at.map(of) };
    case "negate":
      return negative(of(tree.of));
    case "call": {
      const [first, ...rest] = tree.args;
      if (binders.has(tree.name) && first?.kind === "symbol")
        return {
          t: "bind",
          name: tree.name,
          index: first.name,
          range: tree.name === "expectNormal" ? "" : context.range(first.name),
          args: rest.map(of),
        };
      if (tree.name === "sqrt") return pow(of(tree.args[0]!), rational(1n, 2n));
      return call(tree.name, ...tree.args.map(of));
    }
    case "binary": {
      const left = of(tree.left);
      const right = of(tree.right);
      if (tree.op === "+") return add(left, right);
      if (tree.op === "-") return subtract(left, right);
      if (tree.op === "*") return mul(left, right);
      if (tree.op === "/") return mul(left, pow(right, minusOne));
      if (tree.op === "^") return pow(left, right);
      return { t: "compare", op: tree.op, left, right };
    }
  }
}

function decimalText(text: string): Num {
  const [, whole = "0", fraction = "", power = "0"] = /^(\d+)(?:\.(\d+))?(?:e(-?\d+))?$/.exec(text) ?? [];
  const exponent = Math.max(-30, Math.min(30, Number(power))) - fraction.length;
  const digits = BigInt(whole + fraction);
  return exponent < 0
    ? rational(digits, 10n ** BigInt(-exponent))
    : rational(digits * 10n ** BigInt(exponent));
}

type Bound = ReadonlyMap<string, string>;
const nothing: Bound = new Map();

/** The canonical text of an expression: the same for two expressions exactly when the rules call them the same. */
export function key(c: Canon, bound: Bound = nothing): string {
  const of = (part: Canon): string => key(part, bound);
  switch (c.t) {
    case "num":
      return c.d === 1n ? `${c.n}` : `${c.n}/${c.d}`;
    case "name":
      return `${bound.get(c.name) ?? c.name}${c.at.length > 0 ? `[${c.at.map(of).join(",")}]` : ""}`;
    case "call": {
      const args = c.args.map(of);
      if (c.name === "delta" || c.name === "max") args.sort();
      return `${c.name}(${args.join(",")})`;
    }
    case "bind": {
      const inner = new Map(bound);
      inner.set(c.index, `#${bound.size}`);
      return `${c.name}:${c.range}(${c.args.map((part) => key(part, inner)).join(";")})`;
    }
    case "add":
      return `(${c.items.map(of).sort().join(" + ")})`;
    case "mul":
      return `(${c.items.map(of).sort().join(" * ")})`;
    case "pow":
      return `${of(c.base)}^${of(c.exp)}`;
    case "compare":
      return `${of(c.left)} ${c.op} ${of(c.right)}`;
  }
}

export const same = (a: Canon, b: Canon): boolean => key(a) === key(b);

/** Whether a name occurs free. */
export function mentions(c: Canon, name: string): boolean {
  switch (c.t) {
    case "num":
      return false;
    case "name":
      return c.name === name || c.at.some((part) => mentions(part, name));
    case "call":
      return c.args.some((part) => mentions(part, name));
    case "bind":
      return c.index !== name && c.args.some((part) => mentions(part, name));
    case "add":
    case "mul":
      return c.items.some((part) => mentions(part, name));
    case "pow":
      return mentions(c.base, name) || mentions(c.exp, name);
    case "compare":
      return mentions(c.left, name) || mentions(c.right, name);
  }
}

/** Replaces a scalar name, such as an index, by an expression. Binders of the same name shadow it. */
export function put(c: Canon, name: string, value: Canon): Canon {
  const of = (part: Canon): Canon => put(part, name, value);
  switch (c.t) {
    case "num":
      return c;
    case "name":
      return c.name === name && c.at.length === 0 ? value : { ...c, at: c.at.map(of) };
    case "call":
      return { ...c, args: c.args.map(of) };
    case "bind": {
      if (c.index === name) return c;
      if (!mentions(value, c.index)) return { ...c, args: c.args.map(of) };
      const index = freshIndex(c.index, [value, ...c.args]);
      const renamed = c.args.map((part) => put(part, c.index, { t: "name", name: index, at: [] }));
      return { ...c, index, args: renamed.map(of) };
    }
    case "add":
      return add(...c.items.map(of));
    case "mul":
      return mul(...c.items.map(of));
    case "pow":
      return pow(of(c.base), of(c.exp));
    case "compare":
      return { ...c, left: of(c.left), right: of(c.right) };
  }
}

/** A name for a bound index that none of the expressions mentions. */
export function freshIndex(index: string, among: readonly Canon[]): string {
  for (let prime = 1; ; prime++) {
    const name = `${index.replace(/_\d+$/, "")}_${prime}`;
    if (!among.some((part) => mentions(part, name) || binds(part, name))) return name;
  }
}

function binds(c: Canon, name: string): boolean {
  if (c.t === "bind" && c.index === name) return true;
  return children(c).some((part) => binds(part, name));
}

export function children(c: Canon): readonly Canon[] {
  switch (c.t) {
    case "num":
      return [];
    case "name":
      return c.at;
    case "call":
    case "bind":
      return c.args;
    case "add":
    case "mul":
      return c.items;
    case "pow":
      return [c.base, c.exp];
    case "compare":
      return [c.left, c.right];
  }
}

/** The same node with other children, folded again. */
export function rebuild(c: Canon, next: readonly Canon[]): Canon {
  switch (c.t) {
    case "num":
      return c;
    case "name":
      return { ...c, at: next };
    case "call":
    case "bind":
      return { ...c, args: next };
    case "add":
      return add(...next);
    case "mul":
      return mul(...next);
    case "pow":
      return pow(next[0]!, next[1]!);
    case "compare":
      return { ...c, left: next[0]!, right: next[1]! };
  }
}
