import {
  calibrationError,
  costThreshold,
  distillationLoss,
  distillationLossWithGradient,
  entropy,
  fitTemperature,
  klDivergence,
  maskedTally,
  optimalLogitGap,
  pooledMean,
  Random,
  reliability,
  smoothedTarget,
  smoothingFloor,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithGradient,
  temperatureSlope,
  topLabel,
  unweight,
  weightedMinimiser,
} from "cross-entropy";
import { describe, expect, test } from "vitest";
import { big, bigRow, q as exactQ, minusLogQ, row, ulpError, zero } from "../../tools/accuracy/reference";

const random = new Random(33);
const normals = (n: number, scale = 1) => Array.from({ length: n }, () => scale * random.normal());

describe("calibration", () => {
  test("a forecast of 1 belongs to the last bin, empty bins are left out, and equal mass balances counts", () => {
    const bins = reliability([1, 1, 0], [1, 0.95, 0.05], { bins: 10 });
    expect(bins.map(({ count }) => count)).toEqual([1, 2]);
    expect(bins[1]).toEqual({ low: 0.9, high: 1, count: 2, confidence: 0.975, frequency: 1, se: 0 });
    const equal = reliability(
      Array(90).fill(true),
      Array.from({ length: 90 }, (_, n) => (n / 90) ** 3),
      {
        bins: 9,
        equalMass: true,
      },
    );
    expect(equal.map(({ count }) => count)).toEqual(Array(9).fill(10));
    expect(equal[8]!.high).toBe((89 / 90) ** 3);
  });
  test("calibrationError() in torchmetrics' three norms, by hand", () => {
    const [hit, confidence] = [
      [1, 0, 1, 0],
      [0.9, 0.8, 0.3, 0.2],
    ];
    const gaps = [Math.abs(0.5 - 0.85), Math.abs(0.5 - 0.25)];
    const at = (norm: "l1" | "l2" | "max") => calibrationError(hit, confidence, { bins: 2, norm });
    expect(at("l1")).toBeCloseTo((gaps[0]! + gaps[1]!) / 2, 15);
    expect(at("l2")).toBeCloseTo(Math.sqrt((gaps[0]! ** 2 + gaps[1]! ** 2) / 2), 15);
    expect(at("max")).toBeCloseTo(gaps[0]!, 15);
  });
  test("the constant average is calibrated and knows nothing", () => {
    expect(calibrationError([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25])).toBe(0);
  });
  test("topLabel() takes the first of equal favourites", () => {
    expect(topLabel([1], [[0.5, 0.5]])).toEqual({ hit: [false], confidence: [0.5] });
  });
});

describe("fitTemperature() (D16)", () => {
  const Z = Array.from({ length: 2000 }, () => normals(3, 2));
  const y = Z.map((z) => random.categorical(softmax(z.map((x) => x / 2))));
  test("recovers a known temperature, with derivative 0 there and no more loss than at 1", () => {
    const fit = fitTemperature(y, Z);
    expect(Math.abs(fit.temperature - 2)).toBeLessThan(0.3);
    expect(temperatureSlope(y, Z, 1 / fit.temperature).first).toBeCloseTo(0, 12);
    expect(fit.loss).toBeLessThanOrEqual(fit.lossAtOne);
    expect(fit.lossAtOne).toBeCloseTo(softmaxCrossEntropy(y, Z), 13);
    expect(fit.steps).toBeLessThan(12);
  });
  test("everything right: temperature 0; worse than chance: Infinity", () => {
    expect(
      fitTemperature(
        [0, 1],
        [
          [1, 0],
          [0, 2],
        ],
      ),
    ).toMatchObject({ temperature: 0, loss: 0 });
    expect(fitTemperature([0], [[1, 1]])).toMatchObject({ temperature: Infinity, loss: Math.LN2 });
    expect(
      fitTemperature(
        [0, 0],
        [
          [1, 1],
          [2, 1],
        ],
      ),
    ).toMatchObject({ temperature: 0, loss: Math.LN2 / 2 });
    expect(
      fitTemperature(
        [1, 1],
        [
          [1, 0],
          [0.5, 0],
        ],
      ),
    ).toMatchObject({ temperature: Infinity, loss: Math.LN2 });
  });
  test("Newton is kept between its bounds: a very hot and a very cold optimum are both found", () => {
    for (const scale of [1e-3, 1e3]) {
      const scaled = Z.map((z) => z.map((x) => x * scale));
      const fit = fitTemperature(y, scaled);
      expect(fit.temperature / scale).toBeCloseTo(fitTemperature(y, Z).temperature, 6);
    }
  });
});

describe("label smoothing (D17)", () => {
  test("the three conventions", () => {
    expect(smoothedTarget(2, 5, 0.1)).toEqual(
      [0.02, 0.02, 0.92, 0.02, 0.02].map((x) => expect.closeTo(x, 15)),
    );
    expect(smoothedTarget(0, 3, 0.1, "others")).toEqual([0.9, 0.05, 0.05]);
    expect(smoothedTarget(1, 4, 0.1, "padded")).toEqual([0, 0.9, 0.05, 0.05]);
    for (const convention of ["all", "others", "padded"] as const)
      expect(smoothedTarget(1, 7, 0.3, convention).reduce((a, b) => a + b)).toBeCloseTo(1, 15);
  });
  test("the floor and the optimal gap are reached at the target itself", () => {
    expect(smoothingFloor(5, 0.1)).toBeCloseTo(0.3896729, 7);
    expect(optimalLogitGap(5, 0.1)).toBeCloseTo(3.8286414, 7);
    expect(optimalLogitGap(5, 0)).toBe(Infinity);
    for (const convention of ["all", "others"] as const) {
      const gap = optimalLogitGap(6, 0.2, convention);
      const target = smoothedTarget(0, 6, 0.2, convention);
      const { loss, gradZ } = softmaxCrossEntropyWithGradient(target, [gap, 0, 0, 0, 0, 0]);
      expect(loss).toBeCloseTo(smoothingFloor(6, 0.2, convention), 14);
      for (const g of gradZ) expect(g).toBeCloseTo(0, 15);
    }
    expect(smoothingFloor(37_000, 0.1)).toBeCloseTo(1.3769, 4);
  });
});

