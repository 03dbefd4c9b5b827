/** Runs the checks of one exercise on an answer. Points come from the fixed list, never from the answer. */
import { fingerprint, readNumbers, smallest, swapped, type Tried } from "./feedback";
import { isStub } from "./judge";
import { Random } from "./random";
import { repliesTo } from "./replies";
import type { Check, Mutant, Probe, Specification, Subject, Visibility } from "./specification";

export type Outcome = "pass" | "fail" | "error" | "timeout" | "memory" | "blocked" | "skipped";

export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly earned: number;
  readonly outcome: Outcome;
  /** the kind of the first failure, see `Verdict` */
  readonly kind: string;
  /** what is wrong, in a sentence; empty for a pass */
  readonly message: string;
  /** the name of the misunderstanding, if one was recognised */
  readonly misconception?: string;
  /** an example with got and wanted, or the smallest failing input */
  readonly example?: string;
}

export interface GradeResult {
  readonly id: string;
  readonly earned: number;
  readonly points: number;
  readonly checks: readonly CheckResult[];
}

export interface GradeOptions {
  readonly seed: string;
  readonly mutants?: readonly Mutant[];
  readonly visibility?: readonly Visibility[];
  /** off for speed where only the points count */
  readonly explain?: boolean;
  /** only these checks are run, with those that they need: for the gates, where one mistake concerns few of them */
  readonly only?: readonly string[];
  /** results of an earlier call on the same answer, for checks that need them */
  readonly earlier?: readonly CheckResult[];
  /** nothing may depend on the clock: the same answer gets the same words on every machine */
  readonly repeatable?: boolean;
  readonly onCheck?: (result: CheckResult) => void;
}

const cache = new WeakMap<Check, Map<string, readonly Probe[]>>();
/** a class has a seed for each student: only so many are kept */
let mostSeeds = 64;
export const keepSeeds = (most: number): void => {
  mostSeeds = most;
};
export const forgetProbes = ({ checks }: Specification): void => {
  for (const check of checks) cache.delete(check);
};

const tiny = new WeakMap<Specification, boolean>();
/** A training run in the size of the project's own tests, or in that of coursework; other exercises have one size. */
export function resize(spec: Specification, small: boolean): void {
  if (spec.heavy === undefined) return;
  spec.heavy.resize(small);
  if (tiny.get(spec) !== small) forgetProbes(spec);
  tiny.set(spec, small);
}

/** The probes of a check for one seed, all expected values included. 50-digit truth is costly: kept per seed. */
export function probesOf(check: Check, seed: string): readonly Probe[] {
  const seeds = cache.get(check) ?? new Map<string, readonly Probe[]>();
  cache.set(check, seeds);
  const probes = seeds.get(seed) ?? check.generate(new Random(`${seed}/${check.id}`));
  // the oldest goes first, and one that is used again becomes the youngest
  seeds.delete(seed);
  seeds.set(seed, probes);
  if (seeds.size > mostSeeds) seeds.delete(seeds.keys().next().value!);
  return probes;
}

async function tryProbes(check: Check, subject: Subject, seed: string): Promise<Tried[]> {
  // all expected values stand before the first call
  const probes = probesOf(check, seed);
  const tried: Tried[] = [];
  for await (const reply of repliesTo(check, subject, probes)) {
    const probe = probes[tried.length]!;
    tried.push({ probe, reply, verdict: check.judge(reply, probe) });
    if (reply.kind !== "value" && reply.kind !== "error") break;
    // a stub says the same thing every time
    if (isStub(reply)) break;
  }
  return tried;
}

