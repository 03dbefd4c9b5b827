import { afterAll, expect, test } from "vitest";
import { practise } from "../../grading/practice";
import { coolDown } from "../../grading/runner/box";

afterAll(coolDown);

const rest = `
export function entropy(p: number[]): number { return 0; }
export function toBits(nats: number): number { return nats / Math.LN2; }`;
const e01 = (source: string) => practise("e01", { source: source + rest, keepWarm: true });
const first = async (source: string) => (await e01(source)).checks[0]!;

test("an infinite loop is stopped, explained, and costs only its own check", async () => {
  const result = await e01("export function surprisal(p: number): number { for (;;) {} }");
  expect(result.checks[0]).toMatchObject({ outcome: "timeout", earned: 0 });
  expect(result.checks[0]!.message).toMatch(
    /surprisal\(0\.01\) was stopped: no answer within 1 s.*never ends/,
  );
  expect(result.checks.at(-1)).toMatchObject({ id: "units", outcome: "pass" });
});

test("a syntax error is reported with its line", async () => {
  const check = await first("export function surprisal(p: number): number {\n  return 0 - ;\n}");
  expect(check.message).toMatch(/does not load: SyntaxError: line 2:/);
});

test("an error thrown by an answer is reported with the line of the source", async () => {
  const check = await first(
    "// a comment\n\ninterface Gone { x: number }\nexport const surprisal = (p: number) => {\n  return (null as never as Gone).x;\n};",
  );
  expect(check.message).toMatch(/TypeError.*\(line 5\)/);
});

test("a missing export, an async function, a forgotten return each get one plain sentence", async () => {
  expect((await first("function surprisal(p: number) { return 1; }")).message).toMatch(
    /no function surprisal is exported/,
  );
  expect((await first("export async function surprisal(p: number) { return 1; }")).message).toMatch(
    /must not be async/,
  );
  expect((await first("export function surprisal(p: number) { Math.log(p); }")).message).toMatch(
    /is a return missing\?/,
  );
});

test("objects that pretend to be numbers, patched globals and early exits earn nothing", async () => {
  const attacks = [
    "export const surprisal = () => ({ valueOf: () => 7 });",
    "export const surprisal = () => new Proxy([], { get: () => 7 });",
    "Math.abs = () => 0; Number.isFinite = () => true; export const surprisal = () => 3;",
    "process.exit(0); export const surprisal = () => 1;",
    "Object.prototype.toJSON = () => 1; export const surprisal = () => ({});",
    "export const surprisal = () => { throw { get message() { throw 1; } }; };",
    "export const surprisal = () => NaN;",
    "export const surprisal = () => [4.60517];",
    "export const surprisal = () => '4.605170185988091';",
    "export const surprisal = () => 4n;",
    "export const surprisal = () => Symbol.for('x');",
  ];
  for (const attack of attacks) expect([attack, (await first(attack)).earned]).toEqual([attack, 0]);
});

test("what an answer prints reaches the learner", async () => {
  const { log } = await e01("console.log('hello'); export const surprisal = (p: number) => 0 - Math.log(p);");
  expect(log).toContain("hello");
});

test("a wrong answer that no mutant explains gets the smallest failing input", async () => {
  const check = await first(
    "export const surprisal = (p: number) => p === 0.1 ? 5 : 0.1 - Math.log(p) - (p > 0.25 ? 0.3 : 0);",
  );
  expect(check.example).toMatch(
    /^simplest example found: surprisal\(0\.1\): the result is 5, wanted 2\.30259/,
  );
});

test("a signature that differs is explained in one line", async () => {
  const swapped = `
export function crossEntropy(q: number[], p: number[]): number { return 1; }
export function klDivergence(p: string, q: number[]): number { return 1; }`;
  const { notes } = await practise("e03", { source: swapped, keepWarm: true });
  expect(notes[0]).toMatch(/crossEntropy has its arguments exchanged/);
  expect(notes[1]).toMatch(/klDivergence declares other types than klDivergence\(p: readonly number\[\]/);
});
