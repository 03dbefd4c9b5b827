import {
  type Derivation,
  falseOverSeeds,
  type Mutant,
  type PlainPoint,
  studyLeaps,
  studyMutants,
} from "cross-entropy";
import { Independent } from "./independent";

type Tally = {
  made: number;
  false: number;
  missed: number;
  refutedOnly: number;
  unexplained: number;
  equivalent: number;
};
const empty = (): Tally => ({ made: 0, false: 0, missed: 0, refutedOnly: 0, unexplained: 0, equivalent: 0 });

/**
 * `npm run derivations -- --mutate`: every step with every mistake, judged by an independent evaluator; every leap; and
 * with `--seeds N` the unchanged steps over N seeds.
 */
export async function mutate(chosen: readonly Derivation[], verbose: boolean): Promise<number> {
  const tallies = new Map<string, Tally>();
  const missed: string[] = [];
  const equivalent: string[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  const leaps = { all: 0, rejected: 0 };
  const leapt: string[] = [];
  for (const derivation of chosen) {
    const { mutants, points } = await studyMutants(derivation);
    const judge = new Independent(derivation);
    const perStep = new Map<string, number>();
    for (const mutant of mutants) {
      const tally = tallies.get(mutant.operator) ?? empty();
      tallies.set(mutant.operator, tally);
      const label = `${derivation.id} ${mutant.chain + 1}.${mutant.line} ${mutant.operator}: ${mutant.step.relation ?? "="} ${mutant.step.expression}`;
      const step = `${mutant.chain}.${mutant.line}`;
      perStep.set(step, (perStep.get(step) ?? 0) + 1);
      tally.made += 1;
      const isFalse = foundFalse(judge, mutant, points[mutant.chain]!);
      if (isFalse) tally.false += 1;
      if (isFalse && !mutant.refuted) {
        tally.missed += 1;
        missed.push(label);
      } else if (!isFalse && mutant.refuted) tally.refutedOnly += 1;
      else if (!isFalse && !mutant.explained) tally.unexplained += 1;
      else if (!isFalse) {
        tally.equivalent += 1;
        equivalent.push(label);
      }
    }
    const counts = derivation.chains.flatMap((chain, at) =>
      chain.steps.slice(1).map((_, i) => perStep.get(`${at}.${i + 2}`) ?? 0),
    );
    fewest = Math.min(fewest, ...counts);
    for (const leap of await studyLeaps(derivation)) {
      leaps.all += 1;
      if (leap.explainedBy.length === 0) leaps.rejected += 1;
      else
        leapt.push(
          `${derivation.id} ${leap.chain + 1}.${leap.from} → ${leap.to}: ${leap.explainedBy.join(", ")}`,
        );
    }
    console.log(`  ${derivation.id.padEnd(4)} ${String(mutants.length).padStart(4)} wrong forms`);
  }
  report(tallies, missed, equivalent, fewest, verbose);
  const share = leaps.all === 0 ? 1 : leaps.rejected / leaps.all;
  console.log(
    `leaps over steps that need two rules or more, under every reason: ${leaps.rejected} of ${leaps.all} rejected (${(100 * share).toFixed(1)} %)`,
  );
  if (verbose) for (const line of leapt) console.log(`    explained after all: ${line}`);
  return missed.length === 0 && share >= 0.95 ? 0 : 1;
}

/** Whether the independent evaluator finds the wrong step false at one of the points. */
function foundFalse(judge: Independent, mutant: Mutant, points: readonly PlainPoint[]): boolean {
  return points.some((point) => {
    try {
      return judge.isFalse(mutant.above, mutant.step, { ...point });
    } catch {
      return false; // it cannot be evaluated: nothing is claimed
    }
  });
}

function report(
  tallies: ReadonlyMap<string, Tally>,
  missed: readonly string[],
  equivalent: readonly string[],
  fewest: number,
  verbose: boolean,
): void {
  console.log(
    "\nmistake    made  false  of these missed  refuted by 64 digits only  true, unexplained  equivalent",
  );
  const total = empty();
  for (const [operator, tally] of tallies) {
    for (const name of Object.keys(total) as (keyof Tally)[]) total[name] += tally[name];
    console.log(line(operator, tally));
  }
  console.log(line("all", total));
  console.log(`at least ${fewest} wrong forms for each step`);
  for (const label of missed) console.log(`    MISSED ${label}`);
  console.log(`equivalent forms, true and explained: ${equivalent.length}`);
  if (verbose) for (const label of equivalent) console.log(`    ${label}`);
}

const line = (name: string, tally: Tally): string =>
  [
    name.padEnd(9),
    String(tally.made).padStart(5),
    String(tally.false).padStart(6),
    String(tally.missed).padStart(16),
    String(tally.refutedOnly).padStart(26),
    String(tally.unexplained).padStart(18),
    `${tally.equivalent} (${((100 * tally.equivalent) / Math.max(1, tally.made)).toFixed(1)} %)`.padStart(12),
  ].join(" ");

/** The unchanged steps over many seeds: none may be found false. */
export async function overSeeds(chosen: readonly Derivation[], seeds: number): Promise<number> {
  const found: string[] = [];
  for (const derivation of chosen) {
    const started = performance.now();
    const some = await falseOverSeeds(derivation, seeds);
    found.push(...some);
    console.log(
      `  ${derivation.id.padEnd(4)} ${seeds} seeds, ${some.length} steps found false, ${((performance.now() - started) / 1000).toFixed(0)} s`,
    );
  }
  for (const label of found) console.log(`    ✗ ${label}`);
  return found.length === 0 ? 0 : 1;
}
