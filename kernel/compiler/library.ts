import path from "node:path";
import type { Compiler } from "./internals";

/**
 * TypeScript's own library for es2023 as one file. It comes as 57 files that extend each other's interfaces, and each
 * new program (one per cell) would have to merge them again.
 */
export function library(ts: Compiler): { name: string; text: string } {
  const folder = path.posix.dirname(ts.sys.getExecutingFilePath().replaceAll("\\", "/"));
  const seen = new Set<string>();
  const read = (lib: string): string => {
    if (seen.has(lib)) return "";
    seen.add(lib);
    const text = ts.sys.readFile(`${folder}/lib.${lib}.d.ts`) ?? "";
    const before = [...text.matchAll(/^\/\/\/ <reference lib="([^"]+)"/gm)].map((match) => read(match[1]!));
    return `${before.join("")}${text.replace(/^\/\/\/ <reference.*$/gm, "")}\n`;
  };
  return { name: `${folder}/lib.notebook.d.ts`, text: read("es2023") };
}
