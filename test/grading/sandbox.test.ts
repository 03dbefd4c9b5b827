import { afterAll, expect, test } from "vitest";
import { solutionSource, stubSource } from "../../grading/answers";
import { grade } from "../../grading/grade";
import { closeBoxes, defaultBudgets, type OpenBox, openBox } from "../../grading/sandbox";
import { Ended, Peer } from "../../grading/sandbox/peer";
import type { Reply } from "../../grading/specification";
import { exercises } from "../../grading/specs";

afterAll(closeBoxes);

async function inBox<T>(
  source: string,
  use: (box: OpenBox) => Promise<T>,
  options: { given?: readonly string[]; callbacks?: number; submission?: number } = {},
): Promise<T> {
  const { given = [], ...budgets } = options;
  const box = await openBox(source, { name: "answer.ts", given, tier: "default", budgets });
  try {
    return await use(box);
  } finally {
    box.close();
  }
}
const call = (source: string, args: unknown[] = [], options = {}): Promise<Reply> =>
  inBox(source, (box) => box.call("f", args), options);
const value = async (source: string, args: unknown[] = [], options = {}) => {
  const reply = await call(source, args, options);
  if (reply.kind !== "value") throw new Error(JSON.stringify(reply));
  return reply.value;
};
const exercise = exercises.find((e) => e.specification.id === "e03")!.specification;

test("the default tier gives a right answer all points and a stub none", async () => {
  const options = { seed: "practice", explain: false } as const;
  const right = await inBox(solutionSource(exercise), (box) => grade(exercise, box, options));
  expect(right.earned).toBe(right.points);
  const stub = await inBox(stubSource(exercise), (box) => grade(exercise, box, options));
  expect(stub.earned).toBe(0);
});

test("values of every kind cross in both directions", async () => {
  const list = [
    1,
    -0,
    Number.NaN,
    1 / 0,
    -1 / 0,
    undefined,
    null,
    true,
    "ä\u2028",
    10n ** 30n,
    [[]],
    { a: [1] },
  ];
  const same = "export const f = (x: unknown) => x;";
  expect(await value(same, [list])).toEqual(
    list.map((x) => (x?.constructor === Object ? Object.assign(Object.create(null), x) : x)),
  );
  expect(await value(same, [new Float32Array([1, 0.5])])).toEqual(new Float32Array([1, 0.5]));
  expect(await value(same, [new BigInt64Array([-(2n ** 60n)])])).toEqual(new BigInt64Array([-(2n ** 60n)]));
  const reply = await call("export function f(x: number[]) { x[0] = 7; }", [[1, 2]]);
  expect(reply).toMatchObject({ kind: "value", args: [[7, 2]], promised: false });
  expect(await call("export async function f() { return 3; }")).toMatchObject({ promised: true });
  expect(await call("export const f = () => new Promise(() => {});")).toMatchObject({ promised: true });
});

test("an error comes with its name, its message and its line", async () => {
  const source =
    'type T = number;\nexport function f(): T {\n  throw new RangeError("f: p must sum to 1");\n}';
  expect(await call(source)).toEqual({
    kind: "error",
    name: "RangeError",
    message: "f: p must sum to 1 (line 3)",
  });
  expect(await call("export const f = () => { throw { get message() { throw 1; } }; };")).toMatchObject({
    kind: "error",
    message: "something that cannot be shown was thrown",
  });
  expect(await call("export function f( {")).toMatchObject({ kind: "load" });
  expect(await call('throw new Error("at once");')).toMatchObject({ kind: "load" });
  expect(await call("export const g = 1;")).toMatchObject({ kind: "error", name: "Missing" });
});

test("a loop that never ends costs its own check only", async () => {
  const source = "export const f = () => { for (;;); }; export const g = () => 1;";
  await inBox(source, async (box) => {
    expect(await box.call("f", [], 200)).toMatchObject({ kind: "timeout" });
    expect(await box.call("g", [])).toMatchObject({ kind: "value", value: 1 });
    expect(box.status).toEqual({ kind: "ok", reason: "", restarts: 1 });
  });
});

