import {
  absoluteScore,
  brierScore,
  crossEntropy,
  expectedScore,
  growthRate,
  klDivergence,
  logScore,
  mean,
  Random,
  scoreDecomposition,
  simplexGrid,
  sphericalScore,
  zeroOneScore,
} from "cross-entropy";
import { describe, expect, test } from "vitest";

const random = new Random(8);

describe("proper scores (D15)", () => {
  test.each([
    ["logScore", logScore],
    ["brierScore", brierScore],
    ["sphericalScore", sphericalScore],
  ] as const)("%s: no forecast beats the truth", (_, score) => {
    for (const p of [
      [0.7, 0.2, 0.1],
      [0.5, 0.5, 0],
      [0.2, 0.3, 0.5],
    ]) {
      const honest = expectedScore(score, p, p);
      for (const q of simplexGrid(3, 20)) {
        const other = expectedScore(score, p, q);
        if (q.some((x, k) => Math.abs(x - p[k]!) > 1e-9)) expect(other).toBeGreaterThan(honest);
      }
    }
  });
  test("absoluteScore() is not proper: at p = 0.7 it says 1", () => {
    expect(expectedScore(absoluteScore, [0.7, 0.3], [1, 0])).toBeLessThan(
      expectedScore(absoluteScore, [0.7, 0.3], [0.7, 0.3]),
    );
  });
  test("zeroOneScore() sees only the favourite", () => {
    expect(expectedScore(zeroOneScore, [0.7, 0.3], [0.51, 0.49])).toBe(0.3);
    expect(expectedScore(zeroOneScore, [0.7, 0.3], [0.49, 0.51])).toBe(0.7);
  });
  test("expectedScore() of logScore() is the cross-entropy", () => {
    expect(expectedScore(logScore, [0.7, 0.3], [0.4, 0.6])).toBeCloseTo(
      crossEntropy([0.7, 0.3], [0.4, 0.6]),
      15,
    );
    expect(expectedScore(logScore, [1, 0], [1, 0])).toBe(0);
  });
  test("growthRate() is best for honest bets and falls by the divergence (Kelly)", () => {
    const [p, q, r] = [
      [0.6, 0.3, 0.1],
      [0.4, 0.4, 0.2],
      [0.3, 0.3, 0.4],
    ];
    expect(growthRate(p!, p!, r!)).toBeCloseTo(klDivergence(p!, r!), 15);
    expect(growthRate(p!, q!, r!)).toBeCloseTo(klDivergence(p!, r!) - klDivergence(p!, q!), 15);
    expect(growthRate([0.5, 0.5], [1, 0], [0.5, 0.5])).toBe(-Infinity);
  });
});

describe("scoreDecomposition()", () => {
  const forecast = Array.from({ length: 500 }, () => random.integer(11) / 10);
  const hit = forecast.map((p) => random.uniform() < 0.2 + 0.6 * p);
  test("brier: reliability − resolution + uncertainty is the mean score", () => {
    const { score, reliability, resolution, uncertainty } = scoreDecomposition(hit, forecast);
    expect(reliability - resolution + uncertainty).toBeCloseTo(score, 14);
    expect(score).toBeCloseTo(mean(forecast.map((p, n) => (p - Number(hit[n])) ** 2)), 14);
  });
  test("log: the same with divergences and entropies", () => {
    const inner = forecast.map((p) => 0.05 + 0.9 * p);
    const { score, reliability, resolution, uncertainty } = scoreDecomposition(hit, inner, "log");
    expect(reliability - resolution + uncertainty).toBeCloseTo(score, 14);
    expect(score).toBeCloseTo(mean(inner.map((p, n) => logScore(hit[n] ? 1 : 0, [1 - p, p]))), 14);
  });
  test("always saying the average is reliable, and resolves nothing", () => {
    const parts = scoreDecomposition([1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]);
    expect(parts).toEqual({ score: 0.1875, reliability: 0, resolution: 0, uncertainty: 0.1875 });
  });
});
