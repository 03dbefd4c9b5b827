import util from "node:util";
import { root } from "./root";

export interface CellError {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** A mistake that the type checker found: one line of explanation at a 1-based position of the cell (or of a file). */
export interface Mistake {
  file: string;
  line: number;
  column: number;
  message: string;
}

const red = (text: string) => `\x1b[31m${text}\x1b[39m`;
const grey = (text: string) => `\x1b[90m${text}\x1b[39m`;

/** The lines around `line`, the line itself marked, with a caret below `column`. */
export function codeFrame(source: string, line: number, column: number, context = 2): string[] {
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
      // Tabs stay tabs, so that the caret stands below its character whatever a tab's width is.
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      frame.push(`  ${grey(`${" ".repeat(width)} |`)} ${indent}${red("^")}`);
    }
  }
  return frame;
}

export function typeError(source: string, mistakes: readonly Mistake[]): CellError {
  const traceback: string[] = [];
  for (const { file, line, column, message } of mistakes) {
    traceback.push(`${red("TypeScriptError")}: ${message}`, grey(`  ${file || "cell"}:${line}:${column}`));
    if (!file) traceback.push(...codeFrame(source, line, column));
  }
  return { ename: "TypeScriptError", evalue: mistakes[0]?.message ?? "", traceback };
}

const inside = /node:internal|node:vm|[\\/]tslab[\\/]dist[\\/]|[\\/]kernel[\\/][\w-]+\.[jt]s/;

/** The stack of an error without the frames of the kernel itself. */
function ownStack(error: Error): string[] {
  const stack = String(error.stack ?? error).split("\n");
  return stack
    .filter((line) => !/^\s+at /.test(line) || !inside.test(line))
    .map((line) => line.replaceAll(`${root}/`, ""));
}

export function thrown(value: unknown): CellError {
  if (util.types.isNativeError(value) || value instanceof Error) {
    return { ename: value.name || "Error", evalue: String(value.message), traceback: ownStack(value) };
  }
  const text = util.inspect(value);
  return { ename: "Thrown", evalue: text, traceback: [`${red("Thrown")}: ${text}`] };
}