test("a loop that the engine cannot interrupt is ended with its process", async () => {
  const source = "export const f = () => { const a: number[] = []; a.length = 2 ** 32 - 1; a.sort(); };";
  expect(await inBox(source, (box) => box.call("f", [], 200))).toMatchObject({ kind: "timeout" });
});

test("memory has a hard end, and the next check goes on", async () => {
  const source = `export const f = () => { const a: Float64Array[] = []; for (;;) a.push(new Float64Array(1e6).fill(1)); };
export const h = () => { let s = "x"; const all: string[] = []; for (;;) { s += s; all.push(s); } };
export const g = () => 1;`;
  await inBox(source, async (box) => {
    expect((await box.call("f", [], 5000)).kind).toMatch(/memory|error/);
    expect((await box.call("h", [], 5000)).kind).toMatch(/memory|error/);
    expect(await box.call("g", [])).toMatchObject({ kind: "value", value: 1 });
  });
});

test("all calls together have a budget too", async () => {
  const source = "export const f = () => { const t = Date.now(); while (Date.now() - t < 150); };";
  const replies = await inBox(
    source,
    async (box) => {
      const kinds: string[] = [];
      for (let i = 0; i < 12; i++) kinds.push((await box.call("f", [], 1000)).kind);
      return kinds;
    },
    { submission: 300 },
  );
  expect(replies[0]).toBe("value");
  expect(replies.at(-1)).toBe("timeout");
});

test("nothing of the process is in reach", async () => {
  const names = "process require module global Buffer fetch setTimeout WebAssembly Atomics std os scriptArgs";
  const source = `export const f = () => ${JSON.stringify(names.split(" "))}.filter((n) => n in globalThis || (() => { try { return eval("typeof " + n) !== "undefined"; } catch { return false; } })());`;
  // `require` is the box's own, which refuses
  expect(await value(source)).toEqual(["require", "module"]);
  const breakout = `export const f = async () => { try { await new Function("return import('node:fs')")(); return 1; } catch (e: any) { return typeof e.constructor.constructor("return typeof process")(); } };`;
  expect(await call(breakout)).toMatchObject({ kind: "value", promised: true, value: null });
});

test("imports are refused when the answer is loaded and again while it runs", async () => {
  const refused = { kind: "blocked" };
  expect(await call('export { logSumExp as f } from "cross-entropy";')).toMatchObject(refused);
  expect(await call('import fs from "node:fs"; export const f = () => fs.readdirSync("/");')).toMatchObject(
    refused,
  );
  expect(
    await call('export const f = async () => (await import("cross-entropy")).entropy([1]);'),
  ).toMatchObject(refused);
  expect(
    await call(
      'export const f = () => { try { return require("cross-" + "entropy"); } catch { return 0; } };',
    ),
  ).toMatchObject(refused);
  expect(
    await call('import type { Vector } from "cross-entropy"; export const f = (x: Vector) => x;'),
  ).toEqual({
    kind: "value",
    value: undefined,
    args: [],
    promised: false,
  });
});

test("what is given can be imported, and nothing else", async () => {
  const given = { given: ["logSumExp", "softmax"] };
  const source =
    'import { softmax, logSumExp } from "cross-entropy"; export const f = () => logSumExp([0, 0]) + softmax([0, 0])[0]!;';
  expect(await value(source, [], given)).toBeCloseTo(Math.log(2) + 0.5, 12);
  const other = 'import { entropy } from "cross-entropy"; export const f = () => entropy([0.5, 0.5]);';
  expect(await call(other, [], given)).toMatchObject({ kind: "blocked" });
  const all = 'import * as all from "cross-entropy"; export const f = () => Object.keys(all);';
  expect(await value(all, [], given)).toEqual(["logSumExp", "softmax", "default"]);
});

test("the host's functions can be called, and are counted", async () => {
  const source =
    "export const f = (g: (x: number) => number, n: number) => { let s = 0; for (let i = 0; i < n; i++) s += g(i); return s; };";
  expect(await value(source, [(x: number) => 2 * x, 100])).toBe(9900);
  const many = await call(source, [(x: number) => x, 100], { callbacks: 50 });
  expect(many).toMatchObject({ kind: "dead" });
  expect((many as { message: string }).message).toContain("more than 50 times");
  const failing = () => {
    throw new Error("not today");
  };
  expect(await call(source, [failing, 1])).toMatchObject({
    kind: "error",
    message: expect.stringContaining("not today"),
  });
});

