import { builtinModules } from "node:module";
import path from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Mistake } from "../errors";
import type { Compiler } from "./internals";

// A cell may await at its top level, whatever the module format.
const allowed = new Set([1308, 1378, 1375, 1431, 1432]);

/** Diagnostics in the words of the compiler, without paths that mean nothing to a learner. */
export function toMistakes(
  ts: Compiler,
  diagnostics: readonly TypeScript.Diagnostic[],
  cellName: string,
  folder: string,
  length: number,
): Mistake[] {
  const mistakes: Mistake[] = [];
  for (const { file, start = 0, length: extent = 1, messageText, code, relatedInformation } of diagnostics) {
    if (!file || allowed.has(code)) continue;
    const own = file.fileName === cellName;
    // What the compiler finds fault with after the cell's end is about the end.
    const { line, character } = file.getLineAndCharacterOfPosition(own ? Math.min(start, length) : start);
    const hints = (relatedInformation ?? [])
      .filter((related) => related.file?.fileName === cellName || !related.file)
      .map((related) => plain(ts, related.messageText));
    mistakes.push({
      file: own ? "" : path.relative(folder, file.fileName),
      source: file.text.slice(0, own ? length : undefined),
      line: line + 1,
      column: character + 1,
      length: extent,
      code,
      message: [plain(ts, messageText), ...hints].join("\n"),
    });
  }
  return mistakes;
}

function plain(ts: Compiler, message: string | TypeScript.DiagnosticMessageChain): string {
  return (
    ts
      .flattenDiagnosticMessageText(message, "\n")
      // import("/home/…/index").Distribution
      .replace(/(?:typeof )?import\("[^"]*"\)\.?/g, "")
      .replace(/ Do you need to (?:install type definitions|change your target library).*/s, "")
  );
}

const builtin = new Set(builtinModules);

/** Whether a mistake may only mean that Node's types are not loaded completely. */
export function mayMissNode(mistakes: readonly Mistake[], known: ReadonlySet<string>): boolean {
  const notFound = new Set([2304, 2307, 2503, 2552, 2580, 2591]);
  const doesNotFit = new Set([2322, 2339, 2345, 2551]);
  return mistakes.some(({ code, message }) => {
    const names = [...message.matchAll(/'([^']+)'/g)].map((match) => match[1]!);
    // What is not found is named first; after it may stand "Did you mean 'console'?".
    const doubtful = notFound.has(code) ? names.slice(0, 1) : doesNotFit.has(code) ? names : [];
    return doubtful.some((name) => name.startsWith("node:") || builtin.has(name) || known.has(name));
  });
}

/** Names that the complete types of Node declare beyond the slim ones, and the types of the slim ones. */
export const namesOfNode: ReadonlySet<string> = new Set(
  (
    "Buffer BufferEncoding NodeJS Process Console Performance URL URLSearchParams Blob File FormData Headers " +
    "Request Response ReadableStream WritableStream TransformStream MessageChannel MessagePort BroadcastChannel " +
    "AbortController AbortSignal Event EventTarget DOMException WebAssembly SharedArrayBuffer TextEncoder " +
    "TextDecoder CompressionStream DecompressionStream Crypto CryptoKey SubtleCrypto WebSocket EventSource " +
    "NodeRequire RequireResolve Require Module gc module exports crypto fetch navigator setImmediate " +
    "clearImmediate Timeout Immediate __filename __dirname global"
  ).split(" "),
);
