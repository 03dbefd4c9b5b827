import {
  crossEntropy,
  normalise,
  oneHot,
  Random,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithGradient,
} from "cross-entropy";
import { describe, expect, test } from "vitest";
import { big, bigRow, minusLogQ, one, q, qMinusOne, scored, ulpError } from "../../tools/accuracy/reference";

const random = new Random(11);
const logits = (V: number, scale: number) => Array.from({ length: V }, () => scale * random.normal());
const cases = Array.from({ length: 60 }, (_, n) => {
  const V = 2 + random.integer(6);
  return {
    z: logits(V, [1, 30, 700, 1e4][n % 4]!),
    y: random.integer(V),
    t: random.dirichlet(Array(V).fill(0.5)),
  };
});
const { log } = Math;

describe("against 80-digit values", () => {
  test("the loss at a class is within 0.51 ulp, its gradient within 0.51 (D13)", () => {
    for (const { z, y } of cases) {
      const r = bigRow(z);
      const { loss, gradZ } = softmaxCrossEntropyWithGradient(y, z);
      expect(ulpError(loss, minusLogQ(r, y)), `${z} at ${y}`).toBeLessThanOrEqual(0.51);
      expect(softmaxCrossEntropy(y, z)).toBe(loss);
      gradZ.forEach((g, k) => {
        expect(ulpError(g, k === y ? qMinusOne(r, y) : q(r, k)), `${z} at ${k}`).toBeLessThanOrEqual(0.51);
      });
    }
  });
  test("the loss of a soft target is within 1 ulp", () => {
    for (const { z, t } of cases)
      expect(ulpError(softmaxCrossEntropy(t, z), scored(bigRow(z), t.map(big)))).toBeLessThanOrEqual(1);
  });
  test("label smoothing is within 1.6 ulp", () => {
    for (const { z, y } of cases) {
      const eps = big(0.1);
      const t = z.map((_, k) => (k === y ? one.minus(eps) : big(0)).plus(eps.div(z.length)));
      expect(
        ulpError(softmaxCrossEntropy(y, z, { labelSmoothing: 0.1 }), scored(bigRow(z), t)),
      ).toBeLessThanOrEqual(1.6);
    }
  });
});

describe("targets", () => {
  test("a one-hot distribution scores as its class", () => {
    for (const { z, y } of cases) {
      const hard = softmaxCrossEntropyWithGradient(y, z);
      const soft = softmaxCrossEntropyWithGradient(oneHot(y, z.length), z);
      expect(soft.loss).toBeCloseTo(hard.loss, 12);
      soft.gradZ.forEach((g, k) => {
        expect(g).toBeCloseTo(hard.gradZ[k]!, 15);
      });
    }
  });
  test("the loss is the cross-entropy of the softmax", () => {
    for (const { z, t } of cases.filter((_, n) => n % 4 === 0))
      expect(softmaxCrossEntropy(t, z)).toBeCloseTo(crossEntropy(t, softmax(z)), 13);
  });
  test("rows, flat rows and single rows agree, in every reduction", () => {
    const Z = [logits(3, 2), logits(3, 2), logits(3, 2)];
    const flat = Float64Array.from(Z.flat());
    const y = [2, 0, 1];
    const each = Z.map((z, b) => softmaxCrossEntropy(y[b]!, z));
    const mean = softmaxCrossEntropyWithGradient(y, Z);
    expect(softmaxCrossEntropy(y, Z, { reduction: "none" })).toEqual(each);
    expect(softmaxCrossEntropy(y, Z, { reduction: "sum" })).toBeCloseTo(each[0]! + each[1]! + each[2]!, 14);
    expect(softmaxCrossEntropy(y, Z)).toBe(mean.loss);
    const flatMean = softmaxCrossEntropyWithGradient(Int32Array.from(y), flat, { classes: 3 });
    expect(flatMean.loss).toBe(mean.loss);
    expect([...flatMean.gradZ]).toEqual(mean.gradZ.flat());
    expect(flatMean.gradZ).toBeInstanceOf(Float64Array);
    const T = y.map((c) => oneHot(c, 3));
    expect(softmaxCrossEntropy(T.flat(), flat, { classes: 3 })).toBeCloseTo(mean.loss, 14);
    expect(softmaxCrossEntropy(T, Z)).toBeCloseTo(mean.loss, 14);
    const out = new Float32Array(9);
    expect(softmaxCrossEntropyWithGradient(y, Z, { out }).gradZ).toBe(out);
    expect(out[0]).toBe(Math.fround(mean.gradZ[0]![0]!));
    expect(softmaxCrossEntropyWithGradient(y, Z, { reduction: "none" }).loss).toEqual(each);
  });
  test("each gradient sums to 0, since prediction and target both sum to 1 (D13)", () => {
    for (const { z, t } of cases)
      expect(softmaxCrossEntropyWithGradient(t, z).gradZ.reduce((a, b) => a + b)).toBeCloseTo(0, 14);
  });
});