test("replies that are too long, too deep or too many parts are the answer's own error", async () => {
  const sources = [
    'export const f = () => "x".repeat(2e6);',
    "export const f = () => { let a: unknown[] = []; for (let i = 0; i < 1e5; i++) a = [a]; return a; };",
    "export const f = () => new Array(4e5).fill(0);",
    "export const f = () => { const a: unknown[] = []; a.push(a); return a; };",
    "export const f = () => new (globalThis as any).Float16Array(2);",
  ];
  for (const source of sources)
    expect(await call(source)).toMatchObject({ kind: "error", name: "RangeError" });
});

test("an answer that changes the language still gives its own values only", async () => {
  const source = `Array.prototype[Symbol.iterator] = function* () { yield 42; };
Array.prototype.map = Array.prototype.push = (() => 42) as never;
JSON.stringify = (() => '{"id":1,"value":42}') as never;
JSON.parse = (() => ({ value: 42 })) as never;
Object.prototype.toString = () => "[object Float64Array]";
(Object.prototype as any).toJSON = () => 42;
Object.keys = (() => ["42"]) as never;
Object.defineProperty(Object.prototype, "value", { get: () => 42, set() {} });
export const f = (x: number[]) => [x[0], { a: 1 }];`;
  expect(await value(source, [[7]])).toEqual([7, Object.assign(Object.create(null), { a: 1 })]);
});

test("what is printed is kept, up to 64 KiB", async () => {
  const source =
    'console.log("hello", [1, -0], { a: "b" }); export const f = (n: number) => { for (let i = 0; i < n; i++) console.log("x".repeat(1000)); };';
  await inBox(source, async (box) => {
    await box.call("f", [0]);
    expect(box.log).toBe('hello [1, -0] { a: "b" }\n');
    await box.call("f", [500]);
    expect(box.log.length).toBeLessThanOrEqual(65_536);
    expect(box.log.length).toBeGreaterThan(60_000);
  });
});

test("the same answer does the same every time, its random numbers included", async () => {
  const source = "export const f = () => [Math.random(), Math.random()];";
  const [a, b] = [await value(source), await value(source)];
  expect(a).toEqual(b);
  expect((a as number[])[0]).not.toBe((a as number[])[1]);
});

test("nothing of one answer is left for the next", async () => {
  await value("export const f = () => { (globalThis as any).left = 1; Math.abs = () => 42; };");
  expect(await value('export const f = () => ["left" in globalThis, Math.abs(-1)];')).toEqual([false, 1]);
});

test("a text that is only nesting is refused before it is compiled", async () => {
  expect(await call(`export const f = () => ${"(".repeat(300)}1${")".repeat(300)};`)).toMatchObject({
    kind: "load",
    message: expect.stringContaining("nest at most 256"),
  });
  expect(await call(`export const f = () => ${"!".repeat(60_000)}1;`)).toMatchObject({ kind: "load" });
  expect(await call(`// ${"x".repeat(70_000)}`)).toMatchObject({ kind: "load" });
});

test("the steps of a derivation are graded in a child of their own", async () => {
  const bomb = `export const steps = [{ expression: ${JSON.stringify(`${"(".repeat(250)}p${")".repeat(250)}`)}, by: "start" }];`;
  const reply = await inBox(bomb, (box) => box.derive("steps", "E04"));
  expect(reply).toMatchObject({ kind: "value", value: { share: 0 } });
});

test("a child that cannot be started is the machine's failure, not the answer's", async () => {
  const peer = new Peer({ file: "/does/not/exist", args: [] }, () => ({}));
  await expect(peer.started()).rejects.toBeInstanceOf(Ended);
  expect(peer.ended?.why).toBe("start");
  expect(defaultBudgets.submission).toBe(10_000);
});
