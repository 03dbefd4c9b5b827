import type { Context } from "./context";
import { print } from "./print";
import { canonOf, key } from "./rules/canon";
import type { RuleScope } from "./rules/rules";
import { tidy } from "./rules/rules";
import { boundIndex, freeNames, parts, plainIndex, type Tree, withParts } from "./tree";
import type { Relation, Step } from "./types";

/** The kinds of mistakes that are made on purpose, to see that they are noticed. */
export const wrongOperators = [
  "sign",
  "swap",
  "drop",
  "index",
  "constant",
  "function",
  "whole",
  "reverse",
] as const;
export type WrongOperator = (typeof wrongOperators)[number];
export type WrongForm = { readonly operator: WrongOperator; readonly step: Step };

const opposite: Partial<Record<Relation, Relation>> = { "<=": ">=", ">=": "<=", "<": ">", ">": "<" };

/** A step with one mistake in it, for every kind of mistake and every place where it can be made. */
export function wrongForms(step: Step, scope: RuleScope): WrongForm[] {
  const { context } = scope;
  const tree = context.parse(step.expression);
  const canon = (part: Tree): string => key(tidy(canonOf(part, context), [], scope));
  const seen = new Set([canon(tree)]);
  const forms: WrongForm[] = [];
  const keep = (operator: WrongOperator, wrong: Tree): void => {
    const name = canon(wrong);
    if (seen.has(name)) return;
    seen.add(name);
    forms.push({ operator, step: { ...step, expression: print(wrong) } });
  };
  const everywhere = (
    operator: WrongOperator,
    change: (part: Tree, bound: readonly string[]) => Tree[],
  ): void => {
    for (const wrong of changes(tree, change, [])) keep(operator, wrong);
  };
  everywhere("sign", flips);
  for (const wrong of swaps(tree, context)) keep("swap", wrong);
  everywhere("swap", swapArguments);
  everywhere("drop", drops);
  everywhere("index", (part, bound) => otherIndices(part, bound, context));
  everywhere("constant", (part) =>
    part.kind === "number"
      ? [1, 2].map((more): Tree => ({ kind: "number", text: String(Number(part.text) + more) }))
      : [],
  );
  everywhere("function", movesLog);
  for (const wrong of wholes(tree)) keep("whole", wrong);
  const turned = opposite[step.relation ?? "="];
  if (turned) forms.push({ operator: "reverse", step: { ...step, relation: turned } });
  return forms;
}

/** The whole tree with one part changed, for every part and every change of it. */
function changes(
  tree: Tree,
  change: (part: Tree, bound: readonly string[]) => Tree[],
  bound: readonly string[],
): Tree[] {
  const own = change(tree, bound);
  const index = boundIndex(tree);
  const inner = index === undefined ? bound : [...bound, index];
  const all = parts(tree);
  const below = all.flatMap((part, at) =>
    // The index of a sum, and the variable of a derivative, are names and not places for mistakes.
    (index !== undefined && at === 0) || (tree.kind === "call" && tree.name === "diff" && at === 1)
      ? []
      : changes(part, change, inner).map((next) =>
          withParts(
            tree,
            all.map((old, i) => (i === at ? next : old)),
          ),
        ),
  );
  return [...own, ...below];
}

function flips(part: Tree): Tree[] {
  if (part.kind === "binary" && part.op === "+") return [{ ...part, op: "-" }];
  if (part.kind === "binary" && part.op === "-") return [{ ...part, op: "+" }];
  if (part.kind === "negate") return [part.of];
  if (part.kind === "call" && part.name === "sum") return [{ kind: "negate", of: part }];
  return [];
}

/** The line as a whole off by one, doubled, or negated; of an equation, its right side. */
function wholes(tree: Tree): Tree[] {
  if (tree.kind === "binary" && tree.op === "==")
    return wholes(tree.right).map((right) => ({ ...tree, right }));
  const one: Tree = { kind: "number", text: "1" };
  const two: Tree = { kind: "number", text: "2" };
  return [
    { kind: "binary", op: "+", left: tree, right: one },
    { kind: "binary", op: "-", left: tree, right: one },
    { kind: "binary", op: "*", left: two, right: tree },
    { kind: "negate", of: tree },
  ];
}

/** Two symbols of one kind, such as p and q, exchanged in the whole line. */
function swaps(tree: Tree, context: Context): Tree[] {
  const names = [...freeNames(tree)].filter((name) => context.derivation.symbols[name]);
  const kind = (name: string): string =>
    JSON.stringify({ ...context.derivation.symbols[name], zeros: undefined });
  return names.flatMap((a, i) =>
    names
      .slice(i + 1)
      .filter((b) => kind(a) === kind(b))
      .map((b) =>
        rename(
          tree,
          new Map([
            [a, b],
            [b, a],
          ]),
        ),
      ),
  );
}

function rename(tree: Tree, names: ReadonlyMap<string, string>): Tree {
  const inner = withParts(
    tree,
    parts(tree).map((part) => rename(part, names)),
  );
  if (inner.kind !== "symbol" && inner.kind !== "index") return inner;
  return { ...inner, name: names.get(inner.name) ?? inner.name };
}

const swapArguments = (part: Tree): Tree[] =>
  part.kind === "call" &&
  part.args.length === 2 &&
  !boundIndex(part) &&
  !["diff", "delta", "max"].includes(part.name)
    ? [{ ...part, args: [part.args[1]!, part.args[0]!] }]
    : part.kind === "binary" && part.op === "/"
      ? [{ ...part, left: part.right, right: part.left }]
      : [];

function drops(part: Tree): Tree[] {
  if (part.kind !== "binary") return [];
  if (part.op === "+" || part.op === "*") return [part.left, part.right];
  if (part.op === "-") return [part.left, { kind: "negate", of: part.right }];
  return part.op === "/" || part.op === "^" ? [part.left] : [];
}

/** An index replaced by another that is in scope and runs over the same size. */
function otherIndices(part: Tree, bound: readonly string[], context: Context): Tree[] {
  if (part.kind !== "index") return [];
  const labels = Object.entries(context.derivation.symbols).flatMap(([name, domain]) =>
    domain.is === "label" ? [{ name, range: domain.size }] : [],
  );
  const inScope = [...bound.map((name) => ({ name, range: context.range(plainIndex(name)) })), ...labels];
  return part.at.flatMap((at, i) => {
    if (at.kind !== "symbol") return [];
    const range = inScope.find(({ name }) => name === at.name)?.range;
    return inScope
      .filter((other) => other.name !== at.name && other.range === range)
      .map(
        (other): Tree => ({
          ...part,
          at: part.at.map((old, j) => (j === i ? { kind: "symbol", name: other.name } : old)),
        }),
      );
  });
}

/** Σ a log b = log Σ ab, the favourite: a logarithm moved through a sum. */
function movesLog(part: Tree): Tree[] {
  if (
    part.kind === "call" &&
    part.name === "log" &&
    part.args[0]?.kind === "binary" &&
    part.args[0].op === "+"
  ) {
    const { left, right } = part.args[0];
    const log = (of: Tree): Tree => ({ ...part, args: [of] });
    return [{ kind: "binary", op: "+", left: log(left), right: log(right) }];
  }
  if (part.kind !== "call" || part.name !== "sum") return [];
  const body = part.args[1]!;
  if (body.kind !== "binary" || body.op !== "*" || body.right.kind !== "call" || body.right.name !== "log")
    return [];
  const inside: Tree = { ...body, right: body.right.args[0]! };
  return [{ kind: "call", name: "log", args: [{ ...part, args: [part.args[0]!, inside] }] }];
}
