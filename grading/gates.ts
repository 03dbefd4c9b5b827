/**
 * The checks are checked: stubs earn nothing, right answers everything, every known wrong answer loses points on the
 * check that names its mistake and hears its own sentence, and no tolerance is close to deciding by accident.
 */
import { alternates, cheats, reference, solutionSource, stubSource } from "./answers";
import { findExercise, stem } from "./course";
import { withHidden } from "./coursework/assignment";
import { generatedMutants, names } from "./generated";
import { type CheckResult, type GradeResult, grade, probesOf, resize } from "./grade";
import { margins, seedName } from "./margins";
import { PRACTICE_SEED } from "./practice";
import { Random } from "./random";
import { Box } from "./runner/box";
import { Direct, trustedAnswer } from "./runner/direct";
import type { Check, Specification, Subject, Visibility } from "./specification";
import type { Exercise } from "./specs";

const all: readonly Visibility[] = ["visible", "after_due", "staff"];

export interface Row {
  readonly gate: string;
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** how many answers were graded for it; 1 if absent */
  readonly runs?: number;
  /** for the rates: did a wrong answer pass, was its mistake recognised, was a right answer found right */
  readonly rates?: { readonly passed?: boolean; readonly heard?: boolean; readonly right?: boolean };
}

const full = (r: GradeResult) => r.earned === r.points;
const lost = (r: GradeResult) =>
  r.checks
    .filter((c) => c.outcome !== "pass")
    .map((c) => `${c.id}: ${c.message} ${c.example ?? ""}`)
    .join(" | ");

async function everySeed(spec: Specification, subject: () => Subject, seeds: number): Promise<string> {
  for (let i = 0; i < seeds; i++) {
    const result = await grade(spec, subject(), { seed: seedName(i), visibility: all, explain: false });
    if (!full(result)) return `${result.earned} of ${result.points} at seed ${seedName(i)}: ${lost(result)}`;
  }
  return "";
}

export async function boxed(spec: Specification, source: string, seed = PRACTICE_SEED): Promise<GradeResult> {
  const box = new Box(source, { name: "answer.ts", given: spec.given, keepWarm: true });
  try {
    return await grade(spec, box, { seed, visibility: all, explain: false });
  } finally {
    box.close();
  }
}

/** The same loading and the same refusals in this process: a child for every line of the matrix would take minutes. */
async function unboxed(spec: Specification, source: string, seed = PRACTICE_SEED): Promise<GradeResult> {
  const subject = await Direct.load(source, "answer.ts", spec.given);
  return grade(spec, subject, { seed, visibility: all, explain: false });
}

/** Would this answer be told apart from the reference by any probe at all? A symmetric function is not changed by swapping. */
async function differs(spec: Specification, wrong: Subject, right: Subject, fn: string): Promise<boolean> {
  for (const check of spec.checks)
    for (const probe of probesOf(check, PRACTICE_SEED)) {
      if (probe.fn !== fn) continue;
      const [a, b] = [await check.call(wrong, probe), await check.call(right, probe)];
      if (JSON.stringify(a, replacer) !== JSON.stringify(b, replacer)) return true;
    }
  return false;
}
const replacer = (_: string, v: unknown) =>
  typeof v === "number" ? (Number.isFinite(v) ? v.toPrecision(9) : String(v)) : v;

/** The share of the points that a table of remembered answers could earn. */
export function fixedShare(spec: Specification): number {
  const fixed = spec.checks.filter((check) => {
    if (check.derivation) return false;
    const at = (seed: string) => JSON.stringify(check.generate(new Random(seed)), replacer);
    return at("one") === at("another");
  });
  const total = (list: readonly Check[]) => list.reduce((sum, c) => sum + c.points, 0);
  return total(fixed) / total(spec.checks);
}

