/**
 * Text that a student may have written, made harmless for one place each. Every export goes through the sink of its
 * format, and no other code escapes anything.
 */

/** What would not be seen, or would change what is seen around it, becomes visible: `\u001b`, `\u202e`. */
export const visible = (text: string): string =>
  text
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")
    .replace(/\r\n?/g, "\n")
    .replace(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]/g,
      (ch) => (ch === "\ufffd" ? ch : `\\u${ch.charCodeAt(0).toString(16).padStart(4, "0")}`),
    );

/** A terminal, which may be the log of GitHub Actions: no escape sequence, no `::command::`, no `##[command]`. */
export const terminal = (text: string): string =>
  visible(text)
    .replace(/:(?=:)/g, ": ")
    .replaceAll("##[", "## [");

/** HTML, between tags or in a quoted attribute. */
export const html = (text: string): string =>
  visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** XML 1.0, between tags or in a quoted attribute; line breaks survive in both. */
export const xml = (text: string): string => html(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");

/**
 * One field of a CSV file, always quoted. A spreadsheet takes what begins with = + - @ for a formula: such a text gets
 * an apostrophe. Numbers go in as numbers and come from the grader alone.
 */
export function csv(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`csv: value must be finite, got ${value}`);
    return String(value);
  }
  const text = visible(value);
  const guarded = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\n]/.test(text) ? `'${text}` : text;
  return `"${guarded.replaceAll('"', '""')}"`;
}

export const csvFile = (rows: readonly (readonly (string | number | undefined)[])[]): string =>
  rows.map((row) => `${row.map(csv).join(",")}\r\n`).join("");

/** A block of Markdown in which nothing is a link, a mention, an image or a tag: a fence longer than any inside. */
export function markdownBlock(text: string): string {
  const safe = visible(text);
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}text\n${safe}\n${fence}`;
}

/** A name within a line of Markdown. */
export const markdownText = (text: string): string =>
  visible(text)
    .replace(/\s+/g, " ")
    .replace(/[!-/:-@[-`{-~]/g, (ch) => `&#${ch.charCodeAt(0)};`);
