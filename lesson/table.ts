import { digits } from "./claim";
import { display, escapeHtml } from "./display";

export type TableCell = string | number | boolean;

/** Text of one entry: numbers with six significant digits, like every stored output. */
const textOf = (cell: TableCell) => (typeof cell === "number" ? digits(cell) : String(cell));

/**
 * Shows a small table: numbers to six significant digits and right-aligned, texts left-aligned.
 *
 * @param columns - the headings, with units
 * @param rows - one entry per heading
 * @throws RangeError if a row has another length than the headings
 * @example table(["p", "surprise (nats)"], [[0.5, -Math.log(0.5)]])
 */
export function table(columns: readonly string[], rows: readonly (readonly TableCell[])[]): void {
  const odd = rows.findIndex((row) => row.length !== columns.length);
  if (odd >= 0)
    throw new RangeError(`table: rows[${odd}] must have ${columns.length} entries, got ${rows[odd]?.length}`);
  const isNumber = columns.map((_, j) => rows.length > 0 && rows.every((row) => typeof row[j] === "number"));
  display({ "text/html": asHtml(columns, rows, isNumber), "text/plain": asText(columns, rows, isNumber) });
}

function asText(
  columns: readonly string[],
  rows: readonly (readonly TableCell[])[],
  isNumber: boolean[],
): string {
  const lines = [columns, ...rows.map((row) => row.map(textOf))];
  const widths = columns.map((_, j) => Math.max(...lines.map((line) => [...(line[j] as string)].length)));
  const pad = (text: string, j: number) => {
    const space = " ".repeat((widths[j] as number) - [...text].length);
    return isNumber[j] ? space + text : text + space;
  };
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}

function asHtml(
  columns: readonly string[],
  rows: readonly (readonly TableCell[])[],
  isNumber: boolean[],
): string {
  const entry = (tag: string, text: string, j: number) =>
    `<${tag} style="text-align:${isNumber[j] ? "right" : "left"}">${escapeHtml(text)}</${tag}>`;
  const line = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map((t, j) => entry(tag, t, j)).join("")}</tr>`;
  const body = rows.map((row) => line("td", row.map(textOf))).join("\n");
  return `<table>\n<thead>${line("th", columns)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`;
}
