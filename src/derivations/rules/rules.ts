import { type Context, type Equations, open } from "../context";
import type { RuleName } from "../rule-names";
import { freeNames, type Tree } from "../tree";
import { add, type Canon, canonOf, isNum, key, mul, same, subtract, termsOf } from "./canon";
import type { Lemma } from "./lemma";
import { normalise } from "./normalise";
import { denominators } from "./products";
import type { Feature, Scope } from "./scope";

/** An equality rule: what its normaliser may do. Preconditions (what is positive, what sums to 1) are inside. */
export type EqualityRule = {
  readonly features: readonly Feature[];
  /** What one of the lines must contain for the rule to have anything to do. */
  readonly needs?: string;
  /** What it may do when that is done. */
  readonly after?: readonly Feature[];
  /** Opened on both lines before anything else. */
  readonly opens?: "definitions";
  /** Compare after bringing both lines over a common denominator. */
  readonly fractions?: boolean;
};

const algebra: readonly Feature[] = ["expand", "collect", "cancel", "together"];

export const equalityRules: Partial<Record<RuleName, EqualityRule>> = {
  rearrange: { features: [] },
  definition: { features: [], opens: "definitions" },

  "add and subtract": { features: ["collect"] },
  cancel: { features: ["cancel"] },
  algebra: { features: algebra, fractions: true },
  linearity: { features: ["expand", "linear"] },
  "exchange sums": { features: ["expand", "exchange"] },
  "log of a product": { features: ["log product"] },
  "log of a quotient": { features: ["log quotient"] },
  "log of a power": { features: ["log power"] },
  "log of exp": { features: ["log exp"] },
  "exp of a sum": { features: ["exp sum", "expand"], fractions: true },
  "power of a power": { features: ["powers"], after: ["powers", "expand"] },
  "sums to 1": { features: ["total"] },
  "pick the term": { needs: "delta(", features: ["pick", "linear", "expand", "cancel"] },
  "chain rule": { needs: "diff(", features: ["chain", "pick"] },
  differentiate: {
    needs: "diff(",
    features: ["differentiate", "pick", "linear", ...algebra],
    fractions: true,
  },
  additivity: { features: ["additive"] },
  "Gaussian moments": {
    needs: "expectNormal",
    features: ["Gaussian", "expand", "linear", "collect", "cancel"],
  },
};

export type RuleScope = {
  readonly context: Context;
  readonly isDistribution: Scope["isDistribution"];
  /** What earlier chains of the derivation have shown. */
  readonly lemmas?: readonly Lemma[];
};

/** The canonical form of a line after a rule's normaliser. */
export function normalForm(tree: Tree, by: RuleName, scope: RuleScope): Canon {
  const rule = equalityRules[by] ?? { features: [] };
  return normalForms(tree, rule, scope);
}

function normalForms(tree: Tree, rule: EqualityRule, scope: RuleScope): Canon {
  const { context } = scope;
  const opened = rule.opens ? open(tree, context.definitions) : tree;
  const canon = rule.features.includes("differentiate")
    ? openInsideDiff(canonOf(opened, context), tree, context)
    : canonOf(opened, context);
  const tidied = tidy(canon, rule.features, scope);
  return rule.after ? tidy(tidied, rule.after, scope) : tidied;
}

/** Normalises with the given features and no special knowledge of where the expression stands. */
export function tidy(c: Canon, features: readonly Feature[], { context, isDistribution }: RuleScope): Canon {
  return normalise(c, { context, features: new Set(features), known: new Set(), isDistribution });
}

// A derivative depends on what names stand for, so definitions are opened inside `diff`, and only there.
function openInsideDiff(c: Canon, tree: Tree, context: Context): Canon {
  if (!key(c).includes("diff(")) return c;
  const inside = (part: Tree): Tree => {
    if (part.kind === "call" && part.name === "diff")
      return { ...part, args: [open(part.args[0]!, dependent(part.args[1]!, context)), part.args[1]!] };
    switch (part.kind) {
      case "call":
        return { ...part, args: part.args.map(inside) };
      case "index":
        return { ...part, at: part.at.map(inside) };
      case "binary":
        return { ...part, left: inside(part.left), right: inside(part.right) };
      case "negate":
        return { ...part, of: inside(part.of) };
      default:
        return part;
    }
  };
  return canonOf(inside(tree), context);
}

/** The definitions that may depend on the variable of a derivative; the others stay closed. */
function dependent(variable: Tree, context: Context): Equations {
  const name = variable.kind === "symbol" || variable.kind === "index" ? variable.name : "";
  return new Map(
    [...context.definitions].filter(
      ([, { body, isFunction }]) => isFunction || freeNames(open(body, context.definitions)).has(name),
    ),
  );
}

/** Whether a rule's normaliser makes both lines the same. Lines that are equations are compared side by side. */
export function explainsEquality(above: Tree, here: Tree, by: RuleName, scope: RuleScope): boolean {
  const rule = equalityRules[by];
  if (!rule) return false;
  const { needs } = rule;
  if (needs && ![above, here].some((tree) => key(canonOf(tree, scope.context)).includes(needs))) return false;
  const a = normalForms(above, rule, scope);
  const b = normalForms(here, rule, scope);
  if (a.t === "compare" || b.t === "compare")
    return a.t === "compare" && b.t === "compare" && a.op === b.op && sides(a, b, rule, scope);
  return equalForms(a, b, rule, scope);
}

type Comparison = Extract<Canon, { t: "compare" }>;

function sides(a: Comparison, b: Comparison, rule: EqualityRule, scope: RuleScope): boolean {
  const matches = (x: Canon, y: Canon): boolean => equalForms(x, y, rule, scope);
  const straight = matches(a.left, b.left) && matches(a.right, b.right);
  return straight || (a.op === "==" && matches(a.left, b.right) && matches(a.right, b.left));
}

function equalForms(a: Canon, b: Canon, rule: EqualityRule, scope: RuleScope): boolean {
  if (same(a, b)) return true;
  return rule.fractions === true && isZero(subtract(a, b), rule.features, scope);
}

/** Whether an expression is 0 as a fraction of polynomials in whatever cannot be taken apart. */
export function isZero(c: Canon, features: readonly Feature[], scope: RuleScope): boolean {
  return isNum(numerator(c, features, scope), 0n);
}

/** A sum of fractions times its common denominator, multiplied out. Denominators inside sums stay where they are. */
export function numerator(c: Canon, features: readonly Feature[], scope: RuleScope): Canon {
  const all: readonly Feature[] = [...features, "expand", "collect", "cancel"];
  let now = tidy(c, all, scope);
  for (let round = 0; round < 6; round++) {
    const below = denominators(now);
    if (below.length === 0) break;
    now = tidy(add(...termsOf(now).map((term) => mul(term, ...below))), all, scope);
  }
  return now;
}
