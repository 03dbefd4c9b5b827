import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {
  allQuestions,
  forecast,
  forecastReport,
  forecastScores,
  questionMarkdown,
  reveal,
} from "cross-entropy/lesson";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cardBundle } from "../../lesson/card";

// A project of its own: neither the course's questions nor a learner's answers.
const root = vi.hoisted(() => ({ folder: "" }));
vi.mock("../../lesson/project", () => ({
  get projectRoot() {
    return root.folder;
  },
}));

const quiz = [
  {
    id: "01-q3",
    question: "Which **grows** by $\\log 2$?",
    options: { a: "one", b: "two", c: "three" },
    answer: "b",
    why: "Because.",
  },
];
let printed: string[] = [];
const stored = () => JSON.parse(fs.readFileSync(path.join(root.folder, ".course", "forecasts.json"), "utf8"));
const writeQuiz = (questions: object[]) =>
  fs.writeFileSync(path.join(root.folder, "notebooks", "01-surprisal.quiz.json"), JSON.stringify(questions));

beforeEach(() => {
  vi.stubEnv("COURSE_STATE", undefined);
  root.folder = fs.mkdtempSync(path.join(os.tmpdir(), "quiz-"));
  fs.mkdirSync(path.join(root.folder, "notebooks"));
  writeQuiz(quiz);
  printed = [];
  vi.spyOn(console, "log").mockImplementation((text) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(root.folder, { recursive: true });
});

test("a notebook that is run unedited stores nothing and gives nothing away", () => {
  forecast("01-q3", { a: 0, b: 0, c: 0 });
  reveal("01-q3");
  expect(printed.join("\n")).toBe(
    "• 01-q3 · not answered yet\nHow likely is each option? Write your probabilities (together 1) and run the cell.\n" +
      '• 01-q3 · answer first\nGive your forecast above, or see the answer unscored: `reveal("01-q3", { giveUp: true })`.',
  );
  expect(fs.existsSync(path.join(root.folder, ".course"))).toBe(false);
});

test("the last forecast before the reveal counts, and later ones are kept without counting", () => {
  forecast("01-q3", { a: 1 });
  forecast("01-q3", { a: 0.2, b: 0.7, c: 0.1 });
  reveal("01-q3");
  expect(printed.at(-1)).toContain("✓ 01-q3 · better than guessing");
  expect(printed.at(-1)).toContain(
    "Surprise: **0.357 nats** (guessing: 1.099). Brier score: **0.140** (guessing: 0.667)",
  );
  forecast("01-q3", { b: 1 });
  expect(printed.at(-1)).toContain("does not count");
  reveal("01-q3");
  expect(stored().answers.map((a: { afterReveal?: boolean }) => a.afterReveal)).toEqual([
    undefined,
    undefined,
    true,
  ]);
  const [score, ...rest] = forecastScores();
  expect(rest).toEqual([]);
  expect(score).toMatchObject({ question: "01-q3", answer: "b", probabilities: { a: 0.2, b: 0.7, c: 0.1 } });
  expect(score?.surprise).toBeCloseTo(-Math.log(0.7), 15);
  expect(score?.brier).toBeCloseTo(0.04 + 0.09 + 0.01, 15);
  expect(score?.uniform).toEqual({ surprise: Math.log(3), brier: 1 - 1 / 3 });
});

test("zeros after a forecast leave it as it was", () => {
  forecast("01-q3", { a: 0.5, b: 0.5 });
  forecast("01-q3", {});
  expect(printed.at(-1)).toContain("Your forecast of before stands: a 50 %, b 50 %, c 0 %.");
  expect(stored().answers).toHaveLength(1);
});

test("an answer called impossible costs infinitely many nats, and certainty costs none", () => {
  forecast("01-q3", { a: 1 });
  reveal("01-q3");
  expect(printed.at(-1)).toMatch(/✗ 01-q3 · worse than guessing(.|\n)*∞ nats/);
  expect(forecastScores()[0]).toMatchObject({ surprise: Infinity, brier: 2 });
  forecastReport();
  expect(printed.at(-1)).toMatch(/^mean .*Infinity/m);
});

test("giving up reveals the answer without a score", () => {
  reveal("01-q3", { giveUp: true });
  expect(printed.at(-1)).toBe("• 01-q3 · the answer\nThe answer is **b** · two\nBecause.");
  forecast("01-q3", { b: 1 });
  reveal("01-q3");
  expect(forecastScores()).toEqual([]);
  forecastReport();
  expect(printed.at(-1)).toContain("No forecast is scored yet");
});

test("forecast() says what is wrong with probabilities", () => {
  const error =
    (probabilities: object, id = "01-q3") =>
    () =>
      forecast(id, probabilities as Record<string, number>);
  expect(error({ a: 0.5, b: 0.4 })).toThrow("forecast: probabilities must sum to 1, got 0.9");
  expect(error({ a: 1.5, b: -0.5 })).toThrow("forecast: probabilities.a must be between 0 and 1, got 1.5");
  expect(error({ a: Number.NaN })).toThrow("forecast: probabilities.a must be between 0 and 1, got NaN");
  expect(error({ d: 1 })).toThrow("forecast: probabilities must name options of 01-q3 (a, b, c), got d");
  expect(error({ a: "1" })).toThrow('forecast: probabilities.a must be a number, got "1"');
  expect(error({}, "01-q9")).toThrow('forecast: id must be a question (01-q3), got "01-q9"');
  expect(error({ a: 0.333333, b: 0.333333, c: 0.333333 })).not.toThrow();
});

test("COURSE_STATE moves the state, and a damaged file is put aside", () => {
  const elsewhere = path.join(root.folder, "elsewhere");
  vi.stubEnv("COURSE_STATE", elsewhere);
  forecast("01-q3", { a: 1 });
  fs.writeFileSync(path.join(elsewhere, "forecasts.json"), "{");
  forecast("01-q3", { b: 1 });
  expect(printed.join("\n")).toContain("It was put aside as forecasts.json.damaged-");
  expect(fs.readdirSync(elsewhere)).toHaveLength(2);
  expect(fs.existsSync(path.join(root.folder, ".course"))).toBe(false);
});

test("a question is shown without its answer", () => {
  expect(questionMarkdown("01-q3")).toBe(
    "**Question 01-q3.** Which **grows** by $\\log 2$?\n\n- **a** · one\n- **b** · two\n- **c** · three\n",
  );
});

test("a quiz file with a mistake is refused by name", () => {
  const [question] = quiz;
  writeQuiz([{ ...question, id: "02-q1" }]);
  expect(allQuestions).toThrow("01-surprisal.quiz.json: 02-q1 must be called 01-q1, …-q2, …");
  writeQuiz([{ ...question, answer: "d" }]);
  expect(allQuestions).toThrow("01-surprisal.quiz.json: 01-q3 must have its answer among its options, got d");
  writeQuiz([question as object, question as object]);
  expect(allQuestions).toThrow("01-surprisal.quiz.json: 01-q3 must be there once");
});

test("a card keeps formulas and escapes everything else", () => {
  const { "text/html": html } = cardBundle({
    kind: "good",
    title: "T",
    paragraphs: ["$a*b*c<d$ **<b>** `x*y`"],
  });
  expect(html).toContain("$a*b*c&lt;d$ <strong>&lt;b&gt;</strong> <code>x*y</code>");
});
