import fs from "node:fs";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { root } from "../root";
import { withoutDocumentation } from "./documentation";
import type { Compiler, SourceFile } from "./internals";
import { library } from "./library";

const slashes = (file: string) => file.replaceAll("\\", "/");
const inRoot = (...parts: string[]) => slashes(path.join(root, ...parts));
const additions = inRoot("kernel/types/kernel.d.ts");
const slim = inRoot("kernel/types/node.d.ts");
// TypeScript 5.7 made typed arrays generic; this compiler is older and would silently read such a type as `any`.
const genericArrays =
  /\b((?:Int|Uint|Float|BigInt|BigUint)(?:8|16|32|64)(?:Clamped)?Array)<(?:ArrayBuffer|SharedArrayBuffer|ArrayBufferLike)>/g;

/** The files that a cell is checked against. Files of packages are read once; project files when they change. */
export class Host {
  readonly cellName: string;
  readonly declarationsName: string;
  readonly compiler: TypeScript.CompilerHost;
  /** Files without a home on disk: the cell, the declarations of earlier cells, tslab's `@module` cells. */
  readonly virtual = new Map<string, SourceFile | undefined>();
  private readonly cache = new Map<string, { file: SourceFile | undefined; time: number }>();
  private readonly library: { name: string; text: string };
  private full = false;
  private resolveAgain = false;
  private readonly resolution: TypeScript.ModuleResolutionCache;

  constructor(
    private readonly ts: Compiler,
    folder: string,
  ) {
    // Not files that anybody has: the names must only lie in the notebook's folder.
    this.cellName = slashes(path.join(folder, "__cell__.ts"));
    this.declarationsName = slashes(path.join(folder, "__earlier__.d.ts"));
    const sys = ts.sys;
    this.library = library(ts);
    this.resolution = ts.createModuleResolutionCache(slashes(folder), (name) => name, this.options);
    this.compiler = {
      ...ts.createCompilerHost(this.options),
      getSourceFile: (name) => this.read(name),
      getCurrentDirectory: () => slashes(folder),
      fileExists: (name) => this.virtual.has(name) || sys.fileExists(name),
      resolveModuleNameLiterals: (names, from) => names.map((name) => this.resolve(name.text, from)),
      resolveTypeReferenceDirectiveReferences: (names, from, _, options) =>
        names.map((name) =>
          this.resolveTypes(typeof name === "string" ? name : name.fileName, from, options),
        ),
      hasInvalidatedResolutions: () => this.resolveAgain,
    };
  }

  get options(): TypeScript.CompilerOptions {
    const { ts } = this;
    return {
      strict: true,
      target: ts.ScriptTarget.ES2022,
      noLib: true,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      customConditions: ["node", "require"],
      esModuleInterop: true,
      resolveJsonModule: true,
      experimentalDecorators: true,
      preserveConstEnums: true,
      allowJs: false,
      declaration: true,
      sourceMap: true,
      skipLibCheck: true,
      newLine: ts.NewLineKind.LineFeed,
      outDir: "/out",
      typeRoots: [inRoot("node_modules/@types")],
      // A name keeps the program from loading every package of @types.
      types: this.full ? ["node"] : [],
    };
  }

  get roots(): string[] {
    const own = [this.library.name, this.cellName, this.declarationsName, additions];
    return this.full ? own : [...own, slim];
  }

  /** Whether the complete types of Node are loaded. They are nine times as large as all others together. */
  get complete(): boolean {
    return this.full;
  }

  loadAllOfNode(): void {
    this.full = true;
  }

  /** Forgets changed project files, and what could not be found. */
  refresh(): void {
    for (const [name, { time }] of this.cache)
      if (!name.includes("/node_modules/") && modified(name) !== time) this.cache.delete(name);
    this.resolution.clear();
    this.resolveAgain = true;
  }

  settled(): void {
    this.resolveAgain = false;
  }

  private read(name: string): SourceFile | undefined {
    if (this.virtual.has(name)) return this.virtual.get(name);
    let entry = this.cache.get(name);
    if (!entry) {
      let text = this.text(name);
      if (text && name.endsWith(".d.ts")) text = withoutDocumentation(text).replace(genericArrays, "$1");
      const parse = () => this.ts.createSourceFile(name, text!, this.ts.ScriptTarget.ES2022);
      entry = { file: text === undefined ? undefined : parse(), time: modified(name) };
      this.cache.set(name, entry);
    }
    return entry.file;
  }

  /** A file as it is. */
  text(name: string): string | undefined {
    return name === this.library.name ? this.library.text : this.ts.sys.readFile(name);
  }

  private resolve(name: string, from: string): TypeScript.ResolvedModuleWithFailedLookupLocations {
    const { ts, options, compiler, resolution } = this;
    const found = ts.resolveModuleName(name, from, options, compiler, resolution);
    if (found.resolvedModule || name !== "tslab") return found;
    // tslab gives itself to notebooks outside any project, too.
    return ts.resolveModuleName(name, inRoot("index.ts"), options, compiler, resolution);
  }

  private resolveTypes(
    name: string,
    from: string,
    options: TypeScript.CompilerOptions,
  ): TypeScript.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
    if (name !== "node" || this.full)
      return this.ts.resolveTypeReferenceDirective(name, from, options, this.compiler);
    const resolvedTypeReferenceDirective = { primary: true, resolvedFileName: slim };
    return { resolvedTypeReferenceDirective, failedLookupLocations: [] } as never;
  }
}

function modified(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
