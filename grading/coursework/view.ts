/**
 * What a student may see of their results, and when. Of a hidden check nothing but whether it was passed, and that only
 * after the due date: no text, number, kind or time of it can carry a hidden input outside.
 */
import { findExercise } from "../course";
import type { Outcome } from "../grade";
import { type Row, type Score, toCents } from "./policy";
import type { GradeRecord, RecordedCheck } from "./record";
import type { Student } from "./roster";
import type { CourseSettings } from "./settings";

export interface ViewedCheck {
  readonly title: string;
  readonly hidden: boolean;
  readonly points: number;
  /** undefined while it may not be said */
  readonly earned: number | undefined;
  readonly outcome: Outcome | "later";
  readonly message: string;
  readonly example?: string;
}

export interface ViewedExercise {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  /** what is known of it now: without hidden checks before the due date */
  readonly earned: number | undefined;
  /** points that are not decided for the student's eyes yet */
  readonly pending: number;
  readonly remarks: readonly string[];
  readonly checks: readonly ViewedCheck[];
}

export interface StudentView {
  readonly student: Student;
  readonly course: string;
  readonly points: number;
  readonly earned: number | undefined;
  readonly pending: number;
  readonly exercises: readonly ViewedExercise[];
}

/** finer than cents, so that the parts still sum to the whole; pages show two digits */
const fine = (points: number) => Math.round(points * 1e6) / 1e6;

function viewCheck(check: RecordedCheck, scale: number, isDue: boolean): ViewedCheck {
  const { title, outcome, message, example } = check;
  const points = fine(check.points * scale);
  if (check.visibility === "visible")
    return {
      title,
      hidden: false,
      points,
      earned: fine(check.earned * scale),
      outcome,
      message,
      ...(example === undefined ? {} : { example }),
    };
  if (!isDue) return { title, hidden: true, points, earned: undefined, outcome: "later", message: "" };
  const passed = check.outcome === "pass";
  return {
    title,
    hidden: true,
    points,
    earned: passed ? points : 0,
    outcome: passed ? "pass" : "fail",
    message: passed ? "" : "not passed; its inputs stay hidden",
  };
}

function remarksOf(score: Score): string[] {
  const { record, late, attempts, override } = score;
  const out: string[] = [];
  if (record.status === "infra") out.push("not graded yet: our machine failed, not your answer");
  else if (record.status !== "graded") out.push(record.reason);
  if (attempts > 1) out.push(`attempt ${record.attempt} of ${attempts} counts`);
  if (late.days > 0)
    out.push(
      `${late.days} ${late.days === 1 ? "day" : "days"} late: ${Math.round(late.factor * 100)} % of the points remain`,
    );
  if (override !== undefined) out.push(`decided by a person: ${override.why}`);
  return out;
}

const visibleOnly = (record: GradeRecord) => {
  const visible = record.checks.filter((c) => c.visibility === "visible");
  return visible.reduce((sum, c) => sum + c.earned, 0);
};

function viewExercise(score: Score, settings: CourseSettings, now: Date): ViewedExercise {
  const { record, points, late } = score;
  const assigned = settings.exercises.find((e) => e.id === score.exercise);
  const isDue = assigned?.due === undefined || now.getTime() > Date.parse(assigned.due);
  const scale = record.points === 0 ? 0 : points / record.points;
  const hidden = record.checks.filter((c) => c.visibility !== "visible");
  const later = isDue || score.override !== undefined ? [] : hidden;
  const earned = later.length === 0 ? score.earned : toCents(visibleOnly(record) * scale * late.factor);
  return {
    id: score.exercise,
    title: findExercise(score.exercise).title,
    points,
    earned: score.earned === undefined ? undefined : earned,
    pending: toCents(later.reduce((sum, c) => sum + c.points, 0) * scale),
    remarks: remarksOf(score),
    // without an answer every line would say the same: the remark says it once
    checks:
      record.status === "graded"
        ? record.checks.filter((c) => c.visibility !== "staff").map((c) => viewCheck(c, scale, isDue))
        : [],
  };
}

export function studentView(row: Row, student: Student, settings: CourseSettings, now: Date): StudentView {
  const exercises = row.scores.map((score) => viewExercise(score, settings, now));
  const known = exercises.every((e) => e.earned !== undefined);
  return {
    student,
    course: settings.title,
    points: row.points,
    earned: known ? toCents(exercises.reduce((sum, e) => sum + e.earned!, 0)) : undefined,
    pending: toCents(exercises.reduce((sum, e) => sum + e.pending, 0)),
    exercises,
  };
}
