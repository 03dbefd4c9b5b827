/**
 * Rules that a notebook's cells must keep: what no run of our own kernel would notice, but a reader on stock tslab or in
 * front of a strict formula renderer would.
 */
import katex from "katex";
import type { Cell } from "./directives";
import { SourceError } from "./parse";

export function checkRules(cells: readonly Cell[], file: string): void {
  const declared = new Map<string, number>();
  for (const cell of cells) {
    if (cell.type === "markdown") checkFormulas(cell.source, file, cell.line);
    else {
      checkShorthand(cell.source, declared, file, cell.line);
      for (const name of declaredIn(cell.source)) {
        const before = declared.get(name);
        if (before !== undefined)
          throw new SourceError(
            file,
            cell.line,
            `${name} is declared a second time (first in the cell at line ${before})`,
          );
        declared.set(name, cell.line);
      }
    }
  }
}

const withoutCode = (markdown: string) =>
  markdown.replace(/^(```+)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");

/** Every formula must render under KaTeX's strict rules: what it takes, MathJax takes too. */
export function checkFormulas(markdown: string, file: string, line: number): void {
  const text = withoutCode(markdown);
  const formulas = [...text.matchAll(/\$\$([\s\S]+?)\$\$|(?<![\\$])\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)/g)];
  for (const formula of formulas) {
    const display = formula[1] !== undefined;
    try {
      katex.renderToString((formula[1] ?? formula[2]) as string, {
        displayMode: display,
        throwOnError: true,
        strict: "error",
      });
    } catch (error) {
      throw new SourceError(
        file,
        line,
        `this formula does not render: ${formula[0]}\n  ${(error as Error).message}`,
      );
    }
  }
}

/** Names declared at the top level of a cell, by `const x`, `let { a, b }`, `function f`, `class C`, `type T`. */
function declaredIn(source: string): string[] {
  const names: string[] = [];
  for (const line of source.split("\n")) {
    const named =
      /^(?:export\s+)?(?:async\s+)?(?:function\*?|class|interface|type|enum)\s+([A-Za-z_$][\w$]*)/.exec(line);
    if (named) names.push(named[1] as string);
    const variable = /^(?:export\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)/.exec(line);
    if (variable) names.push(variable[1] as string);
    const pattern = /^(?:export\s+)?(?:const|let|var)\s+[{[]([^=]*)[}\]]\s*=/.exec(line);
    if (pattern)
      for (const part of (pattern[1] as string).split(",")) {
        const name = /([A-Za-z_$][\w$]*)\s*$/.exec(part);
        if (name) names.push(name[1] as string);
      }
  }
  return names;
}

function withoutNested(text: string): string {
  const outer = text.replace(/\([^()]*\)|\[[^[\]]*\]/g, " ");
  return outer === text ? text : withoutNested(outer);
}

/** Stock tslab throws on `{ q }` when q is an earlier cell's variable; `{ q: q }` works everywhere. */
function checkShorthand(
  source: string,
  earlier: ReadonlyMap<string, number>,
  file: string,
  line: number,
): void {
  const code = source.replace(/\/\/.*$/gm, "").replace(/(["'`])(?:\\.|(?!\1)[\s\S])*?\1/g, '""');
  // Imports and destructuring use braces too: only an object literal after = ( [ , : ? or return is meant.
  for (const object of code.matchAll(/(?:[=([,:?]|return)\s*\{([^{}]*)\}(?!\s*=[^=>])/g)) {
    // What stands in parentheses or brackets is an argument, not a property.
    for (const part of withoutNested(object[1] as string).split(",")) {
      const name = part.trim();
      if (/^[A-Za-z_$][\w$]*$/.test(name) && earlier.has(name))
        throw new SourceError(
          file,
          line,
          `write { ${name}: ${name} } instead of the shorthand { ${name} }: stock tslab cannot run it`,
        );
    }
  }
}
