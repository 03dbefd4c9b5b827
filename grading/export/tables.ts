/** Grade books as platforms import them. Names and numbers of students come from the roster, never from a submission. */
import { stem } from "../course";
import { findExercise } from "../practice";
import type { Book, BookRow } from "./book";
import { feedbackFragment } from "./page";
import { csvFile } from "./sinks";

const titleOf = (id: string) => `${stem(findExercise(id))}`;

/**
 * Canvas: its own columns, a row "Points Possible", a column for each exercise. Canvas finds an assignment by the exact
 * name, or by `name (id)` as it stands in its own export.
 */
export function canvasCsv({ settings, rows }: Book): string {
  const head = [
    "Student",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Section",
    ...settings.exercises.map((e) => titleOf(e.id)),
  ];
  const possible = ["    Points Possible", "", "", "", "", ...settings.exercises.map((e) => e.points)];
  const line = ({ who, scores }: BookRow) => [
    who.name,
    who.canvas,
    "",
    who.email,
    "",
    ...scores.map((s) => s.earned),
  ];
  return csvFile([head, possible, ...rows.map(line)]);
}

/**
 * Moodle's offline grading worksheet: one assignment a file, grade and feedback together, because an upload with only
 * one of them empties the other.
 */
export function moodleCsv({ rows }: Book, exercise: string): string {
  const head = ["Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Feedback comments"];
  const line = ({ who, scores, view }: BookRow) => {
    const score = scores.find((s) => s.exercise === exercise)!;
    const feedback = feedbackFragment(view.exercises.find((e) => e.id === exercise)!);
    return [`Participant ${who.moodle}`, who.name, who.email, score.earned, score.points, feedback];
  };
  return csvFile([head, ...rows.map(line)]);
}

/** For everything else: one row a student. */
export function plainCsv({ settings, rows }: Book): string {
  const head = ["id", "name", "email", ...settings.exercises.map((e) => e.id), "earned", "points"];
  const line = ({ who, scores, earned, points }: BookRow) => [
    who.id,
    who.name,
    who.email,
    ...scores.map((s) => s.earned),
    earned,
    points,
  ];
  return csvFile([head, ...rows.map(line)]);
}
