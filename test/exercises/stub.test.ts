import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { solutionSource, stubSource } from "../../grading/answers";
import { root } from "../../grading/root";
import { exercises } from "../../grading/specs";
import { notImplemented, stubOf } from "../../grading/stub";
import { transpile } from "../../grading/transpile";

test("stubOf() takes out the marked regions and names the function in the sentence that throws", () => {
  const solution = [
    "// answer:begin remove",
    "const secret = 1;",
    "// answer:end",
    "export function double(x: number): number {",
    "  // answer:begin",
    "  return 2 * x * secret;",
    "  // answer:end",
    "}",
  ].join("\n");
  expect(stubOf(solution)).toBe(
    `export function double(x: number): number {\n  ${notImplemented("double")}\n}`,
  );
});

test("stubOf() leaves the broken code of an exhibit in place of its mended code", () => {
  const solution = [
    "export function half(x: number): number {",
    "  // answer:begin broken",
    "  return x / 2;",
    "  // answer:broken",
    "  // // a comment of the broken code",
    "  // return x * 2;",
    "  // answer:end",
    "}",
  ].join("\n");
  expect(stubOf(solution)).toBe(
    "export function half(x: number): number {\n  // a comment of the broken code\n  return x * 2;\n}",
  );
});

test("stubOf() refuses regions that do not close", () => {
  expect(() => stubOf("// answer:begin\n", "s.ts")).toThrow(/^s\.ts: answer:begin without an end$/);
  expect(() => stubOf("// answer:broken\n", "s.ts")).toThrow(/^s\.ts:1: answer:broken without a begin$/);
  expect(() => stubOf("// answer:end\n", "s.ts")).toThrow(/^s\.ts:1: answer:end without a begin$/);
});

test("every stub compiles, written into a temporary folder, and holds nothing of its answer", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "stubs-"));
  for (const { specification } of exercises) {
    const file = path.join(folder, `${specification.id}.ts`);
    fs.writeFileSync(file, stubSource(specification));
    const stub = fs.readFileSync(file, "utf8");
    expect(() => transpile(stub)).not.toThrow();
    expect(stub).not.toMatch(/answer:(begin|broken|end)/);
  }
  fs.rmSync(folder, { recursive: true });
});

test("no solution imports the module, and none imports another file", () => {
  for (const { specification } of exercises)
    expect(solutionSource(specification)).not.toMatch(/^import (?!type )|\brequire\(|\bimport\(/m);
});

test("no test of the repository reads a learner's file", () => {
  const walk = (folder: string): string[] =>
    fs
      .readdirSync(folder, { withFileTypes: true })
      .flatMap((e) => (e.isDirectory() ? walk(path.join(folder, e.name)) : [path.join(folder, e.name)]));
  // `practise()` reads exercises/ unless it is given a text; the tests always give one
  for (const file of walk(path.join(root, "test", "exercises"))) {
    const text = fs.readFileSync(file, "utf8");
    for (const call of text.matchAll(/practise\("e\d\d"([^)]*)/g)) expect(call[1]).toContain("source");
  }
});
