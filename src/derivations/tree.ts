/** An expression as written: what the parser returns, the renderer draws and the evaluator computes. */
export type Tree =
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "index"; readonly name: string; readonly at: readonly Tree[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Tree[] }
  | { readonly kind: "binary"; readonly op: Operator; readonly left: Tree; readonly right: Tree }
  | { readonly kind: "negate"; readonly of: Tree };

export type Operator = "+" | "-" | "*" | "/" | "^" | "==" | "<=" | ">=" | "<" | ">";

/** Functions whose first argument is an index that they bind. */
export const binders = new Set(["sum", "prod", "maxOver", "sumWhere", "expectNormal"]);

/** Functions that every derivation may use; all others must be among its definitions. */
export const builtIns: Readonly<Record<string, number>> = {
  sum: 2,
  prod: 2,
  maxOver: 2,
  sumWhere: 3,
  expectNormal: 4,
  diff: 2,
  delta: 2,
  log: 1,
  log2: 1,
  exp: 1,
  sqrt: 1,
  abs: 1,
  ceil: 1,
  max: 2,
};

export const number = (value: number | string): Tree => ({ kind: "number", text: String(value) });
export const symbol = (name: string): Tree => ({ kind: "symbol", name });
export const call = (name: string, ...args: Tree[]): Tree => ({ kind: "call", name, args });
export const binary = (op: Operator, left: Tree, right: Tree): Tree => ({ kind: "binary", op, left, right });

/** The index that a call binds, or undefined. */
export function boundIndex(tree: Tree): string | undefined {
  if (tree.kind !== "call" || !binders.has(tree.name)) return undefined;
  const first = tree.args[0];
  return first?.kind === "symbol" ? first.name : undefined;
}

/** The direct parts of a tree, in the order in which they are written. */
export function parts(tree: Tree): readonly Tree[] {
  switch (tree.kind) {
    case "index":
      return tree.at;
    case "call":
      return tree.args;
    case "binary":
      return [tree.left, tree.right];
    case "negate":
      return [tree.of];
    default:
      return [];
  }
}

/** The same tree with other parts. */
export function withParts(tree: Tree, next: readonly Tree[]): Tree {
  switch (tree.kind) {
    case "index":
      return { ...tree, at: next };
    case "call":
      return { ...tree, args: next };
    case "binary":
      return { ...tree, left: next[0]!, right: next[1]! };
    case "negate":
      return { kind: "negate", of: next[0]! };
    default:
      return tree;
  }
}

export function size(tree: Tree): number {
  return parts(tree).reduce((total, part) => total + size(part), 1);
}

/** Names that occur free: symbols, vectors, and not the bound indices. */
export function freeNames(tree: Tree, bound: ReadonlySet<string> = new Set()): Set<string> {
  const names = new Set<string>();
  if ((tree.kind === "symbol" || tree.kind === "index") && !bound.has(tree.name)) names.add(tree.name);
  const index = boundIndex(tree);
  const inner = index === undefined ? bound : new Set([...bound, index]);
  for (const part of parts(tree)) for (const name of freeNames(part, inner)) names.add(name);
  return names;
}

/**
 * Replaces free symbols and vectors. A vector's replacement may be a name, a row `P[i]`, or any tree for a scalar;
 * a bound index is renamed where a replacement would be captured by it.
 */
export function substitute(tree: Tree, by: ReadonlyMap<string, Tree>): Tree {
  if (by.size === 0) return tree;
  if (tree.kind === "symbol") return by.get(tree.name) ?? tree;
  if (tree.kind === "index") {
    const at = tree.at.map((part) => substitute(part, by));
    const base = by.get(tree.name);
    if (base?.kind === "symbol") return { kind: "index", name: base.name, at };
    if (base?.kind === "index") return { kind: "index", name: base.name, at: [...base.at, ...at] };
    return { ...tree, at };
  }
  const index = boundIndex(tree);
  if (index === undefined || tree.kind !== "call")
    return withParts(
      tree,
      parts(tree).map((part) => substitute(part, by)),
    );
  const inner = new Map(by);
  inner.delete(index);
  const taken = new Set([...inner.values()].flatMap((value) => [...freeNames(value)]));
  let name = index;
  if (taken.has(index)) {
    const all = new Set([...taken, ...freeNames(tree), ...inner.keys()]);
    for (let prime = 1; all.has(name); prime++) name = `${plainIndex(index)}_${prime}`;
    inner.set(index, symbol(name));
  }
  return { ...tree, args: [symbol(name), ...tree.args.slice(1).map((part) => substitute(part, inner))] };
}

/** `i_1`, a renamed `i`, runs over what `i` runs over. */
export const plainIndex = (name: string): string => name.replace(/_\d+$/, "");
