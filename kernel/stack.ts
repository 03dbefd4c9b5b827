// Stack traces in the lines of the TypeScript that people wrote, without the frames of the kernel.
import fs from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";
import { root } from "./root";

interface Mapped {
  map: SourceMap;
  /** How many lines of code the map speaks of. */
  lines: number;
  /** The name of the source in a trace. */
  source: string;
}

/** Each is read when a trace needs it, which is seldom. */
const maps = new Map<string, () => Mapped>();
const cells = new Map<string, { label: string; source: string }>();

const cellName = (count: number, run: number) => `cell-${count}-${run}`;
let runs = 0;

/** @returns the name for the engine; the same cell may run twice with other text */
export function nameCell(count: number, source: string): string {
  const name = cellName(count, ++runs);
  cells.set(name, { label: `cell [${count}]`, source });
  return name;
}

export function addMap(file: string, map: string, source: string): void {
  let mapped: Mapped | undefined;
  maps.set(file, () => {
    const lines = JSON.parse(map).mappings.split(";").length;
    mapped ??= { map: new SourceMap(JSON.parse(map)), lines, source };
    return mapped;
  });
}

/** The file has changed. */
export function forgetMap(file: string): void {
  maps.delete(file);
}

/** The first position in a cell that a stack names. */
export function placeInCell(stack: string): { source: string; line: number; column: number } | undefined {
  const found = /(cell \[\d+\]):(\d+):(\d+)/.exec(stack);
  if (!found) return undefined;
  const cell = [...cells.values()].reverse().find(({ label }) => label === found[1]);
  return cell && { source: cell.source, line: Number(found[2]), column: Number(found[3]) };
}

const kernel = __dirname + path.sep;
const tslab = `${path.sep}tslab${path.sep}dist${path.sep}`;
const isOwn = (file: string) =>
  !file || file.startsWith("node:") || file.startsWith(kernel) || file.includes(tslab);

function mapOf(file: string): Mapped | undefined {
  const known = maps.get(file)?.();
  if (known || !path.isAbsolute(file) || file.includes("node_modules")) return known;
  try {
    const text = fs.readFileSync(`${file}.map`, "utf8");
    const source = path.resolve(path.dirname(file), JSON.parse(text).sources[0]);
    addMap(file, text, source);
  } catch {
    return undefined;
  }
  return maps.get(file)?.();
}

/** A frame as `at f (src/entropy.ts:3:7)`; undefined for the kernel's own. */
function frame(site: NodeJS.CallSite): string | undefined {
  const file = site.getScriptNameOrSourceURL() ?? "";
  const text = String(site);
  if (isOwn(file) || text.includes("evalmachine.<anonymous>")) return undefined;
  const cell = cells.get(file);
  const mapped = mapOf(file);
  let line = site.getLineNumber() ?? 1;
  let column = site.getColumnNumber() ?? 1;
  if (mapped) {
    // The call that runs a cell stands after its code.
    if (line > mapped.lines) return cell ? undefined : text;
    const found = mapped.map.findEntry(line - 1, column - 1);
    if (!("originalLine" in found)) return cell ? undefined : text;
    line = found.originalLine + 1;
    column = found.originalColumn + 1;
  }
  const source = cell?.label ?? path.relative(root, mapped?.source ?? file);
  const shown = source.startsWith("..") ? (mapped?.source ?? file) : source;
  const place = `${shown}:${line}:${column}`;
  const called = /^(.*) \(/.exec(text)?.[1];
  // The function that wraps a cell has no name that anybody gave it.
  return called && called !== "eval" ? `${called} (${place})` : place;
}

/** Errors describe themselves in these terms until the returned function is called. */
export function installStackTraces(): () => void {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (error, sites) => {
    // Elsewhere (in a test runner that runs notebooks) errors look as they did.
    const named = sites.some((site) => cells.has(site.getScriptNameOrSourceURL() ?? ""));
    if (!named && before) return before(error, sites);
    const head = `${error.name || "Error"}${error.message ? `: ${error.message}` : ""}`;
    const frames = sites.map(frame).filter((text) => text !== undefined);
    return [head, ...frames.map((text) => `    at ${text}`)].join("\n");
  };
  return () => {
    Error.prepareStackTrace = before;
  };
}
