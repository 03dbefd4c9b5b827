// The bulk path against the TypeScript path, whose accuracy test/src and `npm run accuracy` measure.
import fs from "node:fs";
import path from "node:path";
import {
  allocate,
  logSoftmax,
  logSumExp,
  Random,
  release,
  setEngine,
  setThreads,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithGradient,
} from "cross-entropy";
import { afterEach, expect, test } from "vitest";
import { variant } from "../../src/bulk/instance";
import { source } from "../../tools/wasm/main";
import { ulpsApart } from "./ulps";

type Row = Float32Array | Float64Array;
afterEach(() => void setEngine("portable"));

/** The same call in TypeScript and by the kernels. */
function both<T>(call: () => T): { portable: T; auto: T } {
  setEngine("portable");
  const portable = call();
  setEngine("auto");
  return { portable, auto: call() };
}

const shapes = [
  [600, 2],
  [301, 5],
  [129, 10],
  [70, 15],
  [65, 16],
  [63, 17],
  [64, 31],
  [33, 32],
  [35, 33],
  [21, 50],
  [11, 100],
  [3, 1000],
] as const;
const kinds = {
  normal: (r: Random) => 2 * r.normal(),
  wide: (r: Random) => 40 * r.normal(),
  offset: (r: Random) => 200 + r.normal(),
} as const;

function batch(make: (r: Random) => number, B: number, V: number, float32: boolean): Row {
  const r = new Random(B * V);
  const z = float32 ? new Float32Array(B * V) : new Float64Array(B * V);
  for (let i = 0; i < z.length; i++) z[i] = make(r);
  return z;
}
const classesOf = (B: number, V: number): Int32Array => Int32Array.from({ length: B }, (_, b) => (b * 7) % V);

test("the committed kernels are what npm run wasm generates, and this engine runs them", () => {
  const committed = fs.readFileSync(path.resolve(__dirname, "../../src/bulk/binary.ts"), "utf8");
  expect(committed === source()).toBe(true);
  expect(variant()).not.toBe("none");
});

test.each(shapes)("[%d, %d]: softmax, log-softmax, loss and gradient agree with TypeScript", (B, V) => {
  for (const float32 of [true, false])
    for (const make of Object.values(kinds)) {
      const z = batch(make, B, V, float32);
      const before = z.slice();
      const y = classesOf(B, V);
      const options = { classes: V };
      const { portable, auto } = both(() => ({
        q: softmax(z as Float64Array, options),
        logQ: logSoftmax(z as Float64Array, options),
        lse: logSumExp(z, options),
        ...softmaxCrossEntropyWithGradient(y, z as Float64Array, options),
        each: softmaxCrossEntropy(y, z, { ...options, reduction: "none" }),
      }));
      expect(z).toEqual(before);
      const limit = float32 ? 3 : 5;
      expect(ulpsApart(auto.q, portable.q, float32)).toBeLessThanOrEqual(limit);
      expect(ulpsApart(auto.logQ, portable.logQ, float32)).toBeLessThanOrEqual(limit);
      expect(ulpsApart(auto.gradZ, portable.gradZ, float32)).toBeLessThanOrEqual(limit);
      expect(ulpsApart(auto.each, portable.each, float32)).toBeLessThanOrEqual(limit);
      expect(ulpsApart([auto.loss], [portable.loss], float32)).toBeLessThanOrEqual(2);
      // An ulp of a value near 0 says nothing where maximum and logarithm cancel.
      const size = Math.max(...auto.lse.map(Math.abs));
      auto.lse.forEach((x, b) => {
        expect(Math.abs(x - portable.lse[b]!)).toBeLessThanOrEqual(size * (float32 ? 2 ** -22 : 2 ** -51));
      });
    }
});

