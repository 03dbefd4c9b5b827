/** Reads CSV as RFC 4180 has it: quoted fields may hold commas, quotes and line breaks. */
const MAX_ROWS = 100_000;

export function parseCsv(text: string, file = "CSV"): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let quoted = false;
  let at = text.startsWith("\ufeff") ? 1 : 0;
  const endRow = () => {
    row.push(field);
    field = "";
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (rows.length > MAX_ROWS) throw new RangeError(`${file} must have at most ${MAX_ROWS} rows`);
  };
  for (; at < text.length; at++) {
    const ch = text[at]!;
    if (quoted) {
      if (ch !== '"') field += ch;
      else if (text[at + 1] === '"') {
        field += ch;
        at++;
      } else quoted = false;
    } else if (ch === '"' && field === "") quoted = true;
    else if (ch === ",") {
      row.push(field);
      field = "";
    } else if (ch === "\n") endRow();
    else if (ch !== "\r" || text[at + 1] !== "\n") field += ch;
  }
  if (quoted) throw new RangeError(`${file} must close each quoted field, the last one is open`);
  if (field !== "" || row.length > 0) endRow();
  return rows;
}

/** The rows as records, by the names in the first row. */
export function parseTable(text: string, file = "CSV"): Record<string, string>[] {
  const [head, ...rows] = parseCsv(text, file);
  if (head === undefined) return [];
  const names = head.map((name) => name.trim());
  return rows.map((row, i) => {
    if (row.length > names.length)
      throw new RangeError(
        `${file}: row ${i + 2} has ${row.length} fields, the first row names ${names.length}`,
      );
    return Object.fromEntries(names.map((name, k) => [name, row[k] ?? ""]));
  });
}
