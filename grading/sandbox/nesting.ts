export const MAX_SOURCE = 64 * 1024;
export const MAX_NESTING = 256;

/**
 * How deep brackets nest in a TypeScript text, as near as a single pass can tell: text and comments are skipped,
 * templates are entered, regular expressions are read as if they were code. Compilers and engines recurse once per level,
 * and a text of 40 kB can be nothing but levels.
 */
export function nesting(source: string): number {
  // what is open: a bracket, or the template whose ${ is being read
  const open: ("bracket" | "template")[] = [];
  let deepest = 0;
  let at = 0;
  const skipTo = (end: string) => {
    const found = source.indexOf(end, at);
    at = found === -1 ? source.length : found + end.length;
  };
  const text = (quote: string) => {
    while (at < source.length) {
      const c = source[at++];
      if (c === "\\") at++;
      else if (c === quote || (c === "\n" && quote !== "`")) return;
      else if (c === "$" && quote === "`" && source[at] === "{") {
        at++;
        open.push("template");
        return;
      }
    }
  };
  while (at < source.length) {
    const c = source[at++]!;
    if (c === '"' || c === "'" || c === "`") text(c);
    else if (c === "/" && source[at] === "/") skipTo("\n");
    else if (c === "/" && source[at] === "*") {
      at++;
      skipTo("*/");
    } else if ("([{".includes(c)) open.push("bracket");
    else if (")]}".includes(c) && open.pop() === "template") text("`");
    deepest = Math.max(deepest, open.length);
  }
  return deepest;
}

/** What is wrong with a text before it is even read, or nothing. */
export function refuseText(source: string, name: string): string | undefined {
  if (source.length > MAX_SOURCE)
    return `${name} must have at most ${MAX_SOURCE} characters, got ${source.length}`;
  const depth = nesting(source);
  return depth > MAX_NESTING
    ? `${name} must nest at most ${MAX_NESTING} levels deep, got ${depth}`
    : undefined;
}
