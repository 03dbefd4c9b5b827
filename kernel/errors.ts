import util from "node:util";

export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A mistake that the compiler found, at a 1-based position of the cell (`file` is empty) or of a module. */
export interface Mistake {
  file: string;
  source: string;
  line: number;
  column: number;
  length: number;
  code: number;
  message: string;
}

export const red = (text: string) => `\x1b[31m${text}\x1b[39m`;
export const grey = (text: string) => `\x1b[90m${text}\x1b[39m`;

/** The lines around `line`, the line itself marked, with carets below what is wrong. */
export function codeFrame(source: string, line: number, column: number, length = 1, context = 2): string[] {
  const lines = source.split("\n");
  const from = Math.max(1, line - context);
  const to = Math.min(lines.length, line + context);
  const width = String(to).length;
  const frame: string[] = [];
  for (let n = from; n <= to; n++) {
    const text = lines[n - 1] ?? "";
    const mark = n === line ? red(">") : " ";
    frame.push(`${mark} ${grey(`${String(n).padStart(width)} |`)} ${text}`);
    if (n === line) {
      // Tabs stay tabs, so that the carets stand below their characters whatever a tab's width is.
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      const carets = "^".repeat(Math.max(1, Math.min(length, text.length - column + 1)));
      frame.push(`  ${grey(`${" ".repeat(width)} |`)} ${indent}${red(carets)}`);
    }
  }
  return frame;
}

const shown = 5;

export function typeError(mistakes: readonly Mistake[]): CellError {
  const traceback: string[] = [];
  for (const { file, source, line, column, length, code, message } of mistakes.slice(0, shown)) {
    traceback.push(`${red("TypeScriptError")}: ${message} ${grey(`TS${code}`)}`);
    traceback.push(grey(`  at ${file || "cell"}:${line}:${column}`));
    traceback.push(...codeFrame(source, line, column, length));
  }
  if (mistakes.length > shown) traceback.push(grey(`… and ${mistakes.length - shown} more`));
  return { ename: "TypeScriptError", evalue: mistakes[0]?.message ?? "", traceback };
}

const isError = (value: unknown): value is Error => util.types.isNativeError(value) || value instanceof Error;

/**
 * An error that a cell has thrown: its stack, and the line of the cell where it came from.
 *
 * @param place - finds the first position in a cell's source that a stack names
 */
export function thrown(
  value: unknown,
  place: (stack: string) => { source: string; line: number; column: number } | undefined = () => undefined,
): CellError {
  if (!isError(value)) {
    const text = util.inspect(value);
    return { ename: "Thrown", evalue: text, traceback: [`${red("Thrown")}: ${text}`] };
  }
  const ename = value.name || "Error";
  const evalue = String(value.message);
  const stack = String(value.stack ?? value);
  const at = place(stack);
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  const traceback = [`${red(ename)}: ${evalue}`];
  if (at) traceback.push(...codeFrame(at.source, at.line, at.column));
  traceback.push(...frames.map(grey));
  if (value.cause !== undefined) {
    const cause = thrown(value.cause, place);
    traceback.push("caused by:", ...cause.traceback);
  }
  return { ename, evalue, traceback };
}
