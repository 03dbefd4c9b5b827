import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Mistake } from "../errors";
import { type Completion, completeAt, inspectAt } from "./assist";
import { type Cell, readCell } from "./cell";
import { Declarations } from "./declarations";
import { Host } from "./host";
import { loadCompiler, type Program, type SourceFile } from "./internals";
import { mayMissNode, namesOfNode, toMistakes } from "./mistakes";
import { lastName, transformer } from "./transform";

export interface Compiled {
  mistakes: Mistake[];
  /** The body of a function of `exports` and `require`; undefined if there are mistakes. */
  code?: string;
  map?: string;
  awaits: boolean;
  /** Declares what the cell has defined, once it has run. */
  commit(defined: ReadonlySet<string>): void;
}

/** Compiles cells one after the other, reusing everything that a cell does not change. */
export class CellCompiler {
  private readonly ts = loadCompiler();
  private readonly declarations = new Declarations();
  private host: Host;
  private program: Program | undefined;
  private working = false;
  /** Every module name seen so far. */
  private readonly modules = new Set<string>();

  constructor(private readonly folder: string) {
    this.host = new Host(this.ts, folder);
  }

  /** @param name - what the engine calls the cell in stack traces */
  compile(source: string, name: string): Compiled {
    if (this.working) this.startAgain();
    this.working = true;
    const compiled = this.compileCell(source, name);
    this.working = false;
    return compiled;
  }

  /** The last compilation has not come to its end: what it has left behind cannot be trusted. */
  private startAgain(): void {
    this.program = undefined;
    this.host = new Host(this.ts, this.folder);
  }

  private compileCell(source: string, name: string): Compiled {
    const cell = readCell(this.ts, this.host.cellName, source);
    const none = { awaits: false, commit: () => {} };
    const syntax = (cell.file as SourceFile & { parseDiagnostics: TypeScript.Diagnostic[] }).parseDiagnostics;
    if (syntax.length > 0) return { ...none, mistakes: this.mistakes(syntax.slice(0, 3), source) };
    if (cell.modules.size > 0) this.host.refresh();
    let program = this.check(source, cell);
    let mistakes = this.findMistakes(program, source, cell);
    if (!this.host.complete && mayMissNode(mistakes, namesOfNode)) {
      this.host.loadAllOfNode();
      this.program = undefined;
      program = this.check(source, cell);
      mistakes = this.findMistakes(program, source, cell);
    }
    if (mistakes.length > 0) return { ...none, mistakes };
    const { code, map, declared } = this.emit(program, cell);
    const imports = this.importKinds(program, cell);
    return {
      mistakes,
      code: assemble(cell, code, name),
      map,
      awaits: cell.awaits,
      commit: (defined) => this.declarations.add(this.ts, declared, defined, imports),
    };
  }

  /** A cell that begins with tslab's `@module name` is a module, which other cells import as "./name". */
  addModule(name: string, source: string): { mistakes: Mistake[]; path: string; data: string } {
    const { ts, host } = this;
    const file = path.posix.join(path.posix.dirname(host.cellName), `${name}.ts`);
    // With `export {}`, even a cell that exports nothing is a module.
    host.virtual.set(file, ts.createSourceFile(file, `${source}\nexport {};`, ts.ScriptTarget.ES2022));
    host.refresh();
    const compilerOptions = { ...host.options, declaration: false, sourceMap: false };
    const data = ts.transpileModule(source, { fileName: file, compilerOptions }).outputText;
    const cell = readCell(ts, host.cellName, `import ${JSON.stringify(`./${name}`)};`);
    const program = this.check(cell.file.text, cell);
    return {
      mistakes: this.findMistakes(program, cell.file.text, cell),
      path: file.replace(/ts$/, "js"),
      data,
    };
  }

  inspect(source: string, position: number) {
    const program = this.check(source, readCell(this.ts, this.host.cellName, source));
    return inspectAt(this.ts, program, this.file(program), position, (name) => this.host.text(name));
  }

  complete(source: string, position: number): Completion {
    const program = this.check(source, readCell(this.ts, this.host.cellName, source));
    return completeAt(this.ts, program, this.file(program), position);
  }

