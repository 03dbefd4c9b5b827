// Keeps dist/ current while someone edits the module: a cell that imports it sees the sources as they are now.
import fs from "node:fs";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { type Compiler, loadCompiler } from "./compiler/internals";
import { root } from "./root";

const folders = ["src", "lesson"];
const modified = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const compiledName = (base: string, source: string) =>
  path.join(base, "dist", path.relative(base, source)).replace(/\.ts$/, ".js");

function sources(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sources(file);
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts") ? [file] : [];
  });
}

/**
 * Compiles the sources of the module that are newer than their compiled files.
 *
 * The build has joined those of src in dist/index.js; after an edit that file loads them one by one.
 *
 * @returns how many
 */
export function recompile(base: string = root): number {
  const stale = folders
    .flatMap((folder) => sources(path.join(base, folder)))
    .filter((file) => modified(file) > modified(compiledName(base, file)));
  if (stale.length > 0) compile(loadCompiler(), base, stale);
  const module = path.join(base, "src") + path.sep;
  if (stale.some((file) => file.startsWith(module)))
    write(path.join(base, "dist/index.js"), 'module.exports = require("./src/index.js");\n');
  return stale.length;
}

let program: TypeScript.Program | undefined;
const files = new Map<string, { file: TypeScript.SourceFile | undefined; time: number }>();

function compile(ts: Compiler, base: string, stale: readonly string[]): void {
  const config = path.join(base, "tsconfig.module.json");
  const { options } = ts.convertCompilerOptionsFromJson(
    ts.readConfigFile(config, ts.sys.readFile).config.compilerOptions,
    base,
  );
  // Mathematics needs nothing of Node, whose types take longer than all else.
  const lesson = path.join(base, "lesson") + path.sep;
  if (!stale.some((file) => file.startsWith(lesson))) options.types = [];
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    const time = modified(name);
    let known = files.get(name);
    if (known?.time !== time) known = { file: read(name, version), time };
    files.set(name, known);
    return known.file;
  };
  program = ts.createProgram([...stale], options, host, program);
  const wanted = new Set(stale.map((file) => path.resolve(file)));
  for (const file of program.getSourceFiles())
    if (wanted.has(path.resolve(file.fileName))) program.emit(file, write);
}

/** Another process may read the file at this moment: it sees the old or the new one, never a part. */
function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(name), { recursive: true });
  const unfinished = `${name}.${process.pid}`;
  fs.writeFileSync(unfinished, text);
  fs.renameSync(unfinished, name);
}
