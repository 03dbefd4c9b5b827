/** course.json, the one manifest: what the notebooks and exercises are, in order. */
import fs from "node:fs";
import path from "node:path";

export interface NotebookEntry {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly objectives: readonly string[];
  readonly before: readonly string[];
  readonly exercises: readonly string[];
  /** False as long as its source does not exist: links then say "coming". */
  readonly ready: boolean;
}

export interface ExerciseEntry {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly difficulty: number;
  readonly points: number;
  readonly minutes: number;
  readonly signatures: readonly string[];
  readonly hints: readonly string[];
  readonly ready: boolean;
}

export interface Course {
  readonly title: string;
  readonly notebooks: readonly NotebookEntry[];
  readonly exercises: readonly ExerciseEntry[];
}

export const stemOf = (entry: { readonly id: string; readonly slug: string }) => `${entry.id}-${entry.slug}`;

export function readCourse(root: string): Course {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "course.json"), "utf8"));
  const ready = (folder: string, ending: string) => (entry: NotebookEntry & ExerciseEntry) => ({
    ...entry,
    ready: fs.existsSync(path.join(root, folder, stemOf(entry) + ending)),
  });
  return {
    title: manifest.title,
    notebooks: manifest.notebooks.map(ready("notebooks", ".md")),
    exercises: manifest.exercises.map(ready("exercises", ".ts")),
  };
}
