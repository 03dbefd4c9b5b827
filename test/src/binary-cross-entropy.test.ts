import {
  binaryCrossEntropy,
  binaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogitsWithGradient,
  log1mExp,
  log1pExp,
  logSigmoid,
  Random,
  sigmoid,
  softmaxCrossEntropy,
  xlog1py,
  xlogy,
} from "cross-entropy";
import { describe, expect, test } from "vitest";
import { big, sigmoid as exactSigmoid, log1p, one, softplus, ulpError } from "../../tools/accuracy/reference";

const random = new Random(3);
const logits = Array.from({ length: 80 }, (_, n) => [1, 10, 40, 700][n % 4]! * random.normal());

describe("against 80-digit values", () => {
  test("log1pExp(), sigmoid() and logSigmoid() are within 0.51 ulp (D11)", () => {
    for (const z of [...logits, 744, -744, 1e-300, 0]) {
      expect(ulpError(log1pExp(z), softplus(big(z))), `log1pExp(${z})`).toBeLessThanOrEqual(0.51);
      expect(ulpError(logSigmoid(z), softplus(big(-z)).neg()), `logSigmoid(${z})`).toBeLessThanOrEqual(0.51);
      expect(ulpError(sigmoid(z), exactSigmoid(big(z))), `sigmoid(${z})`).toBeLessThanOrEqual(0.51);
    }
  });
  test("log1mExp() is within 2 ulp on both sides of log 2", () => {
    for (const x of [-1e-20, -1e-9, -0.1, -0.69, -0.7, -5, -40, -700])
      expect(ulpError(log1mExp(x), log1p(big(x).exp().neg() as never))).toBeLessThanOrEqual(2);
  });
  test("the loss is within 1 ulp and its gradient within 1.5, for hard and soft labels", () => {
    for (const z of logits)
      for (const y of [0, 1, 0.3, 0.999]) {
        const exact = softplus(big(-z))
          .times(big(y))
          .plus(softplus(big(z)).times(one.minus(big(y))));
        const gradient = exactSigmoid(big(z))
          .times(one.minus(big(y)))
          .minus(exactSigmoid(big(-z)).times(big(y)));
        const { loss, gradZ } = binaryCrossEntropyWithLogitsWithGradient(y, z);
        expect(ulpError(loss, exact), `${y} ${z}`).toBeLessThanOrEqual(1);
        expect(ulpError(gradZ, gradient), `gradient ${y} ${z}`).toBeLessThanOrEqual(1.5);
      }
  });
});

describe("special values", () => {
  test("at z = ±Infinity the loss is its limit (numpyro #2240; PyTorch #49844 gives NaN)", () => {
    expect(binaryCrossEntropyWithLogits(1, Infinity)).toBe(0);
    expect(binaryCrossEntropyWithLogits(0, Infinity)).toBe(Infinity);
    expect(binaryCrossEntropyWithLogits(0, -Infinity)).toBe(0);
    expect(binaryCrossEntropyWithLogits(1, -Infinity)).toBe(Infinity);
    expect(binaryCrossEntropyWithLogits(0.5, Infinity)).toBe(Infinity);
    expect(binaryCrossEntropyWithLogits(0.5, -Infinity, { posWeight: 0 })).toBe(0);
    expect(
      binaryCrossEntropyWithLogitsWithGradient([1, 0], [Infinity, Infinity], { reduction: "sum" }).gradZ,
    ).toEqual([0, 1]);
  });
  test("NaN stays NaN", () => {
    expect(binaryCrossEntropyWithLogits(1, NaN)).toBe(NaN);
    expect(binaryCrossEntropyWithLogitsWithGradient(0, NaN).gradZ).toBe(NaN);
    expect([log1pExp(NaN), sigmoid(NaN), xlogy(0, NaN), xlog1py(0, NaN)]).toEqual([NaN, NaN, NaN, NaN]);
  });
  test("xlogy() and xlog1py() take 0 · log 0 as 0 (SciPy)", () => {
    expect([xlogy(0, 0), xlogy(0, Infinity), xlog1py(0, -1)]).toEqual([0, 0, 0]);
    expect([xlogy(2, 0), xlog1py(2, -1)]).toEqual([-Infinity, -Infinity]);
    expect(xlogy(1, -1)).toBe(NaN);
  });
  test("log1mExp() has its limits", () => {
    expect([log1mExp(0), log1mExp(-Infinity), log1mExp(1)]).toEqual([-Infinity, -0, NaN]);
  });
  test("log1pExp(), sigmoid() and logSigmoid() at ±Infinity", () => {
    expect([log1pExp(Infinity), log1pExp(-Infinity), logSigmoid(Infinity), logSigmoid(-Infinity)]).toEqual([
      Infinity,
      0,
      0,
      -Infinity,
    ]);
    expect([sigmoid(Infinity), sigmoid(-Infinity)]).toEqual([1, 0]);
  });
  test("binaryCrossEntropy() of a certain forecast is 0 or Infinity, never clipped", () => {
    expect([binaryCrossEntropy(1, 1), binaryCrossEntropy(0, 1)]).toEqual([0, Infinity]);
    expect(binaryCrossEntropy(1, 0.95)).toBeCloseTo(0.0513, 4);
    expect(binaryCrossEntropy(0, 0.95)).toBeCloseTo(2.9957, 4);
    expect(binaryCrossEntropy(0.8, 0.8)).toBeCloseTo(0.5004, 4);
  });
  test("binaryCrossEntropyWithLogits(): z = ±800 costs 800, z = 40 costs 4.2e-18", () => {
    expect(binaryCrossEntropyWithLogits(1, -800)).toBe(800);
    expect(binaryCrossEntropyWithLogits(1, 40)).toBe(4.248354255291589e-18);
  });
});

