/**
 * Jupytext Markdown to cells. A fence opened by ```typescript is a code cell, with its metadata as key=value pairs behind
 * the language; every other text is Markdown, one cell up to the next code cell or two blank lines. A ```ts fence is
 * shown, not run. An HTML comment `<!-- course: NAME ARGUMENTS -->` on its own line is a directive (see directives.ts).
 */
export type SourceCell =
  | { readonly type: "markdown"; readonly source: string; readonly line: number }
  | {
      readonly type: "code";
      readonly source: string;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly line: number;
    }
  | {
      readonly type: "directive";
      readonly name: string;
      readonly args: readonly string[];
      readonly line: number;
    };

export class SourceError extends Error {
  override name = "SourceError";
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
  }
}

const RUN = /^```typescript(?:\s+(.*))?$/;
const FENCE = /^(```+|~~~+)/;
const DIRECTIVE = /^<!--\s*course:\s*([a-z]+)\s*(.*?)\s*-->$/;

export function parseNotebook(text: string, file: string): SourceCell[] {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const cells: SourceCell[] = [];
  let markdown: string[] = [];
  let markdownLine = 0;

  const closeMarkdown = () => {
    const source = markdown.join("\n").trim();
    if (source !== "") cells.push({ type: "markdown", source, line: markdownLine });
    markdown = [];
  };
  const endOf = (open: number, fence: string): number => {
    const close = lines.findIndex((line, j) => j > open && line.trimEnd() === fence);
    if (close < 0) throw new SourceError(file, open + 1, "the code fence opened here is never closed");
    return close;
  };

  let i = skipFrontMatter(lines, file);
  while (i < lines.length) {
    const line = lines[i] as string;
    const run = RUN.exec(line.trimEnd());
    const directive = DIRECTIVE.exec(line.trim());
    const fence = FENCE.exec(line)?.[1];
    if (run) {
      closeMarkdown();
      const close = endOf(i, "```");
      const source = lines.slice(i + 1, close).join("\n");
      cells.push({ type: "code", source, metadata: metadataOf(run[1] ?? "", file, i + 1), line: i + 1 });
      i = close;
    } else if (directive) {
      closeMarkdown();
      const args = (directive[2] as string).split(/\s+/).filter(Boolean);
      cells.push({ type: "directive", name: directive[1] as string, args, line: i + 1 });
    } else {
      if (markdown.length === 0) markdownLine = i + 1;
      const close = fence === undefined ? i : endOf(i, fence);
      markdown.push(...lines.slice(i, close + 1));
      i = close;
      if (markdown.length > 2 && line === "" && markdown.at(-2) === "") closeMarkdown();
    }
    i++;
  }
  closeMarkdown();
  return cells;
}

function skipFrontMatter(lines: readonly string[], file: string): number {
  if (lines[0] !== "---") return 0;
  const end = lines.indexOf("---", 1);
  if (end < 0) throw new SourceError(file, 1, "the front matter opened here is never closed");
  return end + 1;
}

/** `tags=["hide-input"] jupyter={"source_hidden": true}`: keys with JSON values, as Jupytext writes them. */
function metadataOf(text: string, file: string, line: number): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  let rest = text.trim();
  while (rest !== "") {
    const key = /^([A-Za-z_][\w-]*)=/.exec(rest)?.[1];
    if (key === undefined) throw new SourceError(file, line, `cell metadata must be key=value, got ${rest}`);
    rest = rest.slice(key.length + 1);
    const end = endOfJson(rest);
    try {
      metadata[key] = JSON.parse(rest.slice(0, end));
    } catch {
      throw new SourceError(file, line, `the value of ${key} must be JSON, got ${rest}`);
    }
    rest = rest.slice(end).trim();
  }
  return metadata;
}

/** Where a JSON value ends: at the first space outside quotes and brackets. */
function endOfJson(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if ("[{".includes(c)) depth++;
    else if ("]}".includes(c)) depth--;
    else if (c === " " && depth === 0) return i;
  }
  return text.length;
}
