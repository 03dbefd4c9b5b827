import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { alternates, solutionSource, stubSource } from "../../grading/answers";
import { canBeText, mutantSource } from "../../grading/coursework/demo";
import { root } from "../../grading/root";
import { exercises } from "../../grading/specs";
import { byTheBook, unchecked } from "../../grading/transpile";

const gist = (output: ReturnType<typeof byTheBook> | undefined) =>
  output && {
    code: output.outputText,
    map: output.sourceMapText,
    errors: output.diagnostics?.map((d) => [d.start, d.messageText]),
  };
const equal = (source: string) =>
  expect(gist(unchecked(source, "answer.ts"))).toEqual(gist(byTheBook(source, "answer.ts")));

test("what is compiled without its types is what the compiler's own way gives, for every answer of the course", () => {
  let texts = 0;
  for (const exercise of exercises) {
    const { specification, mutants } = exercise;
    const sources = [solutionSource(specification), stubSource(specification)];
    sources.push(...alternates(specification).map((a) => a.source));
    if (canBeText(exercise)) sources.push(mutantSource(exercise, mutants[0]!, 0));
    for (const source of sources) {
      equal(source);
      texts++;
    }
  }
  expect(texts).toBeGreaterThan(150);
}, 60_000);

test("it is the same for the parts of the language that are more than types", () => {
  for (const source of [
    "export enum A { x, y = 'b', z = 1 << 3 } const enum B { q = 2 } export const f = () => A.x + B.q;",
    "namespace N { export const a = 1; export namespace M { export let b = a; } } export const f = () => N.M.b;",
    "interface T { a: number } type U = T; const v = 1; export { T, U, v }; export type { T as W };",
    "class C { constructor(private readonly a = 1, public b?: string) {} #p = 2; static s = 3; declare d: number; get x() { return this.#p; } } export { C as default };",
    "abstract class A<T> { abstract f(): T; static { this.prototype; } } export class B extends A<number> { override f() { return super.f as unknown as number; } }",
    "export function f(a: number): number; export function f(a: string): string; export function f(a: any) { return a!; }",
    "export default async function* g<T extends object>(x: T) { yield* (x satisfies object) as any; }",
    "import type { Step } from 'cross-entropy'; export const steps: Step[] = []; export let n = 0; export const inc = () => ++n;",
    "declare const z: number; declare global { interface Array<T> { q: T } } export const f = (x: typeof z): x is 3 => x === 3;",
    "export const { a, b: [c] } = { a: 1, b: [2] }; export var d = <T,>(x: T): T => x;",
    "const dec = (x: any, y: any) => x; @dec class D { @dec m() {} } export const f = (this: D) => 1;",
    "const x = 1; export = x;",
    "const x = 1;",
    "export const f = (a?: number) => a?.toFixed() ?? `a`; for (const k in {}) ; label: while (true) break label;",
    "export const = ;",
    "export const f = (x) => { return x",
    "export const f = 1 as const; let y = <any>f; export { y };",
    "",
  ])
    equal(source);
});

test("a text that imports values goes the compiler's own way", () => {
  for (const source of [
    'import { softmax } from "cross-entropy"; export const f = softmax;',
    'import { type Step, softmax } from "cross-entropy"; export const f = softmax;',
    'import fs = require("fs"); export const f = fs;',
    'export { softmax } from "cross-entropy";',
    'export * from "cross-entropy";',
    'import "cross-entropy";',
  ])
    expect(unchecked(source, "answer.ts")).toBeUndefined();
  // nothing of the project itself is needed to see that the rule holds for whole files
  const file = path.join(root, "grading", "specs", "e02-logarithm", "checks.ts");
  expect(unchecked(fs.readFileSync(file, "utf8"), "checks.ts")).toBeUndefined();
});
