// Ten thousand calls with whatever comes: an answer of the right shape, or an error of the house form.
import * as course from "cross-entropy";
import fc from "fast-check";
import { expect, test } from "vitest";

const number = fc.oneof(
  fc.constantFrom(0, 1, -1, 2, 3, 0.5, 0.25, -0, NaN, Infinity, -Infinity, 1e308, 5e-324, 800, -800),
  fc.integer({ min: -2, max: 6 }),
  fc.double({ min: -50, max: 50, noNaN: true }),
);
const distribution = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 })
  .map((counts) => {
    const total = counts.reduce((a, b) => a + b, 0);
    return counts.map((count) => (total === 0 ? 1 / counts.length : count / total));
  });
const list = fc.array(number, { maxLength: 4 });
const vector = fc.oneof(
  list,
  list.map((x) => Float64Array.from(x)),
  list.map((x) => Float32Array.from(x)),
  distribution,
);
const square = fc
  .integer({ min: 1, max: 3 })
  .chain((n) => fc.array(fc.array(number, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));
const junk = fc.constantFrom<unknown>(
  undefined,
  null,
  "1",
  "",
  true,
  {},
  [],
  [[]],
  [null],
  [undefined, 1],
  1n,
  Symbol.iterator,
  () => 1,
  new Date(0),
  new DataView(new ArrayBuffer(8)),
  new Map(),
  BigInt64Array.of(1n),
);
const options = fc.record(
  {
    classes: number,
    reduction: fc.constantFrom("mean", "sum", "none", "all"),
    weight: vector,
    posWeight: fc.oneof(number, vector),
    ignoreIndex: number,
    labelSmoothing: number,
    mask: fc.array(fc.boolean(), { maxLength: 4 }),
    emptyMean: fc.constantFrom(0, "nan", 1),
    limits: fc.boolean(),
    out: fc.oneof(
      list,
      list.map((x) => Float64Array.from(x)),
    ),
    bins: number,
    norm: fc.constantFrom("l1", "l2", "max", "l0"),
    temperature: number,
    alpha: number,
    target: fc.oneof(number, vector),
    penalty: number,
  },
  { requiredKeys: [] },
);
const anything = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 5, arbitrary: vector },
  { weight: 4, arbitrary: square },
  { weight: 2, arbitrary: fc.array(distribution, { maxLength: 3 }) },
  { weight: 2, arbitrary: options },
  { weight: 2, arbitrary: junk },
);

// Derivations have tests of their own; classes need `new`, random numbers a generator.
const skipped =
  /^(setThreads|allocate|checkDerivation|render|grade|break|study|falseOver|bootstrap|sampleSentences|markovPath|hiddenMarkovPath)/;
type Call = (...args: unknown[]) => unknown;
const functions = Object.entries(course as unknown as Record<string, Call>).filter(
  ([name, value]) => typeof value === "function" && /^[a-z]/.test(name) && !skipped.test(name),
);

test("10,000 calls with arbitrary arguments: a value, or an error of the house form", () => {
  const call = fc.tuple(fc.constantFrom(...functions), fc.array(anything, { maxLength: 4 }));
  fc.assert(
    fc.property(call, ([[name, f], args]) => {
      try {
        f(...args);
      } catch (error) {
        const kind = error instanceof TypeError || error instanceof RangeError;
        const message = (error as Error).message;
        if (!kind || !/^[\w.]+: .+ must .+, got .*[^.]$/s.test(message))
          throw new Error(`${name} failed with ${String(error)}`);
      }
    }),
    { numRuns: 10_000, seed: 2024 },
  );
});

const shapeOf = (x: unknown): unknown =>
  typeof x === "number"
    ? []
    : [(x as ArrayLike<unknown>).length, ...((shapeOf((x as unknown[])[0]) as unknown[]) ?? [])];

test("what returns has the shape of its input: 2,000 batches", () => {
  const batch = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).chain(([B, V]) =>
    fc.record({
      Z: fc.array(fc.array(number, { minLength: V, maxLength: V }), { minLength: B, maxLength: B }),
      y: fc.array(fc.integer({ min: 0, max: V - 1 }), { minLength: B, maxLength: B }),
      flat: fc.boolean(),
    }),
  );
  fc.assert(
    fc.property(batch, ({ Z, y, flat }) => {
      const [B, V] = [Z.length, Z[0]!.length];
      const shape = flat ? [B * V] : [B, V];
      const z = flat ? Float64Array.from(Z.flat()) : Z;
      const classes = flat ? { classes: V } : {};
      expect(shapeOf(course.softmax(z as number[][], classes))).toEqual(shape);
      expect(shapeOf(course.logSoftmax(z as number[][], classes))).toEqual(shape);
      expect(shapeOf(course.logSumExp(z as number[][], classes))).toEqual([B]);
      const each = course.softmaxCrossEntropyWithGradient(y, z as number[][], {
        ...classes,
        reduction: "none",
      });
      expect(shapeOf(each.loss)).toEqual([B]);
      expect(shapeOf(each.gradZ)).toEqual(shape);
      expect(typeof course.softmaxCrossEntropy(y, z, classes)).toBe("number");
      for (const loss of each.loss) expect(loss >= 0 || Number.isNaN(loss)).toBe(true);
      const labels = Z.map((row) => row.map((_, k) => k % 2));
      expect(shapeOf(course.binaryCrossEntropyWithLogitsWithGradient(labels, Z).gradZ)).toEqual([B, V]);
    }),
    { numRuns: 2000, seed: 7 },
  );
});
