/** Figures of a class: how many passed each check, which misunderstandings it shows, how the points are spread. */
import { stubSource } from "../answers";
import { findExercise } from "../course";
import { assignmentOf } from "../coursework/assignment";
import { sha256 } from "../coursework/canonical";
import type { GradeRecord } from "../coursework/record";
import type { Book } from "../export/book";

/** A share with its Wilson interval, which holds about 95 % and stays within 0 and 1. */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959963984540054;

export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: Number.NaN, low: 0, high: 1 };
  const p = hits / of;
  const middle = p + (Z * Z) / (2 * of);
  const half = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return {
    hits,
    of,
    share: p,
    low: Math.max(0, (middle - half) / scale),
    high: Math.min(1, (middle + half) / scale),
  };
}

export interface CheckFigures {
  readonly exercise: string;
  readonly id: string;
  readonly title: string;
  readonly hidden: boolean;
  readonly passed: Share;
}

export interface Misunderstanding {
  readonly exercise: string;
  readonly name: string;
  readonly says: string;
  readonly students: number;
}

export interface ExerciseFigures {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly handedIn: number;
  /** of those, files as they were given out, which say nothing about what anybody thinks */
  readonly untouched: number;
  readonly mean: number;
  /** half the width of a 95 % interval for the mean */
  readonly margin: number;
}

export interface ClassFigures {
  readonly students: number;
  readonly exercises: readonly ExerciseFigures[];
  readonly checks: readonly CheckFigures[];
  readonly misunderstandings: readonly Misunderstanding[];
  /** shares of the points reached, one a student */
  readonly shares: readonly number[];
  /** answers that a person should look at */
  readonly looks: readonly { readonly student: string; readonly exercise: string; readonly why: string }[];
}

const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / Math.max(1, xs.length);

function spread(xs: readonly number[]): number {
  if (xs.length < 2) return 0;
  const m = mean(xs);
  return Math.sqrt(xs.reduce((s, x) => s + (x - m) ** 2, 0) / (xs.length - 1));
}

/** flags that are worth a look; the others stand in the records */
const telling = new Set([
  "bidi",
  "invisible",
  "confusable",
  "violation",
  "blocked",
  "prototype",
  "evaluates-text",
  "machine",
]);

export function figuresOf({ settings, rows }: Book): ClassFigures {
  const stubs = new Map(
    settings.exercises.map(({ id }) => [id, sha256(stubSource(assignmentOf(id).specification))]),
  );
  const isUntouched = ({ exercise, files }: GradeRecord) =>
    files.length > 0 && files.every((file) => file.sha256 === stubs.get(exercise));
  const exercises = settings.exercises.map((assigned, i): ExerciseFigures => {
    const earned = rows.map((r) => r.scores[i]!.earned).filter((x) => x !== undefined);
    return {
      id: assigned.id,
      title: findExercise(assigned.id).title,
      points: assigned.points,
      handedIn: rows.filter((r) => r.scores[i]!.record.files.length > 0).length,
      untouched: rows.filter((r) => isUntouched(r.scores[i]!.record)).length,
      mean: mean(earned),
      margin: earned.length < 2 ? 0 : (Z * spread(earned)) / Math.sqrt(earned.length),
    };
  });
  const checks = new Map<string, { figures: Omit<CheckFigures, "passed">; hits: number; of: number }>();
  const misunderstandings = new Map<
    string,
    { exercise: string; name: string; says: string; students: Set<string> }
  >();
  const looks: { student: string; exercise: string; why: string }[] = [];
  for (const row of rows)
    for (const { record, exercise } of row.scores) {
      if (record.status === "review") looks.push({ student: row.student, exercise, why: record.reason });
      for (const flag of record.flags.filter((f) => telling.has(f.code)))
        looks.push({ student: row.student, exercise, why: `${flag.code}: ${flag.evidence}` });
      // whoever handed in nothing of their own says nothing about the checks
      if (record.status !== "graded" || isUntouched(record)) continue;
      for (const { id, title, visibility, outcome, misconception, message } of record.checks) {
        const name = `${exercise} ${id}`;
        const entry = checks.get(name) ?? {
          figures: { exercise, id, title, hidden: visibility !== "visible" },
          hits: 0,
          of: 0,
        };
        checks.set(name, { ...entry, hits: entry.hits + (outcome === "pass" ? 1 : 0), of: entry.of + 1 });
        if (misconception === undefined || outcome === "pass") continue;
        const key = `${exercise} ${misconception}`;
        const known = misunderstandings.get(key) ?? {
          exercise,
          name: misconception,
          says: message,
          students: new Set(),
        };
        known.students.add(row.student);
        misunderstandings.set(key, known);
      }
    }
  return {
    students: rows.length,
    exercises,
    checks: [...checks.values()].map(({ figures, hits, of }) => ({ ...figures, passed: shareOf(hits, of) })),
    misunderstandings: [...misunderstandings.values()]
      .map(({ exercise, name, says, students }) => ({ exercise, name, says, students: students.size }))
      .sort(
        (a, b) => b.students - a.students || (a.exercise < b.exercise ? -1 : a.exercise > b.exercise ? 1 : 0),
      ),
    shares: rows.filter((r) => r.earned !== undefined && r.points > 0).map((r) => r.earned! / r.points),
    looks,
  };
}
