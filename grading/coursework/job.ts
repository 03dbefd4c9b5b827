/** Grades one answer in a box of its own and writes down what happened. */
import { findExercise, stem } from "../course";
import { type CheckResult, grade, resize } from "../grade";
import { defaultBudgets, type OpenBox, openBox } from "../sandbox";
import type { Check, Visibility } from "../specification";
import { assignmentOf } from "./assignment";
import {
  detOf,
  type Environment,
  type Flag,
  type GradeRecord,
  jobKey,
  type RecordedCheck,
  type Status,
  type StoredRecord,
  type Submission,
} from "./record";
import type { Seeds } from "./seeds";
import { graderVersion, specificationHash } from "./version";

export interface Job {
  readonly key: string;
  readonly submission: Submission;
  readonly specification: string;
  readonly environment: Environment;
  readonly seed: string;
}

export function environmentOf(tier: Environment["tier"], seeds: Seeds): Environment {
  return {
    grader: graderVersion(),
    node: process.versions.node,
    tier,
    limits: { ...defaultBudgets },
    seeds: seeds.description,
  };
}

export function jobOf(submission: Submission, environment: Environment, seeds: Seeds): Job {
  const specification = specificationHash(stem(findExercise(submission.exercise)));
  const seed = seeds.seedOf(submission.student, submission.exercise, submission.attempt);
  return {
    key: jobKey(submission, specification, environment, seed),
    submission,
    specification,
    environment,
    seed,
  };
}

/** A message keeps the length of a sentence, whatever an answer threw. */
const MAX_MESSAGE = 1000;
const cut = (text: string) => (text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text);

function recorded(result: CheckResult, check: Check): RecordedCheck {
  const { id, title, points, earned, outcome, kind, message, misconception, example } = result;
  return {
    id,
    title,
    visibility: check.visibility,
    points,
    earned,
    outcome,
    kind,
    message: cut(message),
    ...(misconception === undefined ? {} : { misconception }),
    ...(example === undefined ? {} : { example: cut(example) }),
  };
}

interface Found {
  readonly status: Status;
  readonly reason?: string;
  readonly checks?: readonly RecordedCheck[];
  readonly log?: string;
  readonly flags?: readonly Flag[];
}

function record(job: Job, found: Found): GradeRecord {
  const { student, exercise, attempt, submitted, file, flags } = job.submission;
  const total = (numbers: readonly number[]) => Math.round(numbers.reduce((a, b) => a + b, 0) * 1e9) / 1e9;
  const checks = found.checks ?? [];
  return {
    schema: "course-grade/1",
    key: job.key,
    student,
    exercise,
    attempt,
    submitted: submitted ?? null,
    files: file === undefined ? [] : [file],
    specification: job.specification,
    environment: job.environment,
    status: found.status,
    reason: found.reason ?? "",
    points: total(assignmentOf(exercise).specification.checks.map((c) => c.points)),
    earned: total(checks.map((c) => c.earned)),
    checks,
    flags: [...flags, ...(found.flags ?? [])],
    log: found.log ?? "",
  };
}

const hiddenOnes: readonly Visibility[] = ["after_due", "staff"];

async function question(job: Job, box: OpenBox): Promise<Found> {
  const { specification, mutants } = assignmentOf(job.submission.exercise);
  const options = { seed: job.seed, mutants, repeatable: true };
  const visible = (await grade(specification, box, { ...options, visibility: ["visible"] })).checks;
  const reasons = visible.map((c) => ({ ...c, stopped: c.kind === "load" || c.outcome === "blocked" }));
  const failure = reasons.find((c) => c.stopped);
  // hidden checks come last, and what they say is for the staff: see view.ts
  const hidden =
    failure === undefined
      ? (
          await grade(specification, box, {
            ...options,
            visibility: hiddenOnes,
            explain: false,
            earlier: visible,
          })
        ).checks
      : [];
  const results = [...visible, ...hidden];
  const checks = specification.checks.map((check): RecordedCheck => {
    const { id, title, points } = check;
    const missing = {
      id,
      title,
      points,
      earned: 0,
      outcome: "skipped",
      kind: "skipped",
      message: "",
    } as const;
    return recorded(results.find((r) => r.id === id) ?? missing, check);
  });
  const flags: Flag[] = [];
  if (box.status.kind === "violation") flags.push({ code: "violation", evidence: cut(box.status.reason) });
  const blocked = checks.find((c) => c.outcome === "blocked");
  if (blocked !== undefined) flags.push({ code: "blocked", evidence: blocked.message });
  return {
    ...(failure === undefined
      ? { status: "graded" }
      : { status: "student_error", reason: cut(failure.message) }),
    checks,
    log: box.log,
    flags,
  };
}

/** Rejects with an `InfrastructureError` where the machine failed. */
export async function gradeJob(job: Job, slot: number): Promise<StoredRecord> {
  const started = performance.now();
  const { source, exercise } = job.submission;
  const { tier } = job.environment;
  const { specification } = assignmentOf(exercise);
  let found: Found;
  let means = "";
  if (source === undefined)
    found = { status: "student_error", reason: job.submission.flags[0]?.evidence ?? "nothing was submitted" };
  else if (specification.heavy !== undefined && tier === "default")
    found = {
      status: "review",
      reason: "this exercise trains a model: it is graded on a machine that has the hardened tier",
    };
  else {
    resize(specification, false);
    const name = `${stem(findExercise(exercise))}.ts`;
    const box = await openBox(source(), { name, given: specification.given, tier, slot });
    try {
      found = await question(job, box);
    } finally {
      means = box.means;
      box.close();
    }
  }
  const result = record(job, found);
  const run = { seconds: Math.round(performance.now() - started) / 1000, tries: 1, means };
  return { det: detOf(result), record: result, run };
}

/** What stays when the machine failed again and again: no points, and no zero either. */
export function infrastructureFailure(job: Job, reason: string, tries: number): StoredRecord {
  const result = record(job, { status: "infra", reason: cut(reason) });
  return { det: detOf(result), record: result, run: { seconds: 0, tries, means: "" } };
}
