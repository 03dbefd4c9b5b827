/**
 * A stub from a solution: what stands between `// answer:begin` and `// answer:end` is taken out, so that the two can
 * never drift apart. Inside a function one sentence stays that throws; `remove` leaves nothing, `list` leaves the
 * place for the steps of a derivation, `broken` leaves the wrong code to be mended, which stands in the solution as
 * comments after `// answer:broken`.
 */
const BEGIN = /^(\s*)\/\/ answer:begin(?: (remove|list|broken))?\s*$/;
const BROKEN = /^\s*\/\/ answer:broken\s*$/;
const END = /^\s*\/\/ answer:end\s*$/;
const FUNCTION = /^\s*(?:export )?(?:async )?function (\w+)|^\s*(?:export )?const (\w+)[^=]*=|^ {2}(\w+)\(/;

export const notImplemented = (name: string) =>
  `throw new Error("Not implemented: ${name}. Delete this line and write your answer");`;

export function stubOf(solution: string, file = "solution"): string {
  const out: string[] = [];
  let inside = false;
  let broken = false;
  let current = "the function";
  solution.split("\n").forEach((line, i) => {
    const begin = BEGIN.exec(line);
    if (begin !== null) {
      if (inside) throw new SyntaxError(`${file}:${i + 1}: answer:begin inside another answer`);
      inside = true;
      const indent = begin[1]!;
      if (begin[2] === "list") out.push(`${indent}// your steps, one line each`);
      else if (begin[2] === undefined) out.push(indent + notImplemented(current));
      return;
    }
    if (END.test(line)) {
      if (!inside) throw new SyntaxError(`${file}:${i + 1}: answer:end without a begin`);
      inside = broken = false;
      return;
    }
    if (BROKEN.test(line)) {
      if (!inside) throw new SyntaxError(`${file}:${i + 1}: answer:broken without a begin`);
      broken = true;
      return;
    }
    if (inside) {
      if (broken) out.push(line.replace(/^(\s*)\/\/ /, "$1"));
      return;
    }
    const name = FUNCTION.exec(line);
    if (name !== null) current = name[1] ?? name[2] ?? name[3] ?? current;
    out.push(line);
  });
  if (inside) throw new SyntaxError(`${file}: answer:begin without an end`);
  // what was removed must not leave two empty lines
  return out.join("\n").replace(/\n{3,}/g, "\n\n");
}
