import { checkStep, samplePoints } from "./check";
import { contextOf } from "./context";
import { loadArithmetic } from "./decimal";
import { evaluator, type Point } from "./evaluate";
import { type RuleName, ruleNames } from "./rule-names";
import { explain, inChain, ruleScope } from "./rules/explain";
import type { Derivation, Step } from "./types";
import { type WrongOperator, wrongForms } from "./wrong-forms";

// What the checker does with lines that are wrong on purpose, and with true lines that skip the work between: the
// material of `npm run derivations -- --mutate`, where an independent evaluator judges it.

/** One step with one mistake. */
export type Mutant = {
  readonly operator: WrongOperator;
  readonly chain: number;
  readonly line: number;
  readonly above: Step;
  readonly step: Step;
  /** Whether the numbers refuse it. */
  readonly refuted: boolean;
  /** Whether its reason explains it all the same. */
  readonly explained: boolean;
};

/** A point as plain numbers, sizes among the symbols. */
export type PlainPoint = Readonly<Record<string, unknown>>;

export type MutantStudy = {
  readonly mutants: readonly Mutant[];
  /** For each chain, the points at which its lines are compared. */
  readonly points: readonly (readonly PlainPoint[])[];
};

/**
 * Every mistake at every place of every step, and what the checker says of it.
 *
 * @example (await studyMutants(D5)).mutants.filter((mutant) => !mutant.refuted && mutant.explained).length // 0
 */
export async function studyMutants(derivation: Derivation, seed = 1, points = 4): Promise<MutantStudy> {
  const arithmetic = await loadArithmetic();
  const context = contextOf(derivation);
  const evaluate = evaluator(context, arithmetic);
  const all = samplePoints(context, arithmetic, { seed, points });
  const scope = ruleScope(context, evaluate, all);
  const mutants: Mutant[] = [];
  derivation.chains.forEach((chain, at) => {
    for (let i = 1; i < chain.steps.length; i++) {
      const above = chain.steps[i - 1]!;
      for (const { operator, step } of wrongForms(chain.steps[i]!, scope)) {
        const check = () => checkStep(above, step, chain, all, context, evaluate, arithmetic).ok;
        const holds = orFalse(check);
        const explained =
          holds &&
          orFalse(
            () =>
              !["nothing", "argument", "sequence"].includes(
                explain(above, step, inChain(scope, derivation.chains, at)),
              ),
          );
        mutants.push({ operator, chain: at, line: i + 1, above, step, refuted: !holds, explained });
      }
    }
  });
  const settled = derivation.chains.map((chain) =>
    all.map((point) => plain(chain.at ? evaluate.assign(point, context.equations(chain.at)) : point)),
  );
  return { mutants, points: settled };
}

/** A wrong form may have no value at all, such as an index out of range: then it is refused. */
function orFalse(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

function plain(point: Point): PlainPoint {
  const number = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(number) : (value as { toNumber(): number }).toNumber();
  const values = Object.entries(point.values).map(([name, value]) => [name, number(value)]);
  return { ...point.sizes, ...Object.fromEntries(values) };
}

/** A true line that skips others, and the reasons of the list that explain it all the same. */
export type Leap = {
  readonly chain: number;
  readonly from: number;
  readonly to: number;
  readonly explainedBy: readonly RuleName[];
};

/**
 * Every leap over steps that need at least two different rules, under every reason of the list.
 *
 * @example (await studyLeaps(D5)).filter((leap) => leap.explainedBy.length > 0).length // 0
 */
export async function studyLeaps(derivation: Derivation): Promise<Leap[]> {
  const arithmetic = await loadArithmetic();
  const context = contextOf(derivation);
  const evaluate = evaluator(context, arithmetic);
  const scope = ruleScope(context, evaluate, samplePoints(context, arithmetic, { points: 2 }));
  const reasons = ruleNames.filter((by) => !["start", "argument", "limit"].includes(by));
  return derivation.chains.flatMap((chain, at) => {
    const leaps: Leap[] = [];
    const here = inChain(scope, derivation.chains, at);
    for (let from = 0; from < chain.steps.length; from++)
      for (let to = from + 2; to < chain.steps.length; to++) {
        const skipped = chain.steps.slice(from + 1, to + 1);
        // Folding 1 − 1 is no step of its own.
        const real = skipped.filter(
          (step, i) => explain(chain.steps[from + i]!, step, scope, "rearrange") === "nothing",
        );
        if (new Set(real.map((step) => step.by)).size < 2) continue;
        const relation = skipped.find((step) => (step.relation ?? "=") !== "=")?.relation ?? "=";
        if (relation === "->") continue;
        const step: Step = { ...chain.steps[to]!, relation };
        const explainedBy = reasons.filter((by) => explain(chain.steps[from]!, step, here, by) !== "nothing");
        leaps.push({ chain: at, from: from + 1, to: to + 1, explainedBy });
      }
    return leaps;
  });
}

/**
 * The steps that some seed finds false: one point for each seed, the sizes in turn.
 *
 * @example await falseOverSeeds(D5, 3) // []
 */
export async function falseOverSeeds(derivation: Derivation, seeds: number, first = 1): Promise<string[]> {
  const arithmetic = await loadArithmetic();
  const context = contextOf(derivation);
  const evaluate = evaluator(context, arithmetic);
  const found: string[] = [];
  for (let seed = first; seed < first + seeds; seed++) {
    const points = samplePoints(context, arithmetic, { seed, points: 1 });
    const point = points[seed % points.length]!;
    for (const chain of derivation.chains)
      for (let i = 1; i < chain.steps.length; i++) {
        const step = chain.steps[i]!;
        const verdict = checkStep(chain.steps[i - 1]!, step, chain, [point], context, evaluate, arithmetic);
        if (!verdict.ok) found.push(`${derivation.id} ${chain.name} line ${i + 1}, seed ${seed}`);
      }
  }
  return found;
}
