import type * as TypeScript from "@tslab/typescript-for-tslab";
import { loadTypeScript } from "../tslab";

/** Functions that TypeScript exports but does not declare. tslab pins the compiler, so they cannot change under us. */
interface Internals {
  getJSDocCommentsAndTags(node: TypeScript.Node): readonly TypeScript.Node[];
  getTouchingPropertyName(file: TypeScript.SourceFile, position: number): TypeScript.Node;
  isExpressionNode(node: TypeScript.Node): boolean;
  findPrecedingToken(position: number, file: TypeScript.SourceFile): TypeScript.Node | undefined;
  getQuickInfoAtPosition(
    file: TypeScript.SourceFile,
    checker: TypeScript.TypeChecker,
    token: TypeScript.CancellationToken,
    position: number,
  ): TypeScript.QuickInfo | undefined;
  Completions: {
    getCompletionsAtPositionForTslab(
      host: object,
      program: TypeScript.Program,
      log: () => void,
      file: TypeScript.SourceFile,
      position: number,
      preferences: object,
      trigger: undefined,
      kind: TypeScript.CompletionTriggerKind,
      token: TypeScript.CancellationToken,
    ): TypeScript.CompletionInfo | undefined;
  };
}

export type Compiler = typeof TypeScript & Internals;
export type SourceFile = TypeScript.SourceFile;
export type Node = TypeScript.Node;
export type Program = TypeScript.Program;

export const loadCompiler = (): Compiler => loadTypeScript() as Compiler;

export const neverCancelled: TypeScript.CancellationToken = {
  isCancellationRequested: () => false,
  throwIfCancellationRequested: () => {},
};
