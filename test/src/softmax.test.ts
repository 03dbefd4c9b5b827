import { logSoftmax, logSumExp, Random, softmax } from "cross-entropy";
import { describe, expect, test } from "vitest";
import { bigRow, logSumExp as exactLse, minusLogQ, q, ulpError } from "../../tools/accuracy/reference";

const random = new Random(7);
const rows = Array.from({ length: 60 }, (_, n) => {
  const scale = [1, 30, 700, 1e4][n % 4]!;
  return Array.from({ length: 2 + random.integer(6) }, () => scale * random.normal());
});

describe("against 80-digit values", () => {
  test("logSumExp(), softmax() and logSoftmax() are within 0.51 ulp, confident rows included (D12)", () => {
    for (const z of rows) {
      const r = bigRow(z);
      const probabilities = softmax(z);
      const logs = logSoftmax(z);
      expect(ulpError(logSumExp(z), exactLse(r)), `logSumExp ${z}`).toBeLessThanOrEqual(0.51);
      for (let i = 0; i < z.length; i++) {
        expect(ulpError(probabilities[i]!, q(r, i)), `softmax ${z} at ${i}`).toBeLessThanOrEqual(0.51);
        expect(ulpError(logs[i]!, minusLogQ(r, i).neg()), `logSoftmax ${z} at ${i}`).toBeLessThanOrEqual(
          0.51,
        );
      }
    }
  });
  test("softmax() rounds probabilities near the smallest number to 0.75 ulp", () => {
    for (const gap of [690, 708.5, 715.3, 730, 744.4, 746]) {
      const z = [0, -gap, -gap + 1, 0.3];
      const r = bigRow(z);
      softmax(z).forEach((qi, i) => {
        expect(ulpError(qi, q(r, i))).toBeLessThanOrEqual(0.75);
      });
    }
  });
  test("logSumExp() of log-probabilities, near 0, keeps its digits (other libraries lose all)", () => {
    for (let n = 0; n < 40; n++) {
      const z = logSoftmax(Array.from({ length: 2 + random.integer(9) }, () => 4 * random.normal()));
      const shifted = z.map((x) => x + [0, 1e-14, -1e-9, 1e-5][n % 4]!);
      const exact = exactLse(bigRow(shifted));
      if (exact.isZero()) continue;
      expect(ulpError(logSumExp(shifted), exact), `${shifted}`).toBeLessThanOrEqual(2);
    }
    expect(logSumExp([-Math.LN2, -Math.LN2])).toBe(2.3190468138462996e-17);
    expect(logSumExp([-Math.LN2, -Math.LN2, -300, -Infinity])).toBe(2.3190468138462996e-17);
  });
  test("a Float32Array is computed in float64 and rounded once", () => {
    const z = Float32Array.from([1.1, -20.7, 3.3]);
    const r = bigRow(z);
    softmax(z).forEach((qi, i) => {
      expect(ulpError(qi, q(r, i), true)).toBeLessThanOrEqual(0.501);
    });
  });
});

// The table of semantics: what other libraries do, or get wrong, stands beside each row.
describe("special values", () => {
  test("a −Infinity logit is a masked class: probability 0, log-probability −Infinity", () => {
    expect(softmax([0, -Infinity])).toEqual([1, 0]);
    expect(logSoftmax([0, -Infinity])).toEqual([0, -Infinity]);
    expect(logSumExp([0, -Infinity])).toBe(0);
  });
  test("a row of −Infinity has logSumExp −Infinity and no softmax, as in SciPy and PyTorch", () => {
    const z = [-Infinity, -Infinity];
    expect(logSumExp(z)).toBe(-Infinity);
    expect(softmax(z)).toEqual([NaN, NaN]);
    expect(logSoftmax(z)).toEqual([NaN, NaN]);
  });
  test("a +Infinity logit gives Infinity and NaN, or with limits the one-hot limit", () => {
    expect(logSumExp([1, Infinity])).toBe(Infinity);
    expect(softmax([1, Infinity])).toEqual([NaN, NaN]);
    expect(logSoftmax([1, Infinity])).toEqual([NaN, NaN]);
    expect(softmax([1, Infinity], { limits: true })).toEqual([0, 1]);
    expect(logSoftmax([1, Infinity], { limits: true })).toEqual([-Infinity, 0]);
    expect(softmax([Infinity, 1, Infinity], { limits: true })).toEqual([0.5, 0, 0.5]);
    expect(softmax([1, 1], { limits: true })).toEqual([0.5, 0.5]);
  });
  test("a NaN logit makes its whole row NaN, and no other", () => {
    expect(logSumExp([1, NaN])).toBe(NaN);
    expect(softmax([NaN, Infinity], { limits: true })).toEqual([NaN, NaN]);
    expect(
      softmax([
        [1, NaN],
        [0, 0],
      ]),
    ).toEqual([
      [NaN, NaN],
      [0.5, 0.5],
    ]);
  });
  test("subnormal results are kept, not flushed to 0", () => {
    expect(softmax([0, -744])[1]).toBeGreaterThan(0);
    expect(logSoftmax([0, -744])[0]).toBe(0 - softmax([0, -744])[1]!);
  });
  test("logits may differ by more than the largest number", () => {
    expect(softmax([1e308, -1e308])).toEqual([1, 0]);
    expect(logSoftmax([1e308, -1e308])).toEqual([0, -Infinity]);
    expect(logSumExp([1e308, 1e308])).toBe(1e308);
  });
  test("a single class is certain", () => {
    expect(softmax([5])).toEqual([1]);
    expect(logSoftmax([5])[0]).toBe(0);
    expect(logSumExp([5])).toBe(5);
  });
});

describe("shapes", () => {
  test("rows stay rows, flat rows stay flat, typed arrays keep their kind", () => {
    expect(
      softmax([
        [0, 0],
        [1, 1],
      ]),
    ).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(softmax(Float64Array.of(0, 0, 1, 1), { classes: 2 })).toEqual(Float64Array.of(0.5, 0.5, 0.5, 0.5));
    expect(softmax(Float32Array.of(0, 0))).toEqual(Float32Array.of(0.5, 0.5));
    expect(softmax([Float64Array.of(0, 0)])[0]).toEqual(Float64Array.of(0.5, 0.5));
    expect(logSumExp([[0], [1]])).toEqual([0, 1]);
    expect(logSumExp([0, 1, 2, 3], { classes: 1 })).toEqual([0, 1, 2, 3]);
  });
  test("out receives the result and is returned; the logits are never written to", () => {
    const z = Float64Array.of(1, 1, 2, 2);
    const out = new Float32Array(4);
    expect(softmax(z, { classes: 2, out })).toBe(out);
    expect([...out]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect([...z]).toEqual([1, 1, 2, 2]);
    expect(
      logSoftmax(
        [
          [0, 0],
          [0, 0],
        ],
        { out: [9, 9, 9, 9] },
      ),
    ).toEqual(Array(4).fill(-Math.LN2));
  });
  test("adding a multiple of 1/8 to logits that are such multiples changes no digit", () => {
    const z = [0.125, -3, 2.5];
    expect(softmax(z.map((x) => x + 2 ** 40))).toEqual(softmax(z));
  });
});
