/** The compile child: an answer's TypeScript as JavaScript. It reads the text and runs none of it. */
import { transpile, typescript } from "../../transpile";
import { serveTrusted } from "./serve";

/** the packages that the compiled text asks for by name; an import of types alone has vanished from it */
function imports(source: string, code: string): string[] {
  const ts = typescript();
  const { importedFiles } = ts.preProcessFile(source, true, true);
  const names = new Set(importedFiles.map(({ fileName }) => fileName));
  return [...names].filter((name) => code.includes(`require(${JSON.stringify(name)})`));
}

/** for each line of the code the line of the source that it came from, 0 where there is none */
function lines(code: string, lineOf: (line: number, column: number) => number | undefined): number[] {
  return code.split("\n").map((text, i) => lineOf(i + 1, text.length - text.trimStart().length + 1) ?? 0);
}

// the first one takes long: nobody should wait for it
transpile("export const warm: number = 1;");
void serveTrusted(({ source, name }) => {
  const { code, line } = transpile(String(source), String(name));
  return { value: { code, lines: lines(code, line), imports: imports(String(source), code) } };
});
