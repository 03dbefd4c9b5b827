/** A31 to A39: attacks on time, memory, processes, disk and on those who are graded beside. */
import type { Attack } from "./attack";
import { reach, right, rightWithout, wrong, wrongWithout } from "./pieces";

/** the loop stands in logSoftmax: logSumExp and the diagnosis stay right */
const hanging = (id: string, name: string, body: string): Attack => ({
  id,
  class: "K7",
  name,
  honest: 4,
  source: () => `${rightWithout("logSoftmax")}
export const logSoftmax = (z) => { ${body} };`,
});

export const exhaustion: readonly Attack[] = [
  hanging("A31", "loops for ever", "for (;;);"),
  hanging(
    "A31",
    "loops for ever in promises",
    "const again = () => Promise.resolve().then(again); return again();",
  ),
  hanging(
    "A31",
    "loops for ever in a regular expression",
    'return /^(\\w+\\s?)*$/.test("word ".repeat(30) + "!") ? z : z;',
  ),
  hanging("A31", "computes with integers of a billion digits", "let x = 3n; for (;;) x = x * x * x;"),
  hanging(
    "A31",
    "calls itself for ever",
    "const f = (n) => { try { return f(n + 1) + 1; } finally { for (;;) f(0); } }; return f(0);",
  ),
  {
    id: "A31",
    class: "K7",
    name: "loops for ever while it is loaded",
    honest: 0,
    source: () => `for (;;);\n${right}`,
  },
  hanging("A32", "fills the heap with lists", "const a = []; for (;;) a.push(new Array(1e5).fill(1.5));"),
  hanging(
    "A32",
    "fills the heap with text",
    'let s = "x"; const a = []; for (;;) { s += s + a.length; a.push(s.split("")); }',
  ),
  hanging(
    "A32",
    "fills the heap with keys",
    "const m = new Map(); for (let i = 0; ; i++) m.set({ i }, [i, String(i)]);",
  ),
  hanging(
    "A33",
    "fills the memory outside of the heap",
    "const a = []; for (;;) { const b = new Uint8Array(1 << 26); b.fill(1); a.push(b); }",
  ),
  hanging(
    "A33",
    "grows WebAssembly memories",
    "const a = []; for (;;) { const m = new WebAssembly.Memory({ initial: 4096, maximum: 65536 }); new Uint8Array(m.buffer).fill(1); a.push(m); }",
  ),
  hanging(
    "A33",
    "shares buffers that grow",
    "const a = []; for (;;) { const b = new SharedArrayBuffer(1 << 26); new Uint8Array(b).fill(1); a.push(b); }",
  ),
  {
    id: "A34",
    class: "K7",
    name: "starts 90 processes and threads",
    honest: 0,
    live: ["process"],
    source: ({ marker }) => `${reach}
for (let i = 0; i < 90; i++)
  quietly(() => need("child_process").spawn("sh", ["-c", "sleep 20; : ${marker}"], { stdio: "ignore", detached: true }).unref());
for (let i = 0; i < 20; i++)
  quietly(() => new (need("worker_threads").Worker)("for(;;);", { eval: true }).unref());
${wrong}`,
  },
  {
    id: "A36",
    class: "K7",
    name: "prints two hundred megabytes",
    honest: 0,
    source: () => `${reach}
const line = "x".repeat(1 << 20);
export const logSumExp = (z) => { for (let i = 0; i < 200; i++) { console.log(line); quietly(() => host.stderr.write(line)); } return 12345; };
${wrongWithout("logSumExp")}`,
  },
  {
    id: "A36",
    class: "K7",
    name: "answers with 45 megabytes",
    honest: 0,
    source: () => `
export const logSumExp = (z) => "x".repeat(45e6);
export const logSoftmax = (z) => Array.from({ length: 5e6 }, (_, i) => i + 0.123456789);
export const logSoftmaxRows = (Z) => new Float64Array(6e6);
export const diagnose = (f) => ({ ["k".repeat(2e7)]: "no idea" });`,
  },
  {
    id: "A36",
    class: "K7",
    name: "answers with a million levels",
    honest: 0,
    source: () => `
const deep = (n) => { let v = []; for (let i = 0; i < n; i++) v = [v]; return v; };
const records = (n) => { let v = {}; for (let i = 0; i < n; i++) v = { v }; return v; };
export const logSumExp = (z) => deep(1e6);
export const logSoftmax = (z) => [records(1e6)];
export const logSoftmaxRows = (Z) => JSON.parse("[".repeat(5000) + "]".repeat(5000));
export const diagnose = (f) => f(deep(1e5));`,
  },
  {
    id: "A36",
    class: "K7",
    name: "calls the host back without end",
    honest: 0,
    source: () => `
export const diagnose = (f) => { for (;;) f([1, 2, 3]); };
${wrongWithout("diagnose")}`,
  },
  {
    id: "A36",
    class: "K7",
    name: "calls the host back with a hundred megabytes",
    honest: 0,
    source: () => `
export const diagnose = (f) => { const big = new Array(3e6).fill(0.1); for (let i = 0; i < 50; i++) try { f(big); } catch {} return "no idea"; };
${wrongWithout("diagnose")}`,
  },
  {
    id: "A36",
    class: "K7",
    name: "exports a hundred thousand names",
    honest: 0,
    source: () => `${wrong}
for (let i = 0; i < 1e5; i++) exports["name" + i] = "x".repeat(100);`,
  },
  {
    id: "A37",
    class: "K7",
    name: "fills the disk",
    honest: 0,
    live: ["file"],
    source: ({ folder, marker }) => `${reach}
const fs = need("fs");
const block = quietly(() => Buffer.alloc(1 << 20, 1));
for (const file of ["${folder}/fill", "/tmp/${marker}", "./${marker}", "/dev/shm/${marker}", "/var/tmp/${marker}"])
  quietly(() => { const fd = fs.openSync(file, "w"); for (let i = 0; i < 4; i++) fs.writeSync(fd, block); });
quietly(() => { for (let i = 0; i < 1000; i++) fs.mkdirSync("/tmp/${marker}-" + i); });
${wrong}`,
  },
  {
    id: "A38",
    class: "K7",
    name: "makes the type checker count to 2^40",
    honest: 8,
    source: () => `
type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";
type All = \`\${Digit}\${Digit}\${Digit}\${Digit}\${Digit}\${Digit}\${Digit}\${Digit}\${Digit}\${Digit}\`;
type Build<N extends number, A extends unknown[] = []> = A["length"] extends N ? A : Build<N, [...A, unknown, All]>;
export type Bomb = Build<1099511627776>;
${right}`,
  },
  {
    id: "A38",
    class: "K7",
    name: "nests its source 60,000 brackets deep",
    honest: 0,
    source: () => `export const x = ${"[".repeat(30_000)}${"]".repeat(30_000)};\n${right}`,
  },
  {
    id: "A38",
    class: "K7",
    name: "is a megabyte of source",
    honest: 0,
    source: () => `${right}\n${"export const a = 1; // filler\n".repeat(40_000)}`,
  },
  {
    id: "A38",
    class: "K7",
    name: "nests conditions, arrows and types without brackets",
    honest: 0,
    source: () => `export const x = ${"a=>".repeat(8000)}0, y = ${"1?".repeat(9000)}1${":0".repeat(9000)};
export type T = ${"readonly ".repeat(1000)}number[];\n${right}`,
  },
  {
    id: "A39",
    class: "K7",
    name: "waits for ever while it is loaded",
    honest: 0,
    source: () => `await new Promise(() => {});\n${right}`,
  },
  {
    id: "A39",
    class: "K7",
    name: "returns promises and things with a then that never settle",
    honest: 0,
    source: () => `
export const logSumExp = (z) => new Promise(() => {});
export const logSoftmax = (z) => ({ then() {} });
export const logSoftmaxRows = (Z) => ({ then(resolve) { resolve({ then: (again) => again(this) }); for (;;); } });
export const diagnose = async (f) => { await null; throw 1; };`,
  },
  {
    id: "A39",
    class: "K7",
    name: "is right and leaves rejections and timers behind",
    honest: 8,
    innocent: true,
    source: () => `
try { Promise.reject(new Error("nobody listens")); } catch {}
try { setTimeout(() => { throw new Error("late"); }, 0); } catch {}
${right}`,
  },
];

/** A35: what one box does while another answer is graded beside it. */
export const neighbours: readonly Attack[] = [
  { ...hanging("A35", "burns the processor beside others", "for (;;);"), honest: 4 },
  {
    ...hanging(
      "A35",
      "fills the memory beside others",
      "const a = []; for (;;) a.push(new Float64Array(1e6).fill(1));",
    ),
    honest: 4,
  },
  {
    id: "A35",
    class: "K7",
    name: "starts processes beside others",
    honest: 0,
    source: ({ marker }) => `${reach}
const start = () => { for (let i = 0; i < 30; i++) quietly(() => need("child_process").spawn("sh", ["-c", "while :; do :; done; : ${marker}"], { stdio: "ignore" })); };
start();
export const logSumExp = (z) => { start(); for (;;); };
${wrongWithout("logSumExp")}`,
  },
];