  /** Whether a console should run a piece of code or wait for more of it. */
  completeness(source: string): { status: "complete" | "incomplete" | "invalid"; indent?: string } {
    const { file } = readCell(this.ts, this.host.cellName, source);
    const [first] = (file as SourceFile & { parseDiagnostics: TypeScript.Diagnostic[] }).parseDiagnostics;
    if (!first) return { status: "complete" };
    // What is missing at the end may still come; a mistake before the end stays one.
    const atEnd = (first.start ?? 0) >= source.trimEnd().length || first.code === 1160 || first.code === 1010;
    if (!atEnd) return { status: "invalid" };
    const last = source.split("\n").at(-1) ?? "";
    const indent = /^\s*/.exec(last)?.[0] ?? "";
    return { status: "incomplete", indent: /[{([]\s*$/.test(last) ? `${indent}  ` : indent };
  }

  /** Loads what the first cells will need, while nobody waits. */
  warmUp(modules: readonly string[]): void {
    const source = `${modules.map((name) => `import ${JSON.stringify(name)};`).join("")}const a = [1].map((x) => x + 1);`;
    const cell = readCell(this.ts, this.host.cellName, source);
    const program = this.check(source, cell);
    this.findMistakes(program, source, cell);
    this.emit(program, cell);
  }

  private file(program: Program): SourceFile {
    return program.getSourceFile(this.host.cellName)!;
  }

  private check(source: string, cell: Cell): Program {
    const { ts, host } = this;
    // Exported names appear in the declaration file, which is where the next cells find their types.
    const names = [...cell.local, ...cell.imported, ...cell.types];
    const text = `${source}\nexport { ${names.join(", ")} };`;
    const file = ts.createSourceFile(host.cellName, text, ts.ScriptTarget.ES2022);
    const earlier = ts.createSourceFile(
      host.declarationsName,
      this.declarations.text,
      ts.ScriptTarget.ES2022,
    );
    for (const name of [...cell.modules, ...this.declarations.modules]) this.modules.add(name);
    for (const virtual of [file, earlier]) this.pretendImports(virtual);
    host.virtual.set(host.cellName, file);
    host.virtual.set(host.declarationsName, earlier);
    const program = ts.createProgram(host.roots, host.options, host.compiler, this.program);
    host.settled();
    this.program = program;
    program.getTypeChecker();
    // Where the cell does not know a name, the compiler looks it up among the earlier declarations.
    (file as { parent: unknown }).parent = earlier;
    return program;
  }

  /**
   * Says that a file imports every module seen so far. The compiler rebuilds its whole program when a file's imports
   * differ from those of the file it replaces (35 ms); like this they seldom do.
   */
  private pretendImports(file: SourceFile): void {
    const imports = [...this.modules].map((name) => this.ts.factory.createStringLiteral(name));
    Object.assign(file, { imports, moduleAugmentations: [], ambientModuleNames: [] });
  }

  private findMistakes(program: Program, source: string, cell: Cell): Mistake[] {
    const file = this.file(program);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    if (cell.modules.size > 0)
      for (const other of program.getSourceFiles())
        if (other !== file && !other.isDeclarationFile && !program.isSourceFileFromExternalLibrary(other))
          found.push(...program.getSyntacticDiagnostics(other), ...program.getSemanticDiagnostics(other));
    return this.mistakes(found, source);
  }

  private mistakes(found: readonly TypeScript.Diagnostic[], source: string): Mistake[] {
    return toMistakes(this.ts, found, this.host.cellName, this.folder, source.length);
  }

  private emit(program: Program, cell: Cell): { code: string; map: string; declared: string } {
    let code = "";
    let map = "";
    let declared = "";
    const earlier = program.getSourceFile(this.host.declarationsName)!;
    const before = [transformer(this.ts, program.getTypeChecker(), earlier, cell)];
    const write = (name: string, text: string) => {
      if (name.endsWith(".d.ts")) declared = text;
      else if (name.endsWith(".map")) map = text;
      else code = text;
    };
    program.emit(this.file(program), write, undefined, false, { before });
    return { code, map, declared: declared + this.declareHoisted(program, cell) };
  }

  private declareHoisted(program: Program, cell: Cell): string {
    const checker = program.getTypeChecker();
    const { locals } = this.file(program) as SourceFile & { locals?: Map<string, TypeScript.Symbol> };
    const lines = [...cell.hoisted].map((name) => {
      const symbol = locals?.get(name);
      const type = symbol && checker.getTypeOfSymbolAtLocation(symbol, this.file(program));
      const text = type && checker.typeToString(type, undefined, this.ts.TypeFormatFlags.NoTruncation);
      return `declare let ${name}: ${text ?? "any"};\n`;
    });
    return lines.join("");
  }

  /** An imported name may stand for a value, a type or both. */
  private importKinds(program: Program, cell: Cell): Map<string, { value: boolean; type: boolean }> {
    const { ts } = this;
    const checker = program.getTypeChecker();
    const locals = (this.file(program) as SourceFile & { locals?: Map<string, TypeScript.Symbol> }).locals;
    const kinds = new Map<string, { value: boolean; type: boolean }>();
    for (const name of cell.imported) {
      const symbol = locals?.get(name);
      if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) continue;
      const { flags } = checker.getAliasedSymbol(symbol);
      const unknown = flags === ts.SymbolFlags.Property;
      const value = unknown || Boolean(flags & ts.SymbolFlags.Value);
      kinds.set(name, { value, type: Boolean(flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)) });
    }
    return kinds;
  }
}

/** The compiled cell with the accessors through which other cells reach its variables. */
function assemble(cell: Cell, code: string, name: string): string {
  const accessors = [...cell.local].map(
    (local) => `${local}: { get() { return ${local}; }, set(value) { ${local} = value; } }`,
  );
  const open = `__tslab__.open(exports, { ${accessors.join(", ")} })`;
  const body = code.replace(/^"use strict";\n/, "\n").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
  return `"use strict"; const ${lastName} = exports; exports = {}; const __scope = ${open}; ${body}//# sourceURL=${name}\n`;
}
