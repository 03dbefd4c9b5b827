import fs from "node:fs";
import path from "node:path";
import { type Course, type NotebookEntry, stem } from "../../grading/course";

const WORDS_PER_MINUTE = 200;
const MINUTES_PER_STAR = 3;

/** A learner's minutes: reading at 200 words a minute, and 3 minutes per star of the notebook's exercises. */
export function learnerMinutes(root: string, course: Course, id: string): number {
  const n = course.notebooks.find((x) => x.id === id) as NotebookEntry;
  const text = (name: string) => {
    const file = path.join(root, "notebooks", name);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  };
  const words =
    `${text(`${stem(n)}.md`)} ${text(`${stem(n)}.quiz.json`)}`.match(/[\p{L}\p{N}][\p{L}\p{N}'’.]*/gu) ?? [];
  const stars = n.exercises
    .map((e) => course.exercises.find((x) => x.id === e)?.difficulty ?? 0)
    .reduce<number>((sum, d) => sum + d, 0);
  return Math.max(5, Math.round((words.length / WORDS_PER_MINUTE + MINUTES_PER_STAR * stars) / 5) * 5);
}
