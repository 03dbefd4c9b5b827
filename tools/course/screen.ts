import fs from "node:fs";
import path from "node:path";
/** Text for a calm terminal: colours only on a terminal, and everything that an answer printed made harmless. */
import type { ExerciseEntry } from "../../grading/course";
import type { PracticeResult } from "../../grading/practice";
import { root } from "../../grading/root";
import type { State } from "./files";

const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
const paint = (code: number) => (text: string) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
export const [bold, dim, red, green, yellow] = [paint(1), paint(2), paint(31), paint(32), paint(33)] as const;

/** Control characters could move the cursor or recolour the screen: only line ends and tabs stay. */
export const harmless = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "").replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "�");

const width = () => Math.min(process.stdout.columns ?? 100, 110);

/** Breaks at spaces, each further line under the first. */
export function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  for (const paragraph of harmless(text).split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && indent.length + line.length + 1 + word.length > width()) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((l) => indent + l).join("\n");
}

export function bar(part: number, whole: number, length = 24): string {
  const full = whole === 0 ? 0 : Math.round((part / whole) * length);
  return green("█".repeat(full)) + dim("░".repeat(length - full));
}

export const stars = (difficulty: number) => "★".repeat(difficulty) + "☆".repeat(3 - difficulty);
const points = (x: number) => String(Math.round(x * 100) / 100);

export function resultText(result: PracticeResult, hints: number): string {
  const lines: string[] = [];
  const won = result.earned === result.points;
  lines.push("", bold(`${result.id} · ${result.title}`), "");
  let sentence = "";
  for (const check of result.checks) {
    if (check.outcome === "pass") {
      lines.push(`  ${green("✓")} ${check.title} ${dim(`${points(check.points)} p`)}`);
      continue;
    }
    const mark = check.outcome === "skipped" ? dim("·") : red("✗");
    lines.push(`  ${mark} ${check.title} ${dim(`${points(check.earned)} of ${points(check.points)} p`)}`);
    // the same sentence under every check would only be noise
    if (check.message !== sentence) {
      const colour = check.outcome === "skipped" ? dim : yellow;
      lines.push(colour(wrap(check.message, "      ")));
      if (check.example !== undefined) lines.push(dim(wrap(check.example, "      ")));
    }
    sentence = check.message;
  }
  for (const note of result.notes) lines.push(wrap(`signature: ${note}`, "    "));
  if (result.log.trim() !== "")
    lines.push("", dim("  your code printed:"), wrap(result.log.trimEnd().slice(0, 2000), "    "));
  const milliseconds = dim(`${Math.round(result.milliseconds)} ms`);
  lines.push(
    "",
    `  ${bar(result.earned, result.points)}  ${points(result.earned)} of ${points(result.points)} p  ${milliseconds}`,
  );
  if (!won)
    lines.push(
      dim(
        `  ${hints < 3 ? `npm run course -- hint ${result.id}` : `npm run course -- solution ${result.id}`}`,
      ),
    );
  // a copy for coursework has none
  else if (fs.existsSync(path.join(root, "solutions")))
    lines.push(dim(`  Compare with the reference: npm run course -- solution ${result.id}`));
  return `${lines.join("\n")}\n`;
}

export function listText(entries: readonly ExerciseEntry[], state: State, next: string | undefined): string {
  const lines = [""];
  for (const e of entries) {
    const p = state[e.id];
    const earned = p?.best ?? 0;
    const mark = earned >= e.points ? green("✓") : earned > 0 ? yellow("◐") : "○";
    const arrow = e.id === next ? bold("→") : " ";
    const score = `${points(earned)}/${e.points} p`;
    const hints = p !== undefined && p.hints > 0 ? dim(`  ${p.hints} hint${p.hints > 1 ? "s" : ""}`) : "";
    const row = `${e.id}  ${stars(e.difficulty)}  ${e.title.padEnd(62)} ${score.padStart(9)}  ${String(e.minutes).padStart(3)} min`;
    lines.push(`${arrow} ${mark} ${row}${hints}`);
  }
  const earned = entries.reduce((s, e) => s + (state[e.id]?.best ?? 0), 0);
  const total = entries.reduce((s, e) => s + e.points, 0);
  lines.push("", `  ${bar(earned, total, 40)}  ${points(earned)} of ${total} points`, "");
  return lines.join("\n");
}
