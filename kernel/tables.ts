// Vectors, matrices, records and maps as tables, for people: six significant digits, the shape first, the middle of
// what is long left out.
import util from "node:util";

export interface Table {
  title: string;
  head: string[];
  rows: string[][];
}

type Numbers = ArrayLike<number>;

const most = { rows: 20, columns: 12 };
const digits = (x: number) => (Number.isInteger(x) ? String(x) : String(Number(x.toPrecision(6))));
const isTyped = (value: unknown): value is Numbers & object =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) && !(value instanceof Uint8Array);
const isNumbers = (value: unknown): value is Numbers =>
  isTyped(value)
    ? typeof value[0] !== "bigint"
    : Array.isArray(value) && value.length > 0 && value.every((x) => typeof x === "number");

/** The table for a value; undefined if a table would not be clearer than the value itself. */
export function toTable(value: unknown): Table | undefined {
  if (isNumbers(value)) return vector(value);
  if (value instanceof Map) return value.size > 0 ? pairs(value) : undefined;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every(isNumbers)) return matrix(value as Numbers[]);
  if (value.length > 1 && value.every(isRecord)) return records(value as Record<string, unknown>[]);
  return undefined;
}

/** Indices 0 … n − 1 with at most `limit` of them; -1 stands for what is left out. */
function indices(n: number, limit: number): number[] {
  const all = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  if (n <= limit) return all(0, n);
  const half = Math.floor(limit / 2);
  return [...all(0, half), -1, ...all(n - half, n)];
}

const kind = (value: object) => (Array.isArray(value) ? "" : `${value.constructor.name} `);

function vector(values: Numbers): Table | undefined {
  if (values.length <= 10) return undefined;
  const width = 10;
  const lines = indices(Math.ceil(values.length / width), most.rows);
  const rows = lines.map((line) => {
    if (line < 0) return ["…", ...Array<string>(width).fill("…")];
    const cells = Array.from({ length: width }, (_, i) => values[line * width + i]);
    return [String(line * width), ...cells.map((x) => (x === undefined ? "" : digits(x)))];
  });
  const head = ["", ...Array.from({ length: width }, (_, i) => `+${i}`)];
  return { title: `${kind(values)}[${values.length}]`, head, rows };
}

function matrix(values: Numbers[]): Table | undefined {
  const width = values[0]?.length ?? 0;
  if (width === 0 || values.some((row) => row.length !== width)) return undefined;
  const columns = indices(width, most.columns);
  const rows = indices(values.length, most.rows).map((i) => {
    if (i < 0) return ["…", ...columns.map(() => "…")];
    return [String(i), ...columns.map((j) => (j < 0 ? "…" : digits(values[i]![j]!)))];
  });
  const head = ["", ...columns.map((j) => (j < 0 ? "…" : String(j)))];
  return { title: `${kind(values[0]!)}[${values.length}, ${width}]`, head, rows };
}

const cell = (value: unknown) =>
  typeof value === "number"
    ? digits(value)
    : typeof value === "string"
      ? value
      : util.inspect(value, { depth: 0 });

function pairs(map: Map<unknown, unknown>): Table {
  const entries = [...map];
  const rows = indices(entries.length, most.rows).map((i) => (i < 0 ? ["…", "…"] : entries[i]!.map(cell)));
  return { title: `Map [${map.size}]`, head: ["key", "value"], rows };
}

function isRecord(value: unknown): boolean {
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
    return false;
  const fields = Object.values(value);
  return fields.length > 0 && fields.every((field) => field === null || typeof field !== "object");
}

function records(values: Record<string, unknown>[]): Table | undefined {
  const names = [...new Set(values.flatMap((value) => Object.keys(value)))];
  if (names.length > most.columns) return undefined;
  const rows = indices(values.length, most.rows).map((i) => {
    if (i < 0) return ["…", ...names.map(() => "…")];
    return [String(i), ...names.map((name) => (name in values[i]! ? cell(values[i]![name]) : ""))];
  });
  return { title: `[${values.length}] records`, head: ["", ...names], rows };
}

export function toText({ title, head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const left = rows.every((row) => Number.isNaN(Number(row.at(-1))) && row.at(-1) !== "…");
  const line = (row: string[]) =>
    row
      .map((text, i) => (left ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
      .join("  ")
      .trimEnd();
  return [title, ...all.map(line)].join("\n");
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function toHtml({ title, head, rows }: Table): string {
  const header = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join("");
  const body = rows.map((row) => {
    const [first = "", ...rest] = row.map(escaped);
    return `<tr><th scope="row">${first}</th>${rest.map((text) => `<td>${text}</td>`).join("")}</tr>`;
  });
  const caption = `<caption style="text-align:left">${escaped(title)}</caption>`;
  return `<table>${caption}<thead><tr>${header}</tr></thead><tbody>${body.join("")}</tbody></table>`;
}