describe("several labels", () => {
  const Y = [[1, 0, 0.5]];
  const Z = [[2, -1, 0.3]];
  const each = Y[0]!.map((y, k) => binaryCrossEntropyWithLogits(y, Z[0]![k]!));
  test("the mean divides by the number of labels, whatever the weights", () => {
    expect(binaryCrossEntropyWithLogits(Y, Z)).toBeCloseTo((each[0]! + each[1]! + each[2]!) / 3, 15);
    expect(binaryCrossEntropyWithLogits(Y, Z, { reduction: "none" })).toEqual([each]);
    expect(binaryCrossEntropyWithLogits(Y[0]!, Z[0]!, { reduction: "none" })).toEqual(each);
    expect(binaryCrossEntropyWithLogits(1, 2, { reduction: "none" })).toBe(each[0]);
    expect(binaryCrossEntropyWithLogits(Y, Z, { weight: [2, 0, 0], reduction: "sum" })).toBe(2 * each[0]!);
    expect(binaryCrossEntropyWithLogits(Y, Z, { weight: 3 })).toBeCloseTo(each[0]! + each[1]! + each[2]!, 15);
  });
  test("posWeight multiplies the term of 1 only (D19)", () => {
    expect(binaryCrossEntropyWithLogits(1, 0.7, { posWeight: 3 })).toBe(3 * log1pExp(-0.7));
    expect(binaryCrossEntropyWithLogits(0, 0.7, { posWeight: 3 })).toBe(log1pExp(0.7));
    expect(binaryCrossEntropyWithLogits(0.25, 0.7, { posWeight: 3 })).toBeCloseTo(
      0.75 * log1pExp(-0.7) + 0.75 * log1pExp(0.7),
      15,
    );
    expect(binaryCrossEntropyWithLogits(1, 0.7, { posWeight: 0 })).toBe(0);
  });
  test("the gradient is the slope of the loss", () => {
    for (const options of [
      {},
      { weight: [1, 2, 3] },
      { posWeight: [4, 1, 0.5] },
      { reduction: "sum" as const },
    ]) {
      const { gradZ } = binaryCrossEntropyWithLogitsWithGradient(Y, Z, options);
      for (let k = 0; k < 3; k++) {
        const at = (h: number) =>
          binaryCrossEntropyWithLogits(Y, [Z[0]!.map((z, j) => (j === k ? z + h : z))], options);
        expect(gradZ[0]![k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 9);
      }
    }
    const out = new Float64Array(3);
    expect(binaryCrossEntropyWithLogitsWithGradient(Y, Z, { out }).gradZ).toBe(out);
  });
  test("two classes and one logit are the same model: softmax of (z, 0) is the sigmoid of z (D11)", () => {
    for (const z of logits) expect(binaryCrossEntropyWithLogits(1, z)).toBe(softmaxCrossEntropy(0, [z, 0]));
  });
});
