/**
 * The self-check questions, from `notebooks/NN-slug.quiz.json`.
 */
import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "./project";

export interface Question {
  /** the notebook's number and the question's: "01-q3" */
  readonly id: string;
  /** Markdown */
  readonly question: string;
  /** letter → Markdown */
  readonly options: Readonly<Record<string, string>>;
  /** the letter of the right option */
  readonly answer: string;
  /** Markdown: why the answer is right, and what the tempting wrong one overlooks */
  readonly why: string;
}

/** The questions of one notebook, checked. */
function readQuiz(file: string): Question[] {
  const questions = JSON.parse(fs.readFileSync(file, "utf8")) as Question[];
  const name = path.basename(file);
  const notebook = /^\d\d|^index/.exec(name)?.[0];
  const mustBe = (condition: boolean, id: string, what: string) => {
    if (!condition) throw new Error(`${name}: ${id} must ${what}`);
  };
  const ids = questions.map(({ id }) => id);
  for (const { id, question, options, answer, why } of questions) {
    mustBe(new RegExp(`^${notebook}-q[1-9]\\d*$`).test(id), id, `be called ${notebook}-q1, …-q2, …`);
    mustBe(ids.filter((other) => other === id).length === 1, id, "be there once");
    mustBe(
      [question, why].every((text) => text?.trim()),
      id,
      "have a question and a why",
    );
    mustBe(Object.keys(options ?? {}).length >= 2, id, "have two options or more");
    mustBe(answer in options, id, `have its answer among its options, got ${answer}`);
  }
  return questions;
}

/** All questions of all notebooks, in order. */
export function allQuestions(): Question[] {
  const folder = path.join(projectRoot, "notebooks");
  const files = fs.existsSync(folder)
    ? fs.readdirSync(folder).filter((f) => /^(\d\d-.*|index)\.quiz\.json$/.test(f))
    : [];
  return files.sort().flatMap((file) => readQuiz(path.join(folder, file)));
}

/** @param caller - the function that asks, for the message */
export function findQuestion(id: string, caller: string): Question {
  const questions = allQuestions();
  const found = questions.find((question) => question.id === id);
  if (found !== undefined) return found;
  const notebook = String(id).split("-")[0];
  const ofNotebook = questions.filter((question) => question.id.split("-")[0] === notebook);
  const known = ofNotebook.map((question) => question.id).join(", ");
  throw new RangeError(
    `${caller}: id must be a question${known && ` (${known})`}, got ${JSON.stringify(id)}`,
  );
}

/** A question and its options as Markdown, without its answer: what the notebook shows. */
export function questionMarkdown(id: string): string {
  const { question, options } = findQuestion(id, "questionMarkdown");
  const lines = Object.entries(options).map(([letter, text]) => `- **${letter}** · ${text}`);
  return `**Question ${id}.** ${question}\n\n${lines.join("\n")}\n`;
}
