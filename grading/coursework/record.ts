/** The result of one answer of one student, as it is stored: everything that a gradebook or an appeal needs. */
import type { Outcome } from "../grade";
import type { Tier } from "../sandbox";
import type { Visibility } from "../specification";
import { canonical, sha256 } from "./canonical";

export interface SubmittedFile {
  /** our own name for it, never the student's */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Something that a person should look at. It changes no points. */
export interface Flag {
  readonly code: string;
  readonly evidence: string;
}

/** One answer to one exercise. `source` reads its text; it is undefined when nothing (readable) was submitted. */
export interface Submission {
  readonly student: string;
  readonly exercise: string;
  /** counted from 1 */
  readonly attempt: number;
  /** when the platform or the collector received it, ISO 8601; never a time that the student's machine wrote */
  readonly submitted: string | undefined;
  readonly source: (() => string) | undefined;
  readonly file: SubmittedFile | undefined;
  readonly flags: readonly Flag[];
}

export interface RecordedCheck {
  readonly id: string;
  readonly title: string;
  readonly visibility: Visibility;
  readonly points: number;
  readonly earned: number;
  readonly outcome: Outcome;
  readonly kind: string;
  /** in full, for the staff; what a student sees of it is decided in view.ts */
  readonly message: string;
  readonly misconception?: string;
  readonly example?: string;
}

/**
 * `graded`: every check has its verdict. `student_error`: there is no answer to judge (nothing submitted, not readable,
 * does not load). `infra`: the machine failed, three times; there are no points, not even 0. `review`: a person must
 * decide, such as for a long training run on a machine that has no hardened tier.
 */
export type Status = "graded" | "student_error" | "infra" | "review";

/** What must be equal on every machine for results to be comparable. */
export interface Environment {
  readonly grader: string;
  readonly node: string;
  readonly tier: Tier;
  readonly limits: Readonly<Record<string, number>>;
  /** how seeds are made, and a fingerprint of the key that makes them */
  readonly seeds: string;
}

export interface GradeRecord {
  readonly schema: "course-grade/1";
  readonly key: string;
  readonly student: string;
  readonly exercise: string;
  readonly attempt: number;
  readonly submitted: string | null;
  readonly files: readonly SubmittedFile[];
  readonly specification: string;
  readonly environment: Environment;
  readonly status: Status;
  /** why it is not `graded`; for the student too */
  readonly reason: string;
  readonly points: number;
  readonly earned: number;
  readonly checks: readonly RecordedCheck[];
  readonly flags: readonly Flag[];
  /** what the answer printed: for the staff only, since it may contain hidden inputs */
  readonly log: string;
}

/** What differs from run to run and is therefore no part of the hash. */
export interface RunNote {
  readonly seconds: number;
  readonly tries: number;
  readonly means: string;
}

export interface StoredRecord {
  readonly det: string;
  readonly record: GradeRecord;
  readonly run: RunNote;
}

/** The hash that two runs of the same job must share. */
export const detOf = (record: GradeRecord): string => sha256(canonical(record));

export function jobKey(
  submission: Submission,
  specification: string,
  environment: Environment,
  seed: string,
) {
  const { student, exercise, attempt, submitted, file, flags } = submission;
  return sha256(
    canonical({
      schema: "course-grade/1",
      specification,
      environment,
      seed,
      submission: { student, exercise, attempt, submitted: submitted ?? null, file: file ?? null, flags },
    }),
  );
}
