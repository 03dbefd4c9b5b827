/**
 * Self-checks answered with probabilities. What counts is the last forecast before the answer was revealed; all are
 * kept, in `.course/forecasts.json`, and a later notebook scores them.
 */
import { type Card, cardBundle } from "./card";
import { display } from "./display";
import { findQuestion, type Question } from "./questions";
import { readState, writeState } from "./state";
import { table } from "./table";

export type Probabilities = Readonly<Record<string, number>>;

interface Answer {
  readonly question: string;
  readonly probabilities: Probabilities;
  /** ISO 8601 */
  readonly at: string;
  /** given when the answer was already known: does not count */
  readonly afterReveal?: true;
}
interface Forecasts {
  readonly answers: readonly Answer[];
  /** question → when its answer was shown */
  readonly revealed: Readonly<Record<string, string>>;
}

/** A forecast that counts, with its scores; smaller is better for both, and `uniform` is what pure guessing gets. */
export interface ForecastScore {
  readonly question: string;
  readonly probabilities: Probabilities;
  readonly answer: string;
  /** nats: −log of the probability given to the right answer */
  readonly surprise: number;
  /** squared distance from the right answer, 0 to 2 */
  readonly brier: number;
  readonly uniform: { readonly surprise: number; readonly brier: number };
}

const read = () => readState<Forecasts>("forecasts", { answers: [], revealed: {} });
const show = (card: Card) => display(cardBundle(card));
const digits = (x: number) => (Number.isFinite(x) ? x.toFixed(3) : "∞");
const percent = (p = 0) => `${Number((100 * p).toPrecision(3))} %`;

/** "a 70 %, b 20 %, c 10 %" */
const inWords = (question: Question, probabilities: Probabilities) =>
  Object.keys(question.options)
    .map((letter) => `${letter} ${percent(probabilities[letter])}`)
    .join(", ");

/** The forecast that counts, if there is one. */
const counted = ({ answers }: Forecasts, id: string) =>
  answers.filter((answer) => answer.question === id && !answer.afterReveal).at(-1);

function checkProbabilities(question: Question, probabilities: Probabilities): void {
  if (typeof probabilities !== "object" || probabilities === null)
    throw new TypeError(
      `forecast: probabilities must be an object such as { a: 0.5, b: 0.5 }, got ${probabilities}`,
    );
  const letters = Object.keys(question.options).join(", ");
  for (const [letter, p] of Object.entries(probabilities)) {
    if (!(letter in question.options))
      throw new RangeError(
        `forecast: probabilities must name options of ${question.id} (${letters}), got ${letter}`,
      );
    if (typeof p !== "number")
      throw new TypeError(`forecast: probabilities.${letter} must be a number, got ${JSON.stringify(p)}`);
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`forecast: probabilities.${letter} must be between 0 and 1, got ${p}`);
  }
}

/**
 * Keeps your forecast for a question; you may change it until you `reveal` the answer.
 *
 * @param id - the question, `"01-q3"`
 * @param probabilities - one number per option, together 1; all 0 means "not answered yet" and is not kept
 * @throws RangeError if an option is unknown, a number is no probability, or the sum is not 1
 * @example forecast("01-q3", { a: 0.7, b: 0.2, c: 0.1 })
 */
export function forecast(id: string, probabilities: Probabilities): void {
  show(keep(id, probabilities));
}

function keep(id: string, probabilities: Probabilities): Card {
  const question = findQuestion(id, "forecast");
  checkProbabilities(question, probabilities);
  const forecasts = read();
  const sum = Object.values(probabilities).reduce((total, p) => total + p, 0);
  if (sum === 0) {
    const before = counted(forecasts, id);
    const stands = before && `Your forecast of before stands: ${inWords(question, before.probabilities)}.`;
    return {
      kind: "note",
      title: `${id} · not answered yet`,
      paragraphs: [
        stands ?? "How likely is each option? Write your probabilities (together 1) and run the cell.",
      ],
    };
  }
  // 0.333333 three times is meant to be 1.
  if (Math.abs(sum - 1) > 1e-5)
    throw new RangeError(`forecast: probabilities must sum to 1, got ${Number(sum.toPrecision(6))}`);

  const late = id in forecasts.revealed;
  const answer: Answer = {
    question: id,
    probabilities,
    at: new Date().toISOString(),
    ...(late && { afterReveal: true }),
  };
  writeState("forecasts", { ...forecasts, answers: [...forecasts.answers, answer] });
  return {
    kind: "note",
    title: `${id} · your forecast: ${inWords(question, probabilities)}`,
    paragraphs: [
      late
        ? "Kept, but it does not count: you have seen the answer."
        : `Kept. You may change it until you run \`reveal("${id}")\`.`,
    ],
  };
}

