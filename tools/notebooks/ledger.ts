/** claims.json as text: the box of one correction, and the closing page's list of every verdict. */
import fs from "node:fs";
import path from "node:path";
import { type Course, type NotebookEntry, stem as stemOf } from "../../grading/course";

interface Statement {
  readonly id: string;
  readonly topic: string;
  readonly statement: string;
  readonly verdict: "holds" | "holds with a condition" | "corrected";
  readonly note?: string;
  readonly homes: readonly string[];
}

interface Correction {
  readonly id: string;
  readonly says: string;
  readonly right: string;
  readonly homes: readonly string[];
}

interface Ledger {
  readonly statements: readonly Statement[];
  readonly corrections: readonly Correction[];
}

const readLedger = (root: string): Ledger =>
  JSON.parse(fs.readFileSync(path.join(root, "claims.json"), "utf8"));

const marks = { holds: "✓", "holds with a condition": "◐", corrected: "✗" } as const;
const verdicts = Object.keys(marks) as (keyof typeof marks)[];

export function correctionBox(root: string, id: string): string {
  const w = readLedger(root).corrections.find((x) => x.id === id);
  if (w === undefined) throw new Error(`claims.json has no correction ${id}`);
  return `> **Corrected here (${id}).** *Said:* ${w.says}\n>\n> *Right:* ${w.right}`;
}

function places(course: Course, homes: readonly string[]): string {
  const link = (home: string) => {
    const entry = course.notebooks.find((n) => n.id === home);
    return `[${home}](${entry === undefined ? home : stemOf(entry)}.ipynb)`;
  };
  return homes.map(link).join(", ");
}

/** Every statement of the sources, by topic, with its verdict and where it is shown. */
export function verdictList(root: string, course: Course): string[] {
  const { statements } = readLedger(root);
  const topics = [...new Set(statements.map((s) => s.topic))];
  const row = (name: string, list: readonly Statement[]) =>
    `| ${name} | ${verdicts.map((v) => list.filter((s) => s.verdict === v).length).join(" | ")} | ${list.length} |`;
  const table = [
    `| topic | ${verdicts.map((v) => `${marks[v]} ${v}`).join(" | ")} | together |`,
    "|---|---:|---:|---:|---:|",
    ...topics.map((topic) =>
      row(
        topic,
        statements.filter((s) => s.topic === topic),
      ),
    ),
    row("**all**", statements),
  ].join("\n");
  const sections = topics.map((topic) => {
    const lines = statements
      .filter((s) => s.topic === topic)
      .map((s) => {
        const note = s.note === undefined ? "" : `  \n  *${marks[s.verdict]} ${s.verdict}:* ${s.note}`;
        return `- ${marks[s.verdict]} **${s.id}** (${places(course, s.homes)}) ${s.statement}${note}`;
      });
    return `### ${topic[0]!.toUpperCase()}${topic.slice(1)}\n\n${lines.join("\n")}`;
  });
  return [table, sections.join("\n\n")];
}

/** The corrections in order. */
export function correctionList(root: string, course: Course): string {
  return readLedger(root)
    .corrections.map(
      (w) => `- **${w.id}** (${places(course, w.homes)}) *Said:* ${w.says}  \n  *Right:* ${w.right}`,
    )
    .join("\n");
}

/** What a learner can do after each notebook. */
export const goalList = (notebooks: readonly NotebookEntry[]): string =>
  notebooks
    .map(
      (n) =>
        `**[${n.id} · ${n.title}](${stemOf(n)}.ipynb)**\n\n${n.objectives.map((o) => `- ${o}`).join("\n")}`,
    )
    .join("\n\n");
