/** Writes an export: which files a format has, and where. */
import fs from "node:fs";
import path from "node:path";
import { stem } from "../course";
import { findExercise } from "../practice";
import type { Book } from "./book";
import { feedbackMarkdown, feedbackPage } from "./page";
import { classroom, exercism, gradescope, junit } from "./platforms";
import { canvasCsv, moodleCsv, plainCsv } from "./tables";

type Files = readonly (readonly [name: string, text: string])[];

const perStudent = (
  book: Book,
  folder: string,
  ending: string,
  make: (row: Book["rows"][number]) => string,
): Files => book.rows.map((row) => [path.join(folder, `${row.who.id}${ending}`), make(row)] as const);

export const formats: Readonly<Record<string, (book: Book) => Files>> = {
  csv: (book) => [["grades.csv", plainCsv(book)]],
  canvas: (book) => [["canvas.csv", canvasCsv(book)]],
  moodle: (book) =>
    book.settings.exercises.map(
      ({ id }) => [path.join("moodle", `${stem(findExercise(id))}.csv`), moodleCsv(book, id)] as const,
    ),
  gradescope: (book) => perStudent(book, "gradescope", ".json", gradescope),
  classroom: (book) => perStudent(book, "classroom", ".json", (row) => classroom(row.view).json),
  exercism: (book) =>
    book.rows.flatMap((row) =>
      row.view.exercises.map(
        (e) => [path.join("exercism", row.who.id, e.id, "results.json"), exercism(e)] as const,
      ),
    ),
  junit: (book) => perStudent(book, "junit", ".xml", (row) => junit(row.view)),
  html: (book) => perStudent(book, "html", ".html", (row) => feedbackPage(row.view)),
  markdown: (book) => perStudent(book, "markdown", ".md", (row) => feedbackMarkdown(row.view)),
};

export function writeExport(book: Book, format: string, out: string): number {
  const files = formats[format]!(book);
  for (const [name, text] of files) {
    const file = path.join(out, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return files.length;
}
