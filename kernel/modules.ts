// Local modules: `.ts` files load as they are, and what has been edited is loaded again by the next import.
import fs from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { loadCompiler } from "./compiler/internals";
import { root } from "./root";
import { addMap, forgetMap } from "./stack";

type Loader = (module: Module & { _compile(code: string, file: string): void }, file: string) => void;
const { _extensions: extensions } = Module as unknown as { _extensions: Record<string, Loader | undefined> };
const { cache } = createRequire(path.join(root, "package.json"));

const kernel = path.join(root, "dist", "kernel") + path.sep;
const isLocal = (file: string) =>
  path.isAbsolute(file) && !file.includes(`${path.sep}node_modules${path.sep}`) && !file.startsWith(kernel);

/** Lets `require` load TypeScript files until the returned function is called. */
export function loadTypeScriptFiles(): () => void {
  const before = extensions[".ts"];
  const load: Loader = (module, file) => {
    // Node 22 and later would only strip the types, and refuse an enum.
    const ts = loadCompiler();
    const { outputText, sourceMapText } = ts.transpileModule(fs.readFileSync(file, "utf8"), {
      fileName: file,
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
        experimentalDecorators: true,
        sourceMap: true,
      },
    });
    if (sourceMapText) addMap(file, sourceMapText, file);
    module._compile(outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, ""), file);
  };
  extensions[".ts"] = load;
  return () => {
    if (before) extensions[".ts"] = before;
    else delete extensions[".ts"];
  };
}

const modified = (file: string) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;

/** Remembers when the loaded local modules were last edited, and forgets those that have been edited since. */
export class Freshness {
  private readonly times = new Map<string, number | undefined>();

  note(): void {
    for (const file of Object.keys(cache))
      if (isLocal(file) && !this.times.has(file)) this.times.set(file, modified(file));
  }

  /** Drops edited modules, and every module that has loaded one of them, directly or not. */
  dropEdited(): void {
    this.note();
    const stale = new Set<string>();
    for (const [file, time] of this.times) if (modified(file) !== time) stale.add(file);
    if (stale.size === 0) return;
    for (let grown = true; grown; ) {
      grown = false;
      for (const file of this.times.keys()) {
        const uses = cache[file]?.children.some((child) => stale.has(child.filename)) ?? false;
        if (uses && !stale.has(file)) grown = Boolean(stale.add(file));
      }
    }
    for (const file of stale) {
      delete cache[file];
      this.times.delete(file);
      forgetMap(file);
    }
  }
}