describe("special values", () => {
  test("0 · log 0 is 0: a −Infinity logit without target mass adds nothing (optax #896; PyTorch gives NaN)", () => {
    const { loss, gradZ } = softmaxCrossEntropyWithGradient([0.5, 0.5, 0], [0, 0, -Infinity]);
    expect(loss).toBe(Math.LN2);
    expect(gradZ).toEqual([0, 0, 0]);
  });
  test("a class of logit −Infinity costs Infinity when it happens, and others' gradients stay finite (optax #1762)", () => {
    expect(softmaxCrossEntropy(1, [0, -Infinity])).toBe(Infinity);
    expect(softmaxCrossEntropy([0.5, 0.5], [0, -Infinity])).toBe(Infinity);
    const { gradZ } = softmaxCrossEntropyWithGradient(0, [0, 0, -Infinity]);
    expect(gradZ).toEqual([-0.5, 0.5, 0]);
  });
  test("a row of −Infinity is NaN, loss and gradient", () => {
    const { loss, gradZ } = softmaxCrossEntropyWithGradient(0, [-Infinity, -Infinity]);
    expect(loss).toBe(NaN);
    expect(gradZ).toEqual([NaN, NaN]);
  });
  test("a +Infinity logit is NaN by default; with limits 0 or Infinity", () => {
    expect(softmaxCrossEntropy(0, [Infinity, 0])).toBe(NaN);
    expect(softmaxCrossEntropy(0, [Infinity, 0], { limits: true })).toBe(0);
    expect(softmaxCrossEntropy(1, [Infinity, 0], { limits: true })).toBe(Infinity);
    expect(softmaxCrossEntropyWithGradient(1, [Infinity, 0], { limits: true }).gradZ).toEqual([1, -1]);
  });
  test("a NaN logit makes loss and gradient of its row NaN, not of others", () => {
    const { loss, gradZ } = softmaxCrossEntropyWithGradient(
      [0, 0],
      [
        [NaN, 0],
        [0, 0],
      ],
      { reduction: "none" },
    );
    expect(loss).toEqual([NaN, Math.LN2]);
    expect(gradZ).toEqual([
      [NaN, NaN],
      [-0.5, 0.5],
    ]);
  });
  test("ignored rows are never read: loss 0 and gradient 0 even if NaN (PyTorch #11551)", () => {
    const { loss, gradZ } = softmaxCrossEntropyWithGradient(
      [-100, 0],
      [
        [NaN, Infinity],
        [0, 0],
      ],
      {
        ignoreIndex: -100,
      },
    );
    expect(loss).toBe(Math.LN2);
    expect(gradZ).toEqual([
      [0, 0],
      [-0.5, 0.5],
    ]);
    const none = { ignoreIndex: -100, reduction: "none", labelSmoothing: 0.1 } as const;
    expect(softmaxCrossEntropy([-100], [[NaN, 1]], none)).toEqual([0]);
  });
  test("all rows ignored: NaN as in PyTorch (#75181), or 0 if asked", () => {
    const options = { ignoreIndex: -1 };
    expect(softmaxCrossEntropy([-1], [[1, 2]], options)).toBe(NaN);
    expect(softmaxCrossEntropy([-1], [[1, 2]], { ...options, emptyMean: 0 })).toBe(0);
    expect(softmaxCrossEntropy([-1], [[1, 2]], { ...options, reduction: "sum" })).toBe(0);
  });
  test("total weight 0 is an empty mean, and weight 0 on an impossible class costs 0", () => {
    expect(softmaxCrossEntropy([0], [[1, 2]], { weight: [0, 1] })).toBe(NaN);
    expect(softmaxCrossEntropy([0], [[1, 2]], { weight: [0, 1], emptyMean: 0 })).toBe(0);
    expect(softmaxCrossEntropyWithGradient(0, [-Infinity, 2], { weight: [0, 1], reduction: "sum" })).toEqual({
      loss: 0,
      gradZ: [0, 0],
    });
  });
});

