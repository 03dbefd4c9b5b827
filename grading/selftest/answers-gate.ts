/** G1 to G4 and G10 of one exercise: directly in this process, and then in real boxes of each tier. */
import { alternates, cheats, solutionSource, stubSource } from "../answers";
import { assignmentOf } from "../coursework/assignment";
import { canBeText, mutantSource } from "../coursework/demo";
import { gate } from "../gates";
import { type GradeResult, grade, resize } from "../grade";
import { insideMargins, seedName } from "../margins";
import { InfrastructureError, type OpenBox, openBox, type Tier } from "../sandbox";
import type { Mutant, Visibility } from "../specification";
import type { Exercise } from "../specs";
import type { Report } from "./report";

const all: readonly Visibility[] = ["visible", "after_due", "staff"];

export interface AnswerSizes {
  /** for the reference, in this process and in each tier */
  readonly seeds: number;
  /** where a single answer computes for more than a second */
  readonly slowSeeds: number;
  /** for each alternate in each tier */
  readonly alternateSeeds: number;
}

/** milliseconds for one answer from which on fewer seeds must do */
const SLOW = 1000;

const full = (result: GradeResult) => result.earned === result.points;
const lost = ({ checks }: GradeResult) =>
  checks
    .filter((c) => c.outcome !== "pass")
    .map((c) => `${c.id}: ${c.message}`)
    .join(" | ")
    .slice(0, 300);

/** the same exercise with its hidden checks, as it is graded */
const graded = (exercise: Exercise): Exercise => ({
  ...exercise,
  specification: assignmentOf(exercise.specification.id).specification,
});

/** Only trusted code runs here: the solution, the alternates, the mutants, and answers that take over a function. */
export async function direct(exercise: Exercise, sizes: AnswerSizes, report: Report): Promise<void> {
  const rows = await report.time("G1–G4", "direct", () => gate(exercise, sizes.seeds, true));
  const { id } = exercise.specification;
  for (const { gate: name, name: what, ok, detail, runs, rates } of rows) {
    report.add({ gate: name, tier: "direct", name: `${id} ${what}`, ok, detail, runs: runs ?? 1 });
    if (rates?.passed !== undefined) report.count(report.falsePass, rates.passed);
    if (rates?.heard !== undefined) report.count(report.unheard, !rates.heard);
    if (rates?.right !== undefined)
      for (let i = 0; i < (runs ?? 1); i++) report.count(report.falseFail, !rates.right && i === 0);
  }
}

/** A mutant as a submission; undefined for the few that need the project's own files. */
function textOf(exercise: Exercise, mutant: Mutant, index: number): string | undefined {
  const data = Object.entries(mutant.code).filter(([, value]) => typeof value !== "function");
  if (data.length === Object.keys(mutant.code).length)
    return data.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join("\n");
  return canBeText(exercise) ? mutantSource(exercise, mutant, index) : undefined;
}

class Lane {
  constructor(
    readonly exercise: Exercise,
    readonly tier: Tier,
    readonly slot: number,
  ) {}

  open(source: string, submission = 10_000): Promise<OpenBox> {
    const { id, given } = this.exercise.specification;
    return openBox(source, {
      name: `${id}.ts`,
      given,
      tier: this.tier,
      slot: this.slot,
      budgets: { submission },
    });
  }

  /** A fault of the machine says nothing about the answer: as in a batch, it is tried again. */
  async grade(source: string, seed: string, only?: readonly string[]): Promise<GradeResult> {
    for (let tries = 1; ; tries++) {
      const box = await this.open(source);
      try {
        return await this.question(box, seed, only);
      } catch (error) {
        if (!(error instanceof InfrastructureError) || tries === 3) throw error;
      } finally {
        box.close();
      }
    }
  }