test("rows with NaN, infinities or huge logits are what the scalar code says, and spoil no other row", () => {
  for (const [B, V] of [
    [400, 10],
    [50, 100],
  ] as const)
    for (const float32 of [true, false]) {
      const z = batch(kinds.normal, B, V, float32);
      z[0] = NaN;
      z[V] = Infinity;
      z.fill(-Infinity, 2 * V, 3 * V);
      z[3 * V + 1] = -Infinity;
      z[4 * V + 2] = 1e5;
      z[5 * V + V - 1] = NaN;
      for (let k = 0; k < V; k++) z[6 * V + k]! *= 1e4;
      const y = classesOf(B, V);
      y[3] = 1;
      for (const limits of [false, true]) {
        const options = { classes: V, limits };
        const { portable, auto } = both(() => ({
          q: softmax(z as Float64Array, options),
          logQ: logSoftmax(z as Float64Array, options),
          each: softmaxCrossEntropyWithGradient(y, z as Float64Array, { ...options, reduction: "none" }),
        }));
        expect(ulpsApart(auto.q, portable.q, float32)).toBeLessThanOrEqual(5);
        expect(ulpsApart(auto.logQ, portable.logQ, float32)).toBeLessThanOrEqual(5);
        expect(ulpsApart(auto.each.gradZ, portable.each.gradZ, float32)).toBeLessThanOrEqual(5);
        expect(ulpsApart(auto.each.loss, portable.each.loss, float32)).toBeLessThanOrEqual(5);
        expect(auto.each.loss[3]).toBe(Infinity);
      }
    }
});

test("a total with an infinite loss is Infinity, not NaN", () => {
  const z = batch(kinds.normal, 200, 10, true);
  z[10] = -Infinity;
  const y = new Int32Array(200);
  y[1] = 0;
  const { portable, auto } = both(() => softmaxCrossEntropy(y, z, { classes: 10 }));
  expect([portable, auto]).toEqual([Infinity, Infinity]);
});

test("ignored rows, class weights and every reduction mean the same", () => {
  for (const V of [6, 40]) {
    const B = 400;
    const z = batch(kinds.normal, B, V, true) as Float32Array;
    z.fill(NaN, V, 2 * V); // ignored, hence never seen
    const y = classesOf(B, V);
    y[1] = -100;
    const weight = Array.from({ length: V }, (_, k) => k / 4); // class 0 weighs 0
    for (const reduction of ["mean", "sum", "none"] as const)
      for (const w of [undefined, weight]) {
        const options = { classes: V, ignoreIndex: -100, weight: w, reduction: reduction as "mean" };
        const { portable, auto } = both(() => softmaxCrossEntropyWithGradient(y, z, options));
        expect(ulpsApart(auto.gradZ, portable.gradZ, true)).toBeLessThanOrEqual(3);
        const losses = [auto.loss, portable.loss].map((x) => [x].flat() as number[]);
        expect(ulpsApart(losses[0]!, losses[1]!, true)).toBeLessThanOrEqual(2);
        expect(auto.gradZ.subarray(V, 2 * V).every((x) => x === 0)).toBe(true);
      }
  }
});

test("ordinary arrays, rows of rows and results in place give the same as typed arrays", () => {
  for (const V of [12, 50]) {
    const B = 100;
    const flat = batch(kinds.normal, B, V, false) as Float64Array;
    const rows = Array.from({ length: B }, (_, b) => Array.from(flat.subarray(b * V, (b + 1) * V)));
    const y = classesOf(B, V);
    setEngine("auto");
    const { loss, gradZ } = softmaxCrossEntropyWithGradient(y, flat, { classes: V });
    const nested = softmaxCrossEntropyWithGradient(y, rows);
    expect(nested.loss).toBe(loss);
    expect(nested.gradZ.flat()).toEqual(Array.from(gradZ));
    expect(softmaxCrossEntropyWithGradient(y, Array.from(flat), { classes: V }).gradZ).toEqual(
      Array.from(gradZ),
    );
    const own = flat.slice();
    expect(softmaxCrossEntropyWithGradient(y, own, { classes: V, out: own }).gradZ).toBe(own);
    expect(own).toEqual(gradZ);
    const floats = rows.map((row) => Float32Array.from(row));
    const single = softmaxCrossEntropy(y, floats);
    expect(single).toBe(softmaxCrossEntropy(y, Float32Array.from(flat), { classes: V }));
  }
});