describe("weights, smoothing and masks", () => {
  const Z = [
    [0.5, -1, 2],
    [1, 0, -0.5],
  ];
  const loss = (c: number, z: readonly number[]) => softmaxCrossEntropy(c, z);
  test("a weighted mean divides by the weights of the classes, not by N (D19; PyTorch #8062)", () => {
    const weight = [1, 2, 5];
    const expected = (5 * loss(2, Z[0]!) + 1 * loss(0, Z[1]!)) / 6;
    expect(softmaxCrossEntropy([2, 0], Z, { weight })).toBeCloseTo(expected, 14);
    const { gradZ } = softmaxCrossEntropyWithGradient([2, 0], Z, { weight });
    const alone = softmaxCrossEntropyWithGradient(2, Z[0]!).gradZ;
    gradZ[0]!.forEach((g, k) => {
      expect(g).toBeCloseTo((5 * alone[k]!) / 6, 15);
    });
  });
  test("with distributions as targets it divides by N", () => {
    const t = [
      [0.2, 0.3, 0.5],
      [1, 0, 0],
    ];
    const weight = [1, 2, 5];
    const a = t.map((row) => row.map((x, k) => x * weight[k]!));
    const expected = (scored(bigRow(Z[0]!), a[0]!.map(big)).toNumber() + loss(0, Z[1]!)) / 2;
    expect(softmaxCrossEntropy(t, Z, { weight })).toBeCloseTo(expected, 14);
  });
  test("label smoothing mixes the target with the uniform distribution (D17)", () => {
    const t = [0.1 / 3, 0.1 / 3, 0.9 + 0.1 / 3];
    expect(softmaxCrossEntropy(2, Z[0]!, { labelSmoothing: 0.1 })).toBeCloseTo(
      softmaxCrossEntropy(t, Z[0]!),
      14,
    );
    expect(softmaxCrossEntropy(t, Z[0]!, { labelSmoothing: 0 })).toBe(softmaxCrossEntropy(t, Z[0]!));
    expect(softmaxCrossEntropy(2, [0, 0, -Infinity].reverse(), { labelSmoothing: 0.1 })).toBe(Infinity);
  });
  test("a mask takes classes out of the softmax and of the smoothing", () => {
    const mask = [true, false, true];
    const two = [0.5, 2];
    const options = { mask, labelSmoothing: 0.1 };
    expect(softmaxCrossEntropy(2, Z[0]!, options)).toBeCloseTo(
      softmaxCrossEntropy(1, two, { labelSmoothing: 0.1 }),
      14,
    );
    const { gradZ } = softmaxCrossEntropyWithGradient(2, Z[0]!, options);
    expect(gradZ[1]).toBe(0);
    expect(softmaxCrossEntropy(1, Z[0]!, { mask })).toBe(Infinity);
    expect(softmaxCrossEntropy(0, Z[0]!, { mask })).toBe(softmaxCrossEntropy(0, two));
  });
  test("the gradient is the slope of the loss under every option", () => {
    const weight = [0.5, 2, 1];
    const targets = [
      [0, 2],
      [normalise([1, 2, 3]), normalise([3, 0, 1])],
    ];
    for (const target of targets)
      for (const options of [
        {},
        { weight },
        { weight, labelSmoothing: 0.2 },
        { reduction: "sum" as const },
      ]) {
        const { gradZ } = softmaxCrossEntropyWithGradient(target, Z, options);
        for (let b = 0; b < 2; b++)
          for (let k = 0; k < 3; k++) {
            const at = (h: number) =>
              softmaxCrossEntropy(
                target,
                Z.map((z, i) => z.map((x, j) => (i === b && j === k ? x + h : x))),
                options,
              );
            expect(gradZ[b]![k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 9);
          }
      }
  });
  test("known values: PyTorch's documented numbers for a batch", () => {
    expect(
      softmaxCrossEntropy(
        [0, 1],
        [
          [2, 1, 0.1],
          [0.5, 2.5, 0.3],
        ],
      ),
    ).toBeCloseTo((log(1 + Math.exp(-1) + Math.exp(-1.9)) + log(1 + Math.exp(-2) + Math.exp(-2.2))) / 2, 14);
  });
});