  question(box: OpenBox, seed: string, only?: readonly string[]): Promise<GradeResult> {
    const { specification, mutants } = this.exercise;
    const options = { seed, visibility: all, repeatable: true, ...(only === undefined ? {} : { only }) };
    return only === undefined
      ? grade(specification, box, { ...options, explain: false })
      : grade(specification, box, { ...options, mutants });
  }
}

/** In boxes: what earns nothing, what earns everything, and wrong answers as files. */
export async function inTier(
  original: Exercise,
  tier: Tier,
  sizes: AnswerSizes,
  report: Report,
  slot = 0,
): Promise<void> {
  const exercise = graded(original);
  const { specification: spec, mutants } = exercise;
  // a training run is for the engine that is fast enough: `review` elsewhere
  if (spec.heavy !== undefined && tier === "default") return;
  resize(spec, false);
  const lane = new Lane(exercise, tier, slot);
  const started = performance.now();
  await lane.grade(solutionSource(spec), seedName(0));
  const slow = performance.now() - started > SLOW;
  const seeds = Math.min(
    sizes.seeds,
    spec.heavy !== undefined ? 3 : slow ? sizes.slowSeeds : Number.POSITIVE_INFINITY,
  );
  const add = (gateName: string, name: string, ok: boolean, detail: string, runs = 1) =>
    report.add({ gate: gateName, tier, name: `${spec.id} ${name}`, ok, detail, runs });

  await report.time("G1", tier, async () => {
    for (const { name, source } of [{ name: "stub", source: stubSource(spec) }, ...cheats(spec)]) {
      const { earned } = await lane.grade(source, seedName(0));
      add("G1", name, earned === 0, `${earned} points`);
      report.count(report.falsePass, earned > 0);
    }
  });

  await report.time("G2", tier, async () => {
    const source = solutionSource(spec);
    const right = async (name: string, take: (seed: string) => Promise<GradeResult>) => {
      const failures: string[] = [];
      for (let i = 0; i < seeds; i++) {
        const result = await take(seedName(i));
        report.count(report.falseFail, !full(result));
        if (!full(result)) failures.push(`${seedName(i)}: ${lost(result)}`);
      }
      add("G2", name, failures.length === 0, failures.slice(0, 3).join("; "), seeds);
    };
    await right(`the solution over ${seeds} seeds, a fresh box each`, (seed) => lane.grade(source, seed));
    const box = await lane.open(source, 3_600_000);
    try {
      await right(`the solution over ${seeds} seeds, one warm box`, (seed) => lane.question(box, seed));
    } finally {
      box.close();
    }
  });

  await report.time("G3", tier, async () => {
    const times = spec.heavy === undefined ? sizes.alternateSeeds : 1;
    for (const { name, source } of alternates(spec))
      for (let i = 0; i < times; i++) {
        const result = await lane.grade(source, seedName(i));
        report.count(report.falseFail, !full(result));
        add("G3", `alternate ${name}, seed ${seedName(i)}`, full(result), lost(result));
      }
  });

  if (spec.heavy === undefined)
    await report.time("G4", tier, async () => {
      for (const [i, mutant] of mutants.entries()) {
        const source = textOf(exercise, mutant, i);
        if (source === undefined) continue;
        const result = await lane.grade(source, seedName(0), [mutant.check]);
        const own = result.checks.find((c) => c.id === mutant.check);
        const passed = own === undefined || own.outcome === "pass";
        const heard = own?.misconception === mutant.name;
        const instead = `${own?.outcome}, heard "${own?.misconception ?? own?.message}"`.slice(0, 200);
        add("G4", `mutant ${mutant.name}`, !passed && heard, instead);
        report.count(report.falsePass, passed);
        report.count(report.unheard, !heard);
      }
    });

  if (spec.heavy === undefined)
    await report.time("G10", tier, async () => {
      for (const { check, inside } of await insideMargins(spec, (source) => lane.open(source)))
        add("G10", `margin of ${check} in this engine`, inside >= 10, `inside ${inside.toPrecision(2)}`);
    });
}