/** All gates of one exercise. `quick` leaves out the child processes but one: for `npm test`. */
export async function gate(exercise: Exercise, wanted: number, quick = false): Promise<Row[]> {
  const { mutants } = exercise;
  // as coursework: the hidden checks are held to the same rules
  const spec = withHidden(exercise);
  const seeds = spec.heavy === undefined ? wanted : Math.min(wanted, 3);
  resize(spec, quick);
  const rows: Row[] = [];
  const add = (gate: string, name: string, ok: boolean, detail = "", more: Partial<Row> = {}) =>
    rows.push({ gate, name, ok, detail, ...more });
  const worthless = (earned: number) => ({ rates: { passed: earned > 0 } });
  const right = (ok: boolean, runs = 1) => ({ runs, rates: { right: ok } });
  const entry = findExercise(spec.id);
  const points = spec.checks.reduce((sum, c) => sum + c.points, 0);
  add(
    "list",
    "points as in course.json",
    Math.abs(points - entry.points) < 1e-9,
    `${points} of ${entry.points}`,
  );
  add("list", "stem as in course.json", stem(entry) === `${spec.id}-${spec.slug}`);
  const share = fixedShare(spec);
  add("list", "at most 40 % of the points on fixed values", share <= 0.4, `${Math.round(100 * share)} %`);

  const stub = await unboxed(spec, stubSource(spec));
  add("G1", "the stub earns 0", stub.earned === 0, `${stub.earned}`, worthless(stub.earned));
  for (const cheat of cheats(spec).filter((c) => !quick || !c.boxed)) {
    const { earned } = await (cheat.boxed ? boxed : unboxed)(spec, cheat.source);
    add("G1", cheat.name, earned === 0, `${earned}`, worthless(earned));
  }

  const answer = reference(spec);
  const failed = await everySeed(spec, () => new Direct(answer), seeds);
  add("G2", `the solution over ${seeds} seeds`, failed === "", failed, right(failed === "", seeds));
  const inBox = await boxed(spec, solutionSource(spec));
  add("G2", "the solution in the child process", full(inBox), lost(inBox), right(full(inBox)));

  const others = alternates(spec);
  add("G3", "at least 3 alternates", others.length >= 3, `${others.length}`);
  for (const other of others) {
    const code = trustedAnswer(other.source, other.name);
    const problem = await everySeed(spec, () => new Direct(code), seeds);
    add("G3", `alternate ${other.name}`, problem === "", problem, right(problem === "", seeds));
  }

  add("G4", "at least 5 mutants", mutants.length >= 5, `${mutants.length}`);
  for (const mutant of mutants) {
    const subject = new Direct({ ...answer, ...mutant.code });
    const result = await grade(spec, subject, {
      seed: PRACTICE_SEED,
      visibility: all,
      mutants,
      only: [mutant.check],
    });
    const own = result.checks.find((c) => c.id === mutant.check);
    const killed = own !== undefined && own.earned < own.points && own.outcome !== "skipped";
    const heard = own?.misconception === mutant.name;
    const instead =
      own === undefined ? "no such check" : `${own.outcome}, heard "${own.misconception ?? own.message}"`;
    add("G4", `mutant ${mutant.name}`, killed && heard, killed && heard ? "" : instead, {
      rates: { passed: !killed, heard },
    });
  }
  for (const generated of generatedMutants(answer)) {
    const subject = () => new Direct(generated.answer);
    if (!(await differs(spec, subject(), new Direct(answer), generated.fn))) continue;
    // a probe of another name is a composition that may use any function
    const concerned = spec.checks.filter((c) =>
      probesOf(c, PRACTICE_SEED).some((p) => p.fn === generated.fn || (!c.derivation && !(p.fn in answer))),
    );
    const only = concerned.map((c) => c.id);
    const result = await grade(spec, subject(), { seed: PRACTICE_SEED, visibility: all, mutants, only });
    const hits = result.checks.filter((c) => c.outcome !== "pass" && c.outcome !== "skipped");
    const named = (c: CheckResult) =>
      names[generated.name]!.includes(c.misconception ?? "") ||
      names[generated.name]!.includes(c.kind) ||
      mutants.some((m) => m.name === c.misconception);
    add(
      "G4",
      `generated ${generated.name} of ${generated.fn}`,
      hits.length > 0 && hits.some(named),
      hits.map((c) => `${c.id}: ${c.misconception ?? c.kind}`).join(", "),
      { rates: { passed: hits.length === 0 } },
    );
  }

  for (const m of await margins({ specification: spec, mutants }, quick ? 1 : 3)) {
    const text = (x: number) => (Number.isFinite(x) ? x.toPrecision(2) : "∞");
    add(
      "G10",
      `margin of ${m.check}`,
      m.outside >= 10 && m.inside >= 10,
      `outside ${text(m.outside)}, inside ${text(m.inside)}`,
    );
  }
  return rows;
}
