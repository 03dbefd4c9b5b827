/**
 * The checks are checked: stubs earn nothing, right answers everything, every known wrong answer loses points on the
 * check that names its mistake and hears its own sentence, and no tolerance is close to deciding by accident.
 */
import fs from "node:fs";
import path from "node:path";
import { findExercise, stem } from "./course";
import { type CheckResult, type GradeResult, grade, probesOf } from "./grade";
import { close, numbersOf, shapeOf } from "./judge";
import { PRACTICE_SEED } from "./practice";
import { Random } from "./random";
import { root } from "./root";
import { Box } from "./runner/box";
import { Direct, trustedAnswer } from "./runner/direct";
import type { Answer, Check, Specification, Subject, Value, Visibility } from "./specification";
import type { Exercise } from "./specs";
import { stubOf } from "./stub";

const all: readonly Visibility[] = ["visible", "after_due", "staff"];
const seedName = (i: number) => (i === 0 ? PRACTICE_SEED : `gate-${i}`);

export const solutionSource = (spec: Specification) =>
  fs.readFileSync(path.join(root, "solutions", `${spec.id}-${spec.slug}.ts`), "utf8");

export const stubSource = (spec: Specification) => stubOf(solutionSource(spec));

export const reference = (spec: Specification): Answer =>
  trustedAnswer(solutionSource(spec), `${spec.id}.ts`);

export function alternates(spec: Specification): { name: string; source: string }[] {
  const folder = path.join(root, "grading", "specs", `${spec.id}-${spec.slug}`, "alternates");
  return fs
    .readdirSync(folder)
    .filter((f) => f.endsWith(".ts"))
    .map((f) => ({ name: f.slice(0, -3), source: fs.readFileSync(path.join(folder, f), "utf8") }));
}

export interface Row {
  readonly gate: string;
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
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

/** Answers that take over a finished function instead of writing it. */
export function cheats(spec: Specification): { name: string; source: string; boxed?: boolean }[] {
  const names = [...solutionSource(spec).matchAll(/^export (?:function|const) (\w+)/gm)].map((m) => m[1]!);
  const library = ["cross-entropy", "mathjs"];
  return library.flatMap((from) => [
    { name: `re-exports ${from}`, source: `export { ${names.join(", ")} } from "${from}";` },
    { name: `exports all of ${from}`, source: `export * from "${from}";` },
    {
      name: `wraps ${from}`,
      source: `import * as lib from "${from}";\n${names.map((n) => `export const ${n} = (...a: never[]) => (lib as never)["${n}"](...a);`).join("\n")}`,
    },
    {
      name: `imports ${from} late`,
      source: names
        .map(
          (n) =>
            `export const ${n} = async (...a: never[]) => ((await import("${from}")) as never)["${n}"](...a);`,
        )
        .join("\n"),
    },
    {
      name: `requires ${from} in the answer`,
      source: names
        .map(
          (n) =>
            `export const ${n} = (...a: never[]) => { try { return require("${from}")["${n}"](...a); } catch { return 0; } };`,
        )
        .join("\n"),
    },
    {
      // only the child process has nothing to find, so only there it is harmless
      boxed: true,
      name: `looks for ${from} by other ways`,
      source: `const find = (() => { try { return (globalThis as never)["process"]["mainModule"].require("${from}"); } catch { try { return new Function("return require('${from}')")(); } catch { return {}; } } })();
${names.map((n) => `export const ${n} = (find as never)["${n}"];`).join("\n")}`,
    },
  ]);
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

/** The transformations of a right answer that every numeric check must notice, whatever the exercise. */
const transformations: Record<string, (f: (...a: Value[]) => Value, args: Value[]) => Value> = {
  sign: (f, a) => mapNumbers(f(...a), (x) => -x),
  scale: (f, a) => mapNumbers(f(...a), (x) => 2 * x),
  NaN: (f, a) => mapNumbers(f(...a), () => Number.NaN),
  empty: (f, a) => mapLists(f(...a), () => []),
  "wrong shape": (f, a) => mapLists(f(...a), (list) => [...list, list[list.length - 1]]),
  "off by one": (f, a) => mapLists(f(...a), (list) => [...list.slice(1), list[0]]),
  transpose: (f, a) => {
    const m = f(...a);
    return shapeOf(m).length === 2
      ? (m as Value[][])[0]!.map((_, j) => (m as Value[][]).map((row) => row[j]))
      : m;
  },
  swapped: (f, a) => (a.length >= 2 ? f(a[1], a[0], ...a.slice(2)) : f(...a)),
};

function mapNumbers(value: Value, change: (x: number) => number): Value {
  if (typeof value === "number") return change(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((v) => mapNumbers(v, change));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapNumbers(v, change)]));
}
/** changes the outermost list, or the lists inside a record */
function mapLists(value: Value, change: (list: Value[]) => Value): Value {
  if (Array.isArray(value)) return change(value);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, mapLists(v, change)]));
}