function score({ id, options, answer }: Question, probabilities: Probabilities): ForecastScore {
  const letters = Object.keys(options);
  const given = probabilities[answer] ?? 0;
  const miss = (letter: string) => (probabilities[letter] ?? 0) - (letter === answer ? 1 : 0);
  return {
    question: id,
    probabilities,
    answer,
    surprise: given === 1 ? 0 : -Math.log(given),
    brier: letters.reduce((sum, letter) => sum + miss(letter) ** 2, 0),
    // (1 − 1/K)² + (K − 1)/K² = 1 − 1/K
    uniform: { surprise: Math.log(letters.length), brier: 1 - 1 / letters.length },
  };
}

/**
 * Shows the right answer, why it is right, and how your forecast scores; from then on new forecasts do not count.
 *
 * Without a forecast nothing is revealed, unless `giveUp` is true.
 *
 * @example reveal("01-q3")
 */
export function reveal(id: string, { giveUp = false }: { readonly giveUp?: boolean } = {}): void {
  show(open(id, giveUp));
}

function open(id: string, giveUp: boolean): Card {
  const question = findQuestion(id, "reveal");
  const forecasts = read();
  const given = counted(forecasts, id);
  const seen = id in forecasts.revealed;
  if (given === undefined && !giveUp && !seen)
    return {
      kind: "note",
      title: `${id} · answer first`,
      paragraphs: [
        `Give your forecast above, or see the answer unscored: \`reveal("${id}", { giveUp: true })\`.`,
      ],
    };
  if (!seen) {
    const revealed = { ...forecasts.revealed, [id]: new Date().toISOString() };
    writeState("forecasts", { ...forecasts, revealed });
  }

  const right = `The answer is **${question.answer}** · ${question.options[question.answer]}`;
  if (given === undefined)
    return { kind: "note", title: `${id} · the answer`, paragraphs: [right, question.why] };
  const { surprise, brier, uniform } = score(question, given.probabilities);
  const gain = uniform.surprise - surprise;
  const [kind, verdict] =
    Math.abs(gain) < 1e-9
      ? (["note", "as good as guessing"] as const)
      : gain > 0
        ? (["good", "better than guessing"] as const)
        : (["bad", "worse than guessing"] as const);
  const scores =
    `You gave it ${percent(given.probabilities[question.answer])}. Surprise: **${digits(surprise)} nats** (guessing: ${digits(uniform.surprise)}). ` +
    `Brier score: **${digits(brier)}** (guessing: ${digits(uniform.brier)}). Smaller is better.`;
  return { kind, title: `${id} · ${verdict}`, paragraphs: [right, scores, question.why] };
}

/** The scores of all forecasts that count and whose answers you have seen, by question. */
export function forecastScores(): ForecastScore[] {
  const forecasts = read();
  return Object.keys(forecasts.revealed)
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .flatMap((id) => {
      const answer = counted(forecasts, id);
      return answer === undefined ? [] : [score(findQuestion(id, "forecastScores"), answer.probabilities)];
    });
}

/** Shows how your forecasts have done so far: one line per question, and the means. */
export function forecastReport(): void {
  const scores = forecastScores();
  if (scores.length === 0) {
    const paragraphs = ["Answer a question with `forecast`, then run `reveal`."];
    show({ kind: "note", title: "No forecast is scored yet", paragraphs });
    return;
  }
  const mean = (of: (score: ForecastScore) => number) =>
    scores.reduce((sum, each) => sum + of(each), 0) / scores.length;
  const columns = [
    (s: ForecastScore) => s.probabilities[s.answer] ?? 0,
    (s: ForecastScore) => s.surprise,
    (s: ForecastScore) => s.uniform.surprise,
    (s: ForecastScore) => s.brier,
    (s: ForecastScore) => s.uniform.brier,
  ];
  table(
    ["question", "p(right answer)", "surprise (nats)", "by guessing", "Brier score", "by guessing"],
    [...scores.map((s) => [s.question, ...columns.map((of) => of(s))]), ["mean", ...columns.map(mean)]],
  );
}
