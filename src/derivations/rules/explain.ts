import type { Context } from "../context";
import type { Evaluate, Point } from "../evaluate";
import { type RuleName, ruleNames } from "../rule-names";
import { call, symbol } from "../tree";
import type { Chain, Domain, Step } from "../types";
import { explainsByLemma, lemmasBefore } from "./lemma";
import { explainsEquality, type RuleScope } from "./rules";
import { explainsBothSides, explainsInequality, explainsSolve, theoremNames } from "./theorems";

/** What explains a step: a rule's normaliser, a theorem, a sequence for a limit; an argument explains it to people. */
export type Explanation = "normaliser" | "theorem" | "sequence" | "argument" | "nothing";

/** What the rules need beside the two lines. */
export function ruleScope(context: Context, evaluate: Evaluate, points: readonly Point[]): RuleScope {
  const known = new Map<string, boolean>();
  return {
    context,
    isDistribution: (name, at) => {
      const label = `${name} ${at}`;
      let answer = known.get(label);
      if (answer === undefined) {
        answer = distributes(name, at, context, evaluate, points);
        known.set(label, answer);
      }
      return answer;
    },
  };
}

function distributes(
  name: string,
  at: number,
  context: Context,
  evaluate: Evaluate,
  points: readonly Point[],
): boolean {
  const domain = context.derivation.symbols[name];
  if (domain) return domainSums(domain, at);
  // A defined vector, such as a softmax: its sum is 1 as far as numbers tell.
  const defined = context.definitions.get(name);
  const index = defined?.params[at];
  if (!defined || index === undefined || defined.params.length !== 1) return false;
  const total = call("sum", symbol(index), defined.body);
  return points.slice(0, 6).every((point) => {
    try {
      const value = evaluate(total, point);
      return Math.abs(value.toNumber() - 1) < 1e-12;
    } catch {
      return false;
    }
  });
}

const domainSums = (domain: Domain, at: number): boolean =>
  domain.is === "distribution" || domain.is === "stationary" || (domain.is === "conditional" && at === 1);

/** The same scope, knowing what the chains before this one have shown. */
export function inChain(scope: RuleScope, chains: readonly Chain[], at: number): RuleScope {
  return { ...scope, lemmas: lemmasBefore(chains, at, scope.context) };
}

/** What explains the step from `above` to `step` under the reason that it gives. */
export function explain(above: Step, step: Step, scope: RuleScope, by: RuleName = step.by): Explanation {
  const { context } = scope;
  const relation = step.relation ?? "=";
  if (by === "argument") return "argument";
  const before = context.parse(above.expression);
  const here = context.parse(step.expression);
  if (relation === "->") return by === "limit" ? "sequence" : "nothing";
  if (by === "earlier result")
    return relation === "=" && explainsByLemma(before, here, scope.lemmas ?? [], scope)
      ? "normaliser"
      : "nothing";
  if (by === "both sides") return explainsBothSides(before, here, scope) ? "normaliser" : "nothing";
  if (by === "solve") return explainsSolve(before, here, scope) ? "normaliser" : "nothing";
  const equality = relation === "=" || relation === "<=>" || relation === "=>";
  if (equality) return explainsEquality(before, here, by, scope) ? "normaliser" : "nothing";
  if (theoremNames.includes(by))
    return explainsInequality(before, here, relation, by, scope) ? "theorem" : "nothing";
  return "nothing";
}

/** Other rules of the list that would explain the step: for the sentence "this is …, not …". */
export function otherReasons(above: Step, step: Step, scope: RuleScope): RuleName[] {
  return ruleNames.filter(
    (by) =>
      by !== step.by &&
      by !== "start" &&
      by !== "argument" &&
      by !== "limit" &&
      explain(above, step, scope, by) !== "nothing",
  );
}