describe("distillation (D18)", () => {
  test("at temperature 1 it is the divergence, and 0 iff the logits agree up to a constant", () => {
    for (let n = 0; n < 20; n++) {
      const [u, v] = [normals(5, 2), normals(5, 2)];
      expect(distillationLoss(u, v)).toBeCloseTo(klDivergence(softmax(u), softmax(v)), 13);
      expect(
        distillationLoss(
          u,
          u.map((x) => x + 8),
          { temperature: 3 },
        ),
      ).toBeCloseTo(0, 14);
    }
    expect(distillationLossWithGradient([1, 2], [3, 4]).gradZ).toEqual([0, 0]);
  });
  test("within 4 ulp, near and far (the textbook loses every digit near)", () => {
    for (const size of [1e-12, 1e-6, 1e-2, 1, 50])
      for (let n = 0; n < 6; n++) {
        const teacher = normals(4, 2);
        const student = teacher.map((x) => x + size * random.normal());
        const T = 2;
        const [u, v] = [row(teacher.map((x) => big(x).div(T))), row(student.map((x) => big(x).div(T)))];
        const exact = teacher.reduce(
          (s, _, k) => s.plus(exactQ(u, k).times(minusLogQ(v, k).minus(minusLogQ(u, k)))),
          zero,
        );
        expect(
          ulpError(distillationLoss(teacher, student, { temperature: T }), exact.times(T * T)),
        ).toBeLessThanOrEqual(4);
      }
  });
  test("confident and opposed logits do not overflow", () => {
    expect(distillationLoss([1000, 0], [0, 1000])).toBe(1000);
    expect(distillationLoss([0, 1000], [1000, 0].reverse())).toBeCloseTo(0, 300);
    const far = distillationLoss([800, 0, 1], [0, 1, 900]);
    expect(ulpError(far, minusLogQ(bigRow([0, 1, 900]), 0))).toBeLessThanOrEqual(2);
  });
  test("the gradient is the slope, with a hard part too; T² keeps its size", () => {
    const [teacher, student] = [[normals(3)], [normals(3)]];
    for (const options of [{ temperature: 3 }, { temperature: 2, alpha: 0.3, target: [1] }]) {
      const { gradZ, loss } = distillationLossWithGradient(teacher, student, options);
      expect(loss).toBe(distillationLoss(teacher, student, options));
      for (let k = 0; k < 3; k++) {
        const at = (h: number) =>
          distillationLoss(teacher, [student[0]!.map((x, j) => (j === k ? x + h : x))], options);
        expect(gradZ[0]![k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
      }
    }
    const u = [1, -1, 0];
    const v = [0, 0.5, -0.5];
    const hot = distillationLossWithGradient(u, v, { temperature: 500 }).gradZ;
    hot.forEach((g, k) => {
      expect(g / ((v[k]! - u[k]!) / 3)).toBeCloseTo(1, 2);
    });
    const hard = distillationLossWithGradient(u, v, { alpha: 0, target: 0 });
    expect(hard.loss).toBe(softmaxCrossEntropy(0, v));
  });
});

describe("weights and denominators (D19)", () => {
  test("unweight() undoes weightedMinimiser()", () => {
    const [p, w] = [
      [0.1, 0.2, 0.7],
      [5, 1, 2],
    ];
    unweight(weightedMinimiser(p, w), w).forEach((x, k) => {
      expect(x).toBeCloseTo(p[k]!, 15);
    });
    expect(costThreshold(1, 3)).toBe(0.25);
  });
  test("weightedMinimiser() has the least weighted loss", () => {
    const [p, w] = [
      [0.1, 0.2, 0.7],
      [5, 1, 2],
    ];
    const q = weightedMinimiser(p, w);
    const { gradZ } = softmaxCrossEntropyWithGradient(p, q.map(Math.log), { weight: w, reduction: "sum" });
    for (const g of gradZ) expect(g).toBeCloseTo(0, 15);
  });
  test("masked losses are not read, and micro-batches pool by counts (1.1, not 2.0)", () => {
    expect(maskedTally([NaN, 0.5], [false, true])).toEqual({ sum: 0.5, count: 1 });
    expect(pooledMean([{ sum: 0, count: 0 }])).toBe(NaN);
    expect(pooledMean([{ sum: 0, count: 0 }], 0)).toBe(0);
    expect(pooledMean([maskedTally([0.5, 0.6, 9], [true, true, false])])).toBe(0.55);
  });
  test("entropy of the smoothed target is the smoothing floor", () => {
    expect(smoothingFloor(4, 0.2, "padded")).toBe(entropy(smoothedTarget(3, 4, 0.2, "padded")));
  });
});
