/**
 * An answer's TypeScript as JavaScript, with the compiler that the notebooks already use (TypeScript 5 inside tslab):
 * no further dependency, no native code, the same language as in a cell, and errors with line and column.
 */
import { SourceMap } from "node:module";

type Compiler = typeof import("@tslab/typescript-for-tslab");
let compiler: Compiler | undefined;
/** The compiler takes 0.15 s to load: only whoever needs it pays. */
export const typescript = (): Compiler => {
  compiler ??= require("@tslab/typescript-for-tslab") as Compiler;
  return compiler;
};

const MAX_SOURCE = 64 * 1024;

export interface Transpiled {
  readonly code: string;
  /** the line of the source for a line of the code */
  readonly line: (line: number, column: number) => number | undefined;
}

type Output = Pick<import("@tslab/typescript-for-tslab").TranspileOutput, "outputText" | "diagnostics"> & {
  readonly sourceMapText?: string | undefined;
};
const options = () => {
  const ts = typescript();
  return {
    module: ts.ModuleKind.CommonJS,
    target: ts.ScriptTarget.ES2022,
    sourceMap: true,
    esModuleInterop: true,
  };
};

/** The compiler's own way. It checks the types of the whole text, only to learn which imports are types. */
export const byTheBook = (source: string, fileName: string): Output =>
  typescript().transpileModule(source, { fileName, reportDiagnostics: true, compilerOptions: options() });

/**
 * The same output four times as fast for a text that imports no values, as nearly every answer: nothing about it depends
 * on types, and the compiler passes over them in a text that says that it is a library's. `undefined` for all others.
 */
export function unchecked(source: string, fileName: string): Output | undefined {
  const ts = typescript();
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ES2022);
  const depends = file.statements.some(
    (s) =>
      (ts.isImportDeclaration(s) && s.importClause?.isTypeOnly !== true) ||
      ts.isImportEqualsDeclaration(s) ||
      (ts.isExportDeclaration(s) && s.moduleSpecifier !== undefined),
  );
  if (depends) return undefined;
  file.hasNoDefaultLib = true;
  const written = new Map<string, string>();
  const program = ts.createProgram(
    [fileName],
    {
      ...options(),
      isolatedModules: true,
      suppressOutputPathCheck: true,
      allowNonTsExtensions: true,
      noLib: true,
      noResolve: true,
      skipDefaultLibCheck: true,
    },
    {
      getSourceFile: (wanted) => (wanted === fileName ? file : undefined),
      writeFile: (at, text) => written.set(at.endsWith(".map") ? "map" : "code", text),
      getDefaultLibFileName: () => "lib.d.ts",
      useCaseSensitiveFileNames: () => true,
      getCanonicalFileName: (path) => path,
      getCurrentDirectory: () => "",
      getNewLine: () => "\n",
      fileExists: (wanted) => wanted === fileName,
      readFile: () => undefined,
      directoryExists: () => true,
      getDirectories: () => [],
    },
  );
  const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getOptionsDiagnostics()];
  program.emit();
  return { outputText: written.get("code") ?? "", diagnostics, sourceMapText: written.get("map") };
}

/** Types are dropped, not checked. A syntax error throws a SyntaxError that names the line. */
export function transpile(source: string, name = "answer.ts"): Transpiled {
  if (source.length > MAX_SOURCE)
    throw new RangeError(`${name} must have at most ${MAX_SOURCE} characters, got ${source.length}`);
  const ts = typescript();
  const { outputText, diagnostics, sourceMapText } = unchecked(source, name) ?? byTheBook(source, name);
  const first = diagnostics?.find((d) => d.category === ts.DiagnosticCategory.Error);
  if (first !== undefined) {
    const position = ts.getLineAndCharacterOfPosition(
      ts.createSourceFile(name, source, ts.ScriptTarget.ES2022),
      first.start ?? 0,
    );
    const text = ts.flattenDiagnosticMessageText(first.messageText, " ");
    throw new SyntaxError(`line ${position.line + 1}: ${text}`);
  }
  const map = new SourceMap(JSON.parse(sourceMapText ?? "{}"));
  return {
    code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ""),
    line: (line, column) => {
      const entry = map.findEntry(line - 1, column - 1) as { originalLine?: number };
      return entry.originalLine === undefined ? undefined : entry.originalLine + 1;
    },
  };
}
