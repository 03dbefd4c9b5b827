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

/** Types are dropped, not checked. A syntax error throws a SyntaxError that names the line. */
export function transpile(source: string, name = "answer.ts"): Transpiled {
  if (source.length > MAX_SOURCE)
    throw new RangeError(`${name} must have at most ${MAX_SOURCE} characters, got ${source.length}`);
  const ts = typescript();
  const { outputText, diagnostics, sourceMapText } = ts.transpileModule(source, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      sourceMap: true,
      esModuleInterop: true,
    },
  });
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
