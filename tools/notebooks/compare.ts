/** When a stored notebook is stale: its cells, its printed outputs (numbers to 5e-6) or its figures differ from a new run. */
import { type Figure, figureOf } from "cross-entropy/lesson";
import { type DocumentCell, type DocumentOutput, isRich, type NotebookDocument, textOf } from "./document";

const RELATIVE = 5e-6;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

/** Equal texts, except that numbers may differ in the last of six printed digits. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [a.match(NUMBER) ?? [], b.match(NUMBER) ?? []];
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#") || x.length !== y.length) return false;
  return x.every((value, i) => sameNumber(Number(value), Number(y[i])));
}

const sameNumber = (a: number, b: number) =>
  a === b || Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));

export function sameFigure(a: Figure, b: Figure): boolean {
  return sameText(JSON.stringify(a), JSON.stringify(b));
}

export function sameOutput(a: DocumentOutput, b: DocumentOutput): boolean {
  if (a.output_type === "stream" && b.output_type === "stream")
    return a.name === b.name && sameText(textOf(a.text), textOf(b.text));
  if (!isRich(a) || !isRich(b) || a.output_type !== b.output_type) return false;
  const [figureA, figureB] = [figureOf(a), figureOf(b)];
  if (figureA !== undefined && figureB !== undefined) return sameFigure(figureA, figureB);
  if (figureA !== undefined || figureB !== undefined) return false;
  const types = Object.keys(a.data).sort();
  if (types.join() !== Object.keys(b.data).sort().join()) return false;
  return types.every((type) => sameText(JSON.stringify(a.data[type]), JSON.stringify(b.data[type])));
}

function sameCell(a: DocumentCell, b: DocumentCell): string | undefined {
  if (a.cell_type !== b.cell_type || textOf(a.source) !== textOf(b.source)) return "its text";
  if (JSON.stringify(a.metadata) !== JSON.stringify(b.metadata)) return "its metadata";
  const [x, y] = [a.outputs ?? [], b.outputs ?? []];
  if (x.length !== y.length) return "the number of its outputs";
  const i = x.findIndex((output, j) => !sameOutput(output, y[j] as DocumentOutput));
  return i < 0 ? undefined : `output ${i + 1}`;
}

/** The first difference between a stored and a new document, in words; `undefined` if the stored one is current. */
export function firstDifference(stored: NotebookDocument, fresh: NotebookDocument): string | undefined {
  for (const [i, cell] of fresh.cells.entries()) {
    const before = stored.cells[i];
    if (before === undefined) return `cell ${cell.id} is missing`;
    const difference = sameCell(before, cell);
    if (difference !== undefined) return `cell ${cell.id}: ${difference} differs`;
  }
  return stored.cells.length > fresh.cells.length ? "it has more cells than the source" : undefined;
}
