import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { root } from "../../kernel/root";
import { type NotebookOutput, runNotebook } from "../../kernel/run-notebook";

const plain = (output: NotebookOutput | undefined) => {
  if (!output) return undefined;
  if (output.output_type === "stream") return output.text;
  if (output.output_type === "error") return stripVTControlCharacters(output.traceback.join("\n"));
  return output.data["text/plain"];
};

/** The last output of each cell, in one notebook. */
async function run(...sources: string[]) {
  const cells = sources.map((source, i) => ({ id: `c${i}`, source }));
  const result = await runNotebook(cells, { cwd: path.join(root, "test") });
  result.close();
  return { last: result.cells.map(({ outputs }) => plain(outputs.at(-1))), variables: result.variables };
}

test("variables live across cells, however they are declared and used", async () => {
  const { last, variables } = await run(
    "const q = 7; let n = 0; var v = 1; function inc() { return ++n; }",
    "const o = { q, n };\no",
    "n = 10; inc(); n",
    "({ n, v } = { n: 3, v: 4 }); [n, v, inc()]",
    "enum Side { Heads, Tails }\nclass Coin { constructor(readonly side = Side.Tails) {} }\ntype Toss = Coin | null;",
    "const toss: Toss = new Coin(); toss?.side === Side.Tails",
    "const { a, ...rest } = { a: 1, b: 2, c: await Promise.resolve(3) }; rest",
    "const q = 'redeclared'; q.toUpperCase()",
    "for (var hoisted = 0; hoisted < 3; hoisted++);",
    "hoisted",
    "export const shown = 5;",
    "const call = (function (this: unknown) { return this === undefined; }); call()",
    "call()",
    "undefined",
  );
  expect(last[1]).toBe("{ q: 7, n: 0 }");
  expect(last[2]).toBe("11");
  expect(last[3]).toBe("[ 3, 4, 4 ]");
  expect(last[5]).toBe("true");
  expect(last[6]).toBe("{ b: 2, c: 3 }");
  expect(last[7]).toBe("'REDECLARED'");
  expect(last[9]).toBe("3");
  expect(last.slice(11)).toEqual(["true", "true", undefined]);
  expect(variables).toMatchObject({ q: "redeclared", n: 4, hoisted: 3, shown: 5 });
});

test("a loop over top-level variables runs at full speed", async () => {
  const { last } = await run(
    "let sum = 0; const began = Date.now(); for (let i = 0; i < 20_000_000; i++) sum += i; Date.now() - began",
  );
  expect(Number(last[0])).toBeLessThan(1000);
});

test("what a cell has defined before it failed stays", async () => {
  const { last } = await run(
    "const before = 1; const other = 5;",
    "const before = 'new'; (() => { throw new Error('half-way'); })(); const other = 6;",
    "[before, other]",
  );
  expect(last[2]).toBe("[ 'new', 5 ]");
});

test("types are strict, and a mistake is explained like by a good compiler", async () => {
  const { last } = await run(
    "const text: string = null;",
    "function f(x) { return x; }",
    "const p = { probability: 0.5 };\np.probabilty",
    'import { entropi } from "cross-entropy";',
    'import { entropy } from "cross-entropy";\nentropy("abc", 3)',
    "const open = {",
    "consle.log(1)",
  );
  expect(last[0]).toContain("Type 'null' is not assignable to type 'string'. TS2322");
  expect(last[0]).toContain("> 1 | const text: string = null;\n    |       ^^^^");
  expect(last[1]).toContain("Parameter 'x' implicitly has an 'any' type.");
  expect(last[2]).toContain("Did you mean 'probability'?");
  expect(last[2]).toContain("> 2 | p.probabilty\n    |   ^^^^^^^^^^");
  expect(last[3]).toContain("has no exported member named 'entropi'. Did you mean 'entropy'?");
  expect(last[4]).toContain("Expected 1 arguments, but got 2.");
  expect(last[5]).toContain("'}' expected");
  expect(last[6]).toContain("Did you mean 'console'?");
  for (const text of last) expect(text).not.toContain(root);
});

test("Node's complete types are there as soon as they are needed", async () => {
  const { last } = await run(
    'import fs from "node:fs";\nfs.existsSync(".")',
    "Buffer.from('ab').toString('hex')",
    'import { createHash } from "node:crypto";\ncreateHash(5)',
  );
  expect(last[0]).toBe("true");
  expect(last[1]).toBe("'6162'");
  expect(last[2]).toContain("Argument of type 'number' is not assignable to parameter of type 'string'");
});

test("an edited module runs anew after the next import, transitive ones included; types follow", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "reload-"));
  const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
  write("deep.ts", "export const answer: number = 1;");
  write(
    "local.ts",
    'import { answer } from "./deep";\nexport const twice = () => answer * 2;\nexport enum E { A }',
  );
  const notebook = path.join(folder, "notebooks");
  fs.mkdirSync(notebook);
  const cell = 'import { twice } from "../local";\ntwice()';
  const edits = [
    () => {},
    () => write("deep.ts", "export const answer: number = 21;"),
    () => write("local.ts", "export const twice = () => 'text';"),
    () => write("local.ts", "export const twice = (n: number) => n;"),
  ];
  let i = 0;
  const cells = edits.map((_, n) => ({ id: `c${n}`, source: cell }));
  edits[i++]!();
  // File times have a resolution of some milliseconds.
  const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  const onCell = () => {
    pause();
    edits[i++]?.();
  };
  const result = await runNotebook(cells, { cwd: notebook, onCell });
  result.close();
  const last = result.cells.map(({ outputs }) => plain(outputs.at(-1)));
  expect(last.slice(0, 3)).toEqual(["2", "42", "'text'"]);
  expect(last[3]).toContain("Expected 1 arguments, but got 0");
  fs.rmSync(folder, { recursive: true });
});

test("a cell with @module is a module for the others", async () => {
  const { last } = await run(
    "/** @module helper */\nexport const half = (x: number) => x / 2;",
    'import { half } from "./helper";\nhalf(84)',
    "half('text')",
    "/** @module wrong */\nexport const n: number = 'text';",
  );
  expect(last[1]).toBe("42");
  expect(last[2]).toContain("not assignable to parameter of type 'number'");
  expect(last[3]).toContain("Type 'string' is not assignable to type 'number'");
});

test("errors in local modules point into the module's TypeScript", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "module-"));
  fs.writeFileSync(
    path.join(folder, "faulty.ts"),
    "interface Unused {\n  x: number;\n}\nexport function fail(): never {\n  throw new Error('inside');\n}\n",
  );
  fs.writeFileSync(path.join(folder, "wrong.ts"), "export const n: number = 'text';\n");
  const cells = ['import { fail } from "./faulty";\nfail();', 'import { n } from "./wrong";\nn'];
  const result = await runNotebook(
    cells.map((source, i) => ({ id: `c${i}`, source })),
    { cwd: folder },
  );
  result.close();
  const [first, second] = result.cells.map(({ outputs }) => plain(outputs.at(-1)));
  expect(first).toMatch(/at fail \(.*faulty\.ts:5:9\)/);
  expect(first).toContain("> 2 | fail();");
  expect(second).toContain("at wrong.ts:1:14");
  expect(second).toContain("> 1 | export const n: number = 'text';");
  fs.rmSync(folder, { recursive: true });
});