export interface Generated {
  readonly name: string;
  readonly fn: string;
  readonly answer: Answer;
}

export function generatedMutants(answer: Answer): Generated[] {
  const functions = Object.entries(answer).filter(([, f]) => typeof f === "function") as [
    string,
    (...a: Value[]) => Value,
  ][];
  return functions.flatMap(([fn, f]) =>
    Object.entries(transformations).map(([name, change]) => ({
      name,
      fn,
      answer: { ...answer, [fn]: (...args: Value[]) => change(f, args) },
    })),
  );
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

/** The kinds of failure that are the sentence of a generated mistake. */
const names: Record<string, readonly string[]> = {
  sign: ["sign", "property", "also"],
  scale: ["scale", "sum", "property"],
  NaN: ["finite", "property"],
  empty: ["empty", "shape", "property", "type"],
  "wrong shape": ["shape", "property"],
  "off by one": ["shift", "value", "property", "shape", "type"],
  transpose: ["transpose", "value", "property", "shape"],
  swapped: ["swapped", "value", "error", "shape", "type", "property", "finite", "accepted", "empty"],
};

/** How far the wrong are outside of a check's tolerance, and how far the right are inside: both must be at least 10. */
export interface Margin {
  readonly check: string;
  readonly outside: number;
  readonly inside: number;
}

async function excess(check: Check, subject: Subject, seed: string): Promise<number> {
  let worst = 0;
  for (const probe of probesOf(check, seed)) {
    const reply = await check.call(subject, probe);
    const want = numbersOf(probe.want);
    const got = reply.kind === "value" ? numbersOf(reply.value) : undefined;
    if (want === undefined || got === undefined || want.length !== got.length) {
      if (!check.judge(reply, probe).ok) worst = Number.POSITIVE_INFINITY;
      continue;
    }
    want.forEach((w, i) => {
      const g = got[i]!;
      if (close(g, w, { absolute: 0, relative: 0 })) return;
      const error = Math.abs(g - w) / (check.tolerance.absolute + check.tolerance.relative * Math.abs(w));
      worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    });
    // a condition beyond closeness (−0, a changed argument) has no margin: it holds or not
    if (!check.judge(reply, probe).ok && worst <= 1) worst = Number.POSITIVE_INFINITY;
  }
  return worst;
}

export async function margins({ specification, mutants }: Exercise, seeds = 3): Promise<Margin[]> {
  const answer = reference(specification);
  const right = [answer, ...alternates(specification).map((a) => trustedAnswer(a.source, a.name))];
  const out: Margin[] = [];
  for (const check of specification.checks) {
    let largestRight = 0;
    for (const other of right)
      for (let i = 0; i < seeds; i++)
        largestRight = Math.max(largestRight, await excess(check, new Direct(other), seedName(i)));
    let smallestWrong = Number.POSITIVE_INFINITY;
    for (const mutant of mutants.filter((m) => m.check === check.id))
      smallestWrong = Math.min(
        smallestWrong,
        await excess(check, new Direct({ ...answer, ...mutant.code }), PRACTICE_SEED),
      );
    out.push({ check: check.id, outside: smallestWrong, inside: 1 / largestRight });
  }
  return out;
}

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
export async function gate(exercise: Exercise, seeds: number, quick = false): Promise<Row[]> {
  const { specification: spec, mutants } = exercise;
  const rows: Row[] = [];
  const add = (gate: string, name: string, ok: boolean, detail = "") => rows.push({ gate, name, ok, detail });
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
  add("G1", "the stub earns 0", stub.earned === 0, `${stub.earned}`);
  for (const cheat of cheats(spec).filter((c) => !quick || !c.boxed)) {
    const { earned } = await (cheat.boxed ? boxed : unboxed)(spec, cheat.source);
    add("G1", cheat.name, earned === 0, `${earned}`);
  }

  const answer = reference(spec);
  const failed = await everySeed(spec, () => new Direct(answer), seeds);
  add("G2", `the solution over ${seeds} seeds`, failed === "", failed);
  const inBox = await boxed(spec, solutionSource(spec));
  add("G2", "the solution in the child process", full(inBox), lost(inBox));

  const others = alternates(spec);
  add("G3", "at least 3 alternates", others.length >= 3, `${others.length}`);
  for (const other of others) {
    const code = trustedAnswer(other.source, other.name);
    const problem = await everySeed(spec, () => new Direct(code), seeds);
    add("G3", `alternate ${other.name}`, problem === "", problem);
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
    add("G4", `mutant ${mutant.name}`, killed && heard, killed && heard ? "" : instead);
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
    );
  }

  for (const m of await margins(exercise, quick ? 1 : 3)) {
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
