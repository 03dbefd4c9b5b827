import type { Context } from "../context";
import { boundIndex, parts, substitute, type Tree, withParts } from "../tree";
import type { Chain } from "../types";
import { canonOf, key } from "./canon";
import { type RuleScope, tidy } from "./rules";
import { signOf } from "./sign";

/** What an earlier chain of the same derivation has shown: its first line equals its last. */
export type Lemma = { readonly left: Tree; readonly right: Tree };

/** The equalities shown before a chain, in both directions. */
export function lemmasBefore(chains: readonly Chain[], at: number, context: Context): Lemma[] {
  return chains.slice(0, at).flatMap(({ steps, at: solution }) => {
    const equal =
      solution === undefined && steps.every(({ relation = "=" }, i) => i === 0 || relation === "=");
    if (!equal) return [];
    const left = context.parse(steps[0]!.expression);
    const right = context.parse(steps.at(-1)!.expression);
    return [
      { left, right },
      { left: right, right: left },
    ];
  });
}

/** Whether an earlier result, for other values of its symbols, turns a part of the line above and gives this line. */
export function explainsByLemma(
  above: Tree,
  here: Tree,
  lemmas: readonly Lemma[],
  scope: RuleScope,
): boolean {
  const canon = (tree: Tree): string => key(tidy(canonOf(tree, scope.context), [], scope));
  const wanted = canon(here);
  return lemmas.some(({ left, right }) =>
    replacements(above, [], (part, bound) => {
      const values = match(left, part, bound, scope);
      return values && substitute(right, values);
    }).some((tree) => canon(tree) === wanted),
  );
}

/** The tree with one part replaced, for every part that can be. */
function replacements(
  tree: Tree,
  bound: readonly string[],
  replace: (part: Tree, bound: readonly string[]) => Tree | undefined,
): Tree[] {
  const own = replace(tree, bound);
  const index = boundIndex(tree);
  const inner = index === undefined ? bound : [...bound, index];
  const all = parts(tree);
  const below = all.flatMap((part, at) =>
    replacements(part, inner, replace).map((next) =>
      withParts(
        tree,
        all.map((old, i) => (i === at ? next : old)),
      ),
    ),
  );
  return own ? [own, ...below] : below;
}

/** The values of the lemma's symbols that make it read like this part, as written; each within its domain. */
function match(
  pattern: Tree,
  tree: Tree,
  bound: readonly string[],
  scope: RuleScope,
  values: Map<string, Tree> = new Map(),
): Map<string, Tree> | undefined {
  const { context } = scope;
  if (pattern.kind === "symbol" && context.derivation.symbols[pattern.name]) {
    const known = values.get(pattern.name);
    const canon = (part: Tree): string => key(canonOf(part, context));
    if (known) return canon(known) === canon(tree) ? values : undefined;
    if (!inDomain(pattern.name, tree, bound, scope)) return undefined;
    return values.set(pattern.name, tree);
  }
  const mine = parts(pattern);
  const theirs = parts(tree);
  const alike =
    pattern.kind === tree.kind &&
    mine.length === theirs.length &&
    (!("name" in pattern) || pattern.name === (tree as { name: string }).name) &&
    (!("op" in pattern) || pattern.op === (tree as { op: string }).op) &&
    (!("text" in pattern) || pattern.text === (tree as { text: string }).text);
  if (!alike) return undefined;
  return mine.every((part, i) => match(part, theirs[i]!, bound, scope, values)) ? values : undefined;
}

function inDomain(name: string, tree: Tree, bound: readonly string[], { context }: RuleScope): boolean {
  const domain = context.derivation.symbols[name]!;
  if (domain.is === "real" && domain.size === undefined) return true;
  if (domain.is === "positive" && domain.size === undefined)
    return signOf(canonOf(tree, context), context, new Set()) === "positive";
  if (tree.kind !== "symbol") return false;
  if (tree.name === name) return true;
  if (domain.is === "label" && bound.includes(tree.name)) return context.range(tree.name) === domain.size;
  return JSON.stringify(context.derivation.symbols[tree.name]) === JSON.stringify(domain);
}
