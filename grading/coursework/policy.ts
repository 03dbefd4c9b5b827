/** Late days, attempts, best or last: what a course's rules make of the results. Pure functions of records and times. */
import type { GradeRecord } from "./record";
import type { AttemptRule, CourseSettings, LateRule } from "./settings";

/** Cents of points: sums of tenths must not show their rounding. */
export const toCents = (points: number): number => Math.round((points + Number.EPSILON) * 100) / 100;

const DAY = 86_400_000;

export interface Lateness {
  /** days begun after the due date and its grace; 0 is in time */
  readonly days: number;
  /** what remains of the points */
  readonly factor: number;
}

/** Without a due date or a trusted time nothing is late: nobody loses points for a time that nobody measured. */
export function lateness(submitted: string | null, due: string | undefined, rule: LateRule): Lateness {
  if (submitted === null || due === undefined) return { days: 0, factor: 1 };
  const after = Date.parse(submitted) - Date.parse(due) - rule.grace * 60_000;
  if (!(after > 0)) return { days: 0, factor: 1 };
  const days = Math.ceil(after / DAY);
  return { days, factor: days > rule.most ? 0 : Math.max(0, 1 - rule.perDay * days) };
}

/** A decision by a person, which replaces what was computed. */
export interface Override {
  readonly student: string;
  readonly exercise: string;
  /** in the course's points */
  readonly earned: number;
  readonly why: string;
}

export interface Score {
  readonly exercise: string;
  readonly points: number;
  /** undefined where a person must look first, or where the machine failed */
  readonly earned: number | undefined;
  readonly late: Lateness;
  /** the attempt that counts */
  readonly record: GradeRecord;
  readonly attempts: number;
  readonly override?: Override;
}

interface Weighed {
  readonly record: GradeRecord;
  readonly late: Lateness;
  readonly earned: number | undefined;
}

/** The attempt that counts. Of equal ones the earlier: it was late for fewer days. */
function chosen(attempts: readonly Weighed[], { keep }: AttemptRule): Weighed {
  // what could not be graded must not be passed over for what could
  const open = attempts.find((a) => a.earned === undefined);
  if (open !== undefined && keep === "best") return open;
  if (keep === "last") return attempts.at(-1)!;
  return attempts.reduce((best, next) => (next.earned! > best.earned! ? next : best));
}

/** One student's score for one exercise, from all their attempts. */
export function scoreOf(
  records: readonly GradeRecord[],
  { points, due }: { readonly points: number; readonly due?: string },
  settings: Pick<CourseSettings, "late" | "attempts">,
  override?: Override,
): Score {
  const { late, attempts } = settings;
  const inOrder = [...records].sort((a, b) => a.attempt - b.attempt);
  const counted = inOrder.slice(0, attempts.most ?? inOrder.length).map((record): Weighed => {
    const lost = lateness(record.submitted, due, late);
    const known = record.status !== "infra" && record.status !== "review";
    const share = record.points === 0 ? 0 : record.earned / record.points;
    return { record, late: lost, earned: known ? toCents(share * points * lost.factor) : undefined };
  });
  const best = chosen(counted, attempts);
  return {
    exercise: best.record.exercise,
    points,
    earned: override === undefined ? best.earned : override.earned,
    late: best.late,
    record: best.record,
    attempts: records.length,
    ...(override === undefined ? {} : { override }),
  };
}

export interface Row {
  readonly student: string;
  readonly scores: readonly Score[];
  readonly points: number;
  /** undefined as long as one of the scores is */
  readonly earned: number | undefined;
}

/** All rows of the grade book. Every student must have a record for every exercise, which `merge` has proved. */
export function gradebook(
  records: readonly GradeRecord[],
  settings: CourseSettings,
  overrides: readonly Override[] = [],
): Row[] {
  const groups = new Map<string, GradeRecord[]>();
  for (const record of records) {
    const name = `${record.student} ${record.exercise}`;
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  return [...new Set(records.map((r) => r.student))].sort().map((student) => {
    const scores = settings.exercises.map((assigned) => {
      const own = groups.get(`${student} ${assigned.id}`);
      if (own === undefined) throw new RangeError(`gradebook: ${student} has no result for ${assigned.id}`);
      const override = overrides.find((o) => o.student === student && o.exercise === assigned.id);
      return scoreOf(own, assigned, settings, override);
    });
    const known = scores.every((s) => s.earned !== undefined);
    return {
      student,
      scores,
      points: toCents(scores.reduce((sum, s) => sum + s.points, 0)),
      earned: known ? toCents(scores.reduce((sum, s) => sum + s.earned!, 0)) : undefined,
    };
  });
}
