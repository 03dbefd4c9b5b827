/** A small class for the tests: students, submissions, a plan, all in memory or in a temporary folder. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { sha256 } from "../../grading/coursework/canonical";
import type { Job } from "../../grading/coursework/job";
import { entriesOf, inOrder, writeManifest } from "../../grading/coursework/merge";
import { type Plan, planOf } from "../../grading/coursework/plan";
import { detOf, type GradeRecord, type StoredRecord, type Submission } from "../../grading/coursework/record";
import { parseRoster } from "../../grading/coursework/roster";
import { seedsFrom } from "../../grading/coursework/seeds";
import { type CourseSettings, defaultSettings } from "../../grading/coursework/settings";
import { ofShard, type Shard, whole } from "../../grading/coursework/shard";

export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "grading-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const settingsFor = (...ids: string[]): CourseSettings => ({
  ...defaultSettings("test"),
  exercises: ids.map((id) => ({ id, points: 10 })),
});

export function submission(
  student: string,
  exercise: string,
  text: string | undefined,
  attempt = 1,
): Submission {
  const bytes = Buffer.from(text ?? "");
  return {
    student,
    exercise,
    attempt,
    submitted: undefined,
    source: text === undefined ? undefined : () => text,
    file:
      text === undefined ? undefined : { name: `${exercise}.ts`, bytes: bytes.length, sha256: sha256(bytes) },
    flags: [],
  };
}

export const rosterOf = (...ids: string[]) => parseRoster(`id\n${ids.join("\n")}\n`);

export const KEY = "a key for the tests, not for a course";

export function plan(submissions: readonly Submission[], key = KEY): Plan {
  const [students, exercises] = [
    [...new Set(submissions.map((s) => s.student))],
    [...new Set(submissions.map((s) => s.exercise))],
  ];
  return planOf(submissions, {
    settings: settingsFor(...exercises),
    roster: rosterOf(...students),
    seeds: seedsFrom(key, "student"),
    tier: "practice",
  });
}

/** what a shard does before it starts */
export function shardOf(folder: string, made: Plan, shard: Shard = whole): Job[] {
  const jobs = ofShard(inOrder(made.jobs), shard);
  writeManifest(folder, { ...made.manifest, shard, jobs: entriesOf(jobs) });
  return jobs;
}

/** a grader that judges nothing, for tests of what is around it */
export async function pretend(job: Job): Promise<StoredRecord> {
  const { student, exercise, attempt, submitted, file } = job.submission;
  const record: GradeRecord = {
    schema: "course-grade/1",
    key: job.key,
    student,
    exercise,
    attempt,
    submitted: submitted ?? null,
    files: file === undefined ? [] : [file],
    specification: job.specification,
    environment: job.environment,
    status: file === undefined ? "student_error" : "graded",
    reason: file === undefined ? "nothing was submitted" : "",
    points: 5,
    earned: file === undefined ? 0 : file.bytes % 6,
    checks: [],
    flags: [],
    log: "",
  };
  return { det: detOf(record), record, run: { seconds: Math.random(), tries: 1, means: "none" } };
}

/** A graded record: one check passed, one failed with this text, one that waits. 3 of 5 points. */
export function fakeRecord(student: string, exercise: string, text: string, attempt = 1): GradeRecord {
  const check = { visibility: "visible", points: 1, kind: "value", message: "" } as const;
  return {
    schema: "course-grade/1",
    key: sha256(student, exercise, text, String(attempt)),
    student,
    exercise,
    attempt,
    submitted: null,
    files: [],
    specification: "",
    environment: { grader: "", node: "", tier: "default", limits: {}, seeds: "" },
    status: "graded",
    reason: "",
    points: 5,
    earned: 3,
    checks: [
      { ...check, id: "a", title: "passes", points: 3, earned: 3, outcome: "pass" },
      { ...check, id: "b", title: "fails", earned: 0, outcome: "fail", message: text, example: text },
      { ...check, id: "c", title: "waits", earned: 0, outcome: "skipped", message: "waits for: fails" },
    ],
    flags: [],
    log: "",
  };
}
