/** course.json, the one manifest: what the notebooks and exercises are, in order. */
import fs from "node:fs";
import path from "node:path";
import { root } from "./root";

export interface ExerciseEntry {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly difficulty: 1 | 2 | 3;
  readonly points: number;
  readonly minutes: number;
  readonly prerequisites: readonly string[];
  readonly lesson: string;
  readonly signatures: readonly string[];
  readonly hints: readonly string[];
}

export interface NotebookEntry {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly objectives: readonly string[];
  readonly before: readonly string[];
  readonly exercises: readonly string[];
}

export interface Course {
  readonly title: string;
  readonly notebooks: readonly NotebookEntry[];
  readonly exercises: readonly ExerciseEntry[];
}

let course: Course | undefined;
export function readCourse(): Course {
  course ??= JSON.parse(fs.readFileSync(path.join(root, "course.json"), "utf8")) as Course;
  return course;
}

export const stem = (entry: { readonly id: string; readonly slug: string }): string =>
  `${entry.id}-${entry.slug}`;

/** Whether a notebook has its source: a planned one is listed, but not linked. */
export const isWritten = (notebook: NotebookEntry): boolean =>
  fs.existsSync(path.join(root, "notebooks", `${stem(notebook)}.md`));

/** The exercise that a learner means: `e03`, `3`, `e03-cross-entropy`, `exercises/e03-cross-entropy.ts`. */
export function findExercise(name: string): ExerciseEntry {
  const match = /^(?:.*\/)?e?0*(\d{1,2})(?:-[\w-]+)?(?:\.test)?(?:\.ts)?$/i.exec(name.trim());
  const id = match === null ? "" : `e${match[1]!.padStart(2, "0")}`;
  const entry = readCourse().exercises.find((e) => e.id === id);
  if (entry === undefined)
    throw new RangeError(`exercise must be one of e01 … e28, got ${JSON.stringify(name)}`);
  return entry;
}