async function explain(
  check: Check,
  tried: readonly Tried[],
  subject: Subject,
  mutants: readonly Mutant[],
  repeatable: boolean,
): Promise<Pick<CheckResult, "message" | "misconception" | "example">> {
  const failure = tried.find((t) => !t.verdict.ok)!;
  const told = failure.verdict.misconception;
  const said = mutants.find((m) => m.check === check.id && failure.verdict.message.includes(m.message));
  if (said !== undefined) return { message: failure.verdict.message, misconception: said.name };
  const mutant =
    told === undefined ? await fingerprint(check, tried, mutants) : mutants.find((m) => m.name === told);
  if (mutant !== undefined)
    return { message: mutant.message, misconception: mutant.name, example: failure.verdict.message };
  const seen =
    failure.reply.kind === "value" ? (swapped(check, tried) ?? readNumbers(check, tried)) : undefined;
  if (seen !== undefined)
    return { message: seen.message, misconception: seen.kind, example: failure.verdict.message };
  const small =
    failure.reply.kind === "value" || (failure.reply.kind === "error" && !isStub(failure.reply))
      ? await smallest(check, subject, repeatable)
      : undefined;
  return { message: failure.verdict.message, ...(small === undefined ? {} : { example: small }) };
}

function outcomeOf(kind: string): Outcome {
  if (kind === "timeout" || kind === "memory" || kind === "blocked") return kind;
  return kind === "error" || kind === "stub" || kind === "load" || kind === "dead" ? "error" : "fail";
}

function withNeeds(spec: Specification, ids: readonly string[]): Set<string> {
  const out = new Set(ids);
  // a set that grows while it is walked: needs of needs are reached too
  for (const id of out) for (const need of spec.checks.find((c) => c.id === id)?.needs ?? []) out.add(need);
  return out;
}

/** Grades every check that the visibility allows. Sums over the specification: a missing verdict is 0. */
export async function grade(
  spec: Specification,
  subject: Subject,
  options: GradeOptions,
): Promise<GradeResult> {
  const { seed, mutants = [], explain: wanted = true, earlier = [], repeatable = false } = options;
  const only = options.only === undefined ? undefined : withNeeds(spec, options.only);
  const shown = spec.checks.filter(
    (c) => (options.visibility ?? ["visible"]).includes(c.visibility) && (only?.has(c.id) ?? true),
  );
  const results: CheckResult[] = [];
  let blocked: string | undefined;
  for (const check of shown) {
    const { id, title, points } = check;
    const base = { id, title, points, earned: 0 };
    const known = [...earlier, ...results];
    const missing = check.needs.find((need) => known.find((r) => r.id === need)?.outcome !== "pass");
    let result: CheckResult;
    if (missing !== undefined) {
      const other = spec.checks.find((c) => c.id === missing)?.title ?? missing;
      result = { ...base, outcome: "skipped", kind: "skipped", message: `waits for: ${other}` };
    } else {
      const tried = await tryProbes(check, subject, seed);
      const failure = tried.find((t) => !t.verdict.ok);
      if (failure?.verdict.kind === "blocked") blocked = failure.verdict.message;
      if (failure === undefined)
        result = { ...base, earned: points, outcome: "pass", kind: "right", message: "" };
      else {
        const text = wanted
          ? await explain(check, tried, subject, mutants, repeatable)
          : { message: failure.verdict.message };
        const { kind } = failure.verdict;
        const earned = points * (failure.verdict.share ?? 0);
        result = { ...base, earned, outcome: outcomeOf(kind), kind, ...text };
      }
    }
    results.push(result);
    options.onCheck?.(result);
  }
  // An answer that took over a finished function has answered nothing, whichever check noticed it.
  const message = blocked;
  const checks =
    message === undefined
      ? results
      : results.map((r): CheckResult => ({ ...r, earned: 0, outcome: "blocked", message }));
  // tenths of points do not add up exactly: 12, not 12.000000000000002
  const total = (points: readonly number[]) => Math.round(points.reduce((a, b) => a + b, 0) * 1e9) / 1e9;
  return {
    id: spec.id,
    earned: total(checks.map((c) => c.earned)),
    points: total(shown.map((c) => c.points)),
    checks,
  };
}
