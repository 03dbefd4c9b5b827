/** A notebook's source on disk, made into the cells that are run and stored. */
import fs from "node:fs";
import path from "node:path";
import type { Course } from "../../grading/course";
import { type Cell, expandDirectives } from "./directives";
import { learnerMinutes } from "./minutes";
import { parseNotebook } from "./parse";
import { checkRules } from "./rules";

/** The stems of all notebooks that have a source, in order, the index first. */
export function notebookStems(root: string): string[] {
  const stems = fs
    .readdirSync(path.join(root, "notebooks"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -".md".length));
  return stems.sort((a, b) => Number(b === "index") - Number(a === "index") || a.localeCompare(b));
}

export function readCells(root: string, course: Course, stem: string): Cell[] {
  const file = `notebooks/${stem}.md`;
  const source = parseNotebook(fs.readFileSync(path.join(root, file), "utf8"), file);
  const minutes = (id: string) => learnerMinutes(root, course, id);
  const cells = joinMarkdown(expandDirectives(source, { root, course, stem, minutes }));
  checkRules(cells, file);
  return cells;
}

/** A directive's text belongs to the paragraph before it: no cell boundary where no code stands between. */
function joinMarkdown(cells: readonly Cell[]): Cell[] {
  const joined: Cell[] = [];
  for (const cell of cells) {
    if (cell.type === "markdown" && cell.source.trim() === "") continue;
    joined.push(cell);
  }
  return joined;
}