test("allocated arrays are computed where they lie, with the same bits, and keep their logits", () => {
  for (const float32 of [true, false])
    for (const V of [10, 50, 100]) {
      const B = 97;
      const kind = float32 ? "float32" : "float64";
      const z = batch(kinds.normal, B, V, float32);
      z[5] = NaN;
      z[3 * V] = -Infinity;
      const y = classesOf(B, V);
      const [inside, out] = [allocate(kind as "float64", B * V), allocate(kind as "float64", B * V)];
      inside.set(z);
      setEngine("auto");
      const options = { classes: V, reduction: "none" as const };
      const expected = softmaxCrossEntropyWithGradient(y, z as Float64Array, options);
      const actual = softmaxCrossEntropyWithGradient(y, inside, { ...options, out });
      expect(actual.gradZ).toBe(out);
      expect(actual.loss).toEqual(expected.loss);
      expect(Array.from(out)).toEqual(Array.from(expected.gradZ));
      logSoftmax(inside, { classes: V, out });
      expect(Array.from(out)).toEqual(Array.from(logSoftmax(z as Float64Array, { classes: V })));
      expect(Array.from(inside)).toEqual(Array.from(z));
      softmax(inside, { classes: V, out: inside }); // in place: by way of the scratch memory
      expect(Array.from(inside)).toEqual(Array.from(softmax(z as Float64Array, { classes: V })));
      release(inside);
      release(out);
    }
});

test("memory does not grow over 10,000 calls, nor over 10,000 allocations", () => {
  setEngine("auto");
  const V = 128;
  const z = batch(kinds.normal, 16, V, true) as Float32Array;
  const y = classesOf(16, V);
  const out = new Float32Array(z.length);
  const call = () => {
    const inside = allocate("float32", z.length);
    inside.set(z);
    softmaxCrossEntropyWithGradient(y, z, { classes: V, out });
    softmaxCrossEntropyWithGradient(y, inside, { classes: V, out });
    release(inside);
  };
  for (let i = 0; i < 200; i++) call();
  const end = (): number => {
    const last = allocate("float32", 1);
    release(last);
    return last.buffer.byteLength; // how far the module's memory reaches
  };
  const before = { memory: process.memoryUsage(), end: end() };
  for (let i = 0; i < 10_000; i++) call();
  const after = { memory: process.memoryUsage(), end: end() };
  expect(after.end).toBe(before.end);
  expect(after.memory.arrayBuffers - before.memory.arrayBuffers).toBeLessThan(8e6);
  expect(after.memory.rss - before.memory.rss).toBeLessThan(60e6);
});

test("the number of threads changes no bit, and engine() tells it", async () => {
  const [B, V] = [301, 1000];
  const z = allocate("float32", B * V);
  const out = allocate("float32", B * V);
  z.set(batch(kinds.normal, B, V, true));
  const y = classesOf(B, V);
  setEngine("auto");
  const run = () => {
    const { loss } = softmaxCrossEntropyWithGradient(y, z, { classes: V, out });
    return { loss, gradZ: Array.from(out) };
  };
  const alone = run();
  for (const count of [2, 3]) {
    expect((await setThreads(count)).threads).toBe(count);
    out.fill(0);
    expect(run()).toEqual(alone);
  }
  expect((await setThreads(1)).threads).toBe(1);
  expect(run()).toEqual(alone);
  release(z);
  release(out);
  await expect(setThreads(0)).rejects.toThrow("setThreads: count must be an integer in [1, 8], got 0");
});

test("release() takes only what allocate() gave, once", () => {
  const x = allocate("float64", 5);
  expect(Array.from(x)).toEqual([0, 0, 0, 0, 0]);
  release(x);
  expect(() => release(x)).toThrow(
    "release: array must come from allocate and be released once, got an object (Float64Array)",
  );
  expect(() => release(new Float64Array(2))).toThrow("release: array must come from allocate");
  expect(() => allocate("float16" as "float32", 2)).toThrow(
    'allocate: kind must be "float32" or "float64", got "float16"',
  );
  expect(() => allocate("float64", 2 ** 29)).toThrow("allocate: length must fit into what is left");
});

test("a detached array is an error that says so; a shared one is like any other", () => {
  setEngine("auto");
  const z = new Float32Array(2000);
  const shared = new Float32Array(new SharedArrayBuffer(8000));
  expect(softmaxCrossEntropy(new Int32Array(200), shared, { classes: 10 })).toBeCloseTo(Math.log(10), 6);
  structuredClone(z.buffer, { transfer: [z.buffer] });
  expect(() => softmax(z, { classes: 10 })).toThrow(
    "softmax: z must not be detached, got a Float32Array without its memory",
  );
});
