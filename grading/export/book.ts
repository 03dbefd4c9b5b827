/** What every export works on: the grade book with the students of the roster, complete or refused. */
import type { Override, Row } from "../coursework/policy";
import { gradebook } from "../coursework/policy";
import type { GradeRecord } from "../coursework/record";
import type { Roster, Student } from "../coursework/roster";
import type { CourseSettings } from "../coursework/settings";
import { type StudentView, studentView } from "../coursework/view";
import { parseTable } from "../csv";

export interface BookRow extends Row {
  readonly who: Student;
  readonly view: StudentView;
}

export interface Book {
  readonly settings: CourseSettings;
  readonly rows: readonly BookRow[];
}

export class ExportRefused extends RangeError {
  override readonly name = "ExportRefused";
}

/** Refuses while one answer could not be graded: a failure of the machine must not become somebody's zero. */
export function openBook(
  records: readonly GradeRecord[],
  roster: Roster,
  settings: CourseSettings,
  now: Date,
  overrides: readonly Override[] = [],
): Book {
  const decided = new Set(overrides.map((o) => `${o.student} ${o.exercise}`));
  const infra = records.filter((r) => r.status === "infra" && !decided.has(`${r.student} ${r.exercise}`));
  if (infra.length > 0) {
    const names = infra.slice(0, 5).map((r) => `${r.student} ${r.exercise}`);
    throw new ExportRefused(
      `${infra.length} answers could not be graded (${names.join(", ")}${infra.length > 5 ? ", …" : ""}): run the batch again, nothing is exported before`,
    );
  }
  const rows = gradebook(records, settings, overrides).map((row): BookRow => {
    const who = roster.students.find((s) => s.id === row.student);
    if (who === undefined) throw new ExportRefused(`${row.student} has results and is not on the roster`);
    return { ...row, who, view: studentView(row, who, settings, now) };
  });
  const missing = roster.students.filter((s) => !rows.some((r) => r.student === s.id));
  if (missing.length > 0) throw new ExportRefused(`${missing[0]!.id} is on the roster and has no results`);
  return { settings, rows };
}

/** Decisions by hand: a CSV with `id`, `exercise`, `earned` and `why`. */
export function parseOverrides(text: string, settings: CourseSettings, file = "overrides.csv"): Override[] {
  return parseTable(text, file).map((row, i): Override => {
    const { id = "", exercise = "", earned = "", why = "" } = row;
    const assigned = settings.exercises.find((e) => e.id === exercise.trim());
    const where = `${file}: row ${i + 2}`;
    if (assigned === undefined)
      throw new RangeError(`${where}: exercise must be one of the course, got ${JSON.stringify(exercise)}`);
    const points = Number(earned);
    if (earned.trim() === "" || !(points >= 0 && points <= assigned.points))
      throw new RangeError(
        `${where}: earned must be a number from 0 to ${assigned.points}, got ${JSON.stringify(earned)}`,
      );
    if (why.trim() === "") throw new RangeError(`${where}: why must say why`);
    return { student: id.trim(), exercise: assigned.id, earned: points, why: why.trim() };
  });
}
