/**
 * `await check("e03")` in a notebook: the exercise's file is checked as `npm run course -- check e03` would, and the
 * outcome stands below the cell. `await check("e03", { crossEntropy })` checks functions of the notebook instead.
 */
import fs from "node:fs";
import path from "node:path";
import { display, escapeHtml, type MimeBundle } from "./display";
import { projectRoot } from "./project";

interface CheckOutcome {
  readonly title: string;
  readonly points: number;
  readonly earned: number;
  readonly outcome: "pass" | "fail" | "error" | "timeout" | "blocked" | "skipped";
  readonly message: string;
  readonly example?: string;
}
interface Practice {
  readonly id: string;
  readonly title: string;
  readonly earned: number;
  readonly points: number;
  readonly checks: readonly CheckOutcome[];
  readonly notes: readonly string[];
  readonly log: string;
}
/** The grader is compiled apart from the lessons and loaded only when something is checked. */
interface Grader {
  practise(name: string): Promise<Practice>;
  practiseFunctions(name: string, answer: Functions): Promise<Practice>;
  findExercise(name: string): { readonly id: string; readonly title: string };
  readCourse(): {
    readonly exercises: readonly { id: string; title: string; points: number }[];
  };
}
// biome-ignore lint/suspicious/noExplicitAny: exercises have functions of any signature
export type Functions = Readonly<Record<string, (...args: any[]) => unknown>>;

const built = path.join(projectRoot, "dist");
const grader = (): Grader => require(path.join(built, "grading", "practice.js")) as Grader;
const state = (): { record(result: Practice): number; readState(): Record<string, { best: number }> } => ({
  ...require(path.join(built, "tools", "course", "main.js")),
  ...require(path.join(built, "tools", "course", "files.js")),
});

const round = (x: number) => Math.round(x * 100) / 100;
const marks = { pass: "✓", skipped: "·", fail: "✗", error: "✗", timeout: "✗", blocked: "✗" };

/** A card as HTML for the page and as text for a terminal; both say the same. */
type Card = MimeBundle;

export function resultCard(result: Practice): Card {
  const score = `${round(result.earned)} of ${round(result.points)} points`;
  const lines = [`${result.id} · ${result.title}: ${score}`];
  const rows: string[] = [];
  let previous = "";
  for (const check of result.checks) {
    // one sentence explains several checks at once: it is said once
    const texts =
      check.outcome === "pass" || check.message === previous ? [] : [check.message, check.example ?? ""];
    previous = check.message;
    const shown = texts.filter((t) => t !== "");
    lines.push(`  ${marks[check.outcome]} ${check.title}`, ...shown.map((t) => `      ${t}`));
    const colour = check.outcome === "pass" ? "#2a7" : check.outcome === "skipped" ? "inherit" : "#d43";
    const status = check.outcome === "pass" ? "passed" : check.outcome === "skipped" ? "not tried" : "failed";
    rows.push(
      `<li style="margin:.25em 0"><span style="color:${colour};font-weight:bold" aria-label="${status}">${marks[check.outcome]}</span> ${escapeHtml(check.title)}` +
        shown.map((t) => `<div style="margin-left:1.4em;opacity:.85">${escapeHtml(t)}</div>`).join("") +
        "</li>",
    );
  }
  for (const note of result.notes) {
    lines.push(`  ${note}`);
    rows.push(`<li style="margin:.25em 0">${escapeHtml(note)}</li>`);
  }
  const log = result.log.trim();
  if (log !== "") lines.push("  your code printed:", ...log.split("\n").map((l) => `    ${l}`));
  const printed = log === "" ? "" : `<pre style="margin:.5em 0 0">${escapeHtml(log.slice(0, 4000))}</pre>`;
  return {
    "text/plain": lines.join("\n"),
    // colours from the page around it: reads in light and in dark
    "text/html":
      `<div role="status" style="border:1px solid currentColor;border-radius:6px;padding:.6em 1em;max-width:60em">` +
      `<strong>${escapeHtml(result.id)} · ${escapeHtml(result.title)}</strong> <span style="float:right">${score}</span>` +
      `<ul style="list-style:none;margin:.4em 0 0;padding:0">${rows.join("")}</ul>${printed}</div>`,
  };
}

const plainCard = (text: string): Card => ({
  "text/plain": text,
  "text/html": `<div role="status" style="border:1px solid currentColor;border-radius:6px;padding:.6em 1em">${escapeHtml(text)}</div>`,
});

/** Checks an exercise and returns its card. */
export async function checkCard(id: string, functions?: Functions): Promise<Card> {
  if (!fs.existsSync(path.join(built, "grading", "practice.js")))
    return plainCard("The checks are not compiled yet: run npm run build in the project's folder.");
  try {
    const { practise, practiseFunctions } = grader();
    const result = functions === undefined ? await practise(id) : await practiseFunctions(id, functions);
    state().record(result);
    return resultCard(result);
  } catch (error) {
    return plainCard((error as Error).message);
  }
}

/**
 * Checks an exercise and shows the outcome below the cell.
 *
 * @param id - such as `"e03"`; without `functions`, its file in `exercises/` is checked, in a process of its own
 * @param functions - functions of the notebook instead, by name; an endless loop in one is stopped by the interrupt
 */
export async function check(id: string, functions?: Functions): Promise<void> {
  display(await checkCard(id, functions));
}

/** Shows how far the course has come: points per exercise. */
export function progress(): void {
  display(progressCard());
}

/** The course at a glance: points per exercise as far as they are earned. */
export function progressCard(): Card {
  const { exercises } = grader().readCourse();
  const best = state().readState();
  const earned = exercises.reduce((s, e) => s + (best[e.id]?.best ?? 0), 0);
  const total = exercises.reduce((s, e) => s + e.points, 0);
  const lines = exercises.map((e) => {
    const mine = best[e.id]?.best ?? 0;
    const mark = mine >= e.points ? "✓" : mine > 0 ? "◐" : "○";
    return { ...e, mark, score: `${round(mine)} of ${e.points}` };
  });
  const rows = lines
    .map(
      (e) =>
        `<tr><td>${e.mark}</td><td>${e.id}</td><td style="text-align:left">${escapeHtml(e.title)}</td><td>${e.score}</td></tr>`,
    )
    .join("");
  return {
    "text/plain": [
      `${round(earned)} of ${total} points`,
      ...lines.map((e) => `  ${e.mark} ${e.id} ${e.title}: ${e.score}`),
    ].join("\n"),
    "text/html":
      `<div role="status"><strong>${round(earned)} of ${total} points</strong> <progress value="${earned}" max="${total}">${round(earned)}</progress>` +
      `<table><thead><tr><th></th><th></th><th style="text-align:left">exercise</th><th>points</th></tr></thead><tbody>${rows}</tbody></table></div>`,
  };
}
