import {
  crossEntropy,
  entropy,
  fromBits,
  jsDivergence,
  klDivergence,
  mixture,
  normalise,
  oneHotCrossEntropy,
  perplexity,
  Random,
  surprisal,
  toBits,
  totalVariation,
  ulp,
  uniform,
} from "cross-entropy";
import { describe, expect, test } from "vitest";
import { big, bigSum, expectUlp } from "./precise";

const random = new Random(2024);
const pairs = Array.from({ length: 300 }, () => {
  const V = 2 + random.integer(20);
  const alpha = new Array(V).fill(10 ** (2 * random.uniform() - 1));
  return { p: random.dirichlet(alpha), q: random.dirichlet(alpha) };
}).filter(({ p, q }) => Math.min(...p, ...q) > 1e-300);

const exactEntropy = (p: number[]) => exactCrossEntropy(p, p);
const exactCrossEntropy = (p: number[], q: number[]) =>
  bigSum(p.length, (i) => (p[i] === 0 ? big(0) : big(p[i]!).times(big(q[i]!).ln()).neg()));
const exactKl = (p: number[], q: number[]) =>
  bigSum(p.length, (i) => (p[i] === 0 ? big(0) : big(p[i]!).times(big(p[i]!).div(big(q[i]!)).ln())));
const exactJs = (p: number[], q: number[]) => {
  const half = (a: number[], b: number[]) =>
    bigSum(a.length, (i) => {
      if (a[i] === 0) return big(0);
      const m = big(a[i]!).plus(big(b[i]!)).div(2);
      return big(a[i]!).times(big(a[i]!).div(m).ln());
    });
  return half(p, q).plus(half(q, p)).div(2);
};

describe("against 64-digit values", () => {
  test("surprisal() is within 1 ulp from certainty to 1e-300", () => {
    for (const p of [1 - 2 ** -53, 1 - 1e-9, 0.99, 0.75, 0.5, 0.3, 1e-6, 1e-300, 5e-324])
      expectUlp(surprisal(p), big(p).ln().neg(), 1);
  });
  test("entropy() is within 1 ulp", () => {
    for (const { p } of pairs) expectUlp(entropy(p), exactEntropy(p), 1);
  });
  test("entropy() is within 2 ulp for a nearly certain outcome", () => {
    for (const e of [1e-3, 1e-8, 1e-12, 2 ** -53])
      expectUlp(entropy([1 - e, e]), exactEntropy([1 - e, e]), 2);
  });
  test("crossEntropy() is within 1.2 ulp", () => {
    for (const { p, q } of pairs) expectUlp(crossEntropy(p, q), exactCrossEntropy(p, q), 1.2);
  });
  test("klDivergence() is within 2.5 ulp for unrelated distributions", () => {
    for (const { p, q } of pairs) expectUlp(klDivergence(p, q), exactKl(p, q), 2.5);
  });
  test("klDivergence() keeps its digits when the distributions nearly agree (D5)", () => {
    for (const { p } of pairs)
      for (const size of [1e-2, 1e-5, 1e-8, 1e-12]) {
        const q = normalise(p.map((pi) => pi * (1 + size * random.normal() * 0.2)));
        // Rounded vectors sum to 1 ± 1e-16 only, which may cancel against a divergence as small as that: the
        // positive part, without the difference of the sums, is what the error is measured by.
        const exact = exactKl(p, q);
        const positive = exact.minus(bigSum(p.length, (i) => big(p[i]!).minus(big(q[i]!))));
        const error = big(klDivergence(p, q)).minus(exact).abs();
        const unit = ulp(Math.max(positive.toNumber(), Math.abs(exact.toNumber())));
        expect(error.div(big(unit)).toNumber()).toBeLessThanOrEqual(2.5);
      }
  });
  test("klDivergence() is right where the quotient overflows or underflows", () => {
    const [p, q] = [
      [1e-310, 1 - 1e-310],
      [0.5, 0.5],
    ];
    expectUlp(klDivergence(p!, q!), exactKl(p!, q!), 2);
    expectUlp(klDivergence([0.5, 0.5], [5e-324, 1]), exactKl([0.5, 0.5], [5e-324, 1]), 2);
  });
  test("jsDivergence() is within 4 ulp, also when the distributions nearly agree", () => {
    for (const { p, q } of pairs)
      for (const t of [1, 1e-3, 1e-9]) {
        const r = mixture([1 - t, t], [p, q]);
        // (equal vectors have divergence 0, of which there is no ulp)
        if (r.some((ri, i) => ri !== p[i])) expectUlp(jsDivergence(p, r), exactJs(p, r), 4);
      }
  });
});

describe("conventions", () => {
  test("surprisal() of a certain outcome is +0, of an impossible one Infinity", () => {
    expect(surprisal(1)).toBe(0);
    expect(surprisal(0)).toBe(Infinity);
    expect(oneHotCrossEntropy(0, [1, 0])).toBe(0);
  });
  test("0 log 0 and 0 log q are 0", () => {
    expect(entropy([0, 1, 0])).toBe(0);
    expect(crossEntropy([0, 1], [0, 1])).toBe(0);
    expect(klDivergence([0, 1], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
    expect(klDivergence([0, 1], [0, 1])).toBe(0);
  });
  test("an impossible event that happens costs Infinity, never a clipped number (S034)", () => {
    expect(crossEntropy([0.5, 0.5], [1, 0])).toBe(Infinity);
    expect(klDivergence([0.5, 0.5], [1, 0])).toBe(Infinity);
    expect(oneHotCrossEntropy(1, [1, 0])).toBe(Infinity);
  });
  test("klDivergence(p, p) is exactly 0", () => {
    for (const { p } of pairs) expect(klDivergence(p, p)).toBe(0);
  });
  test("jsDivergence() is symmetric to the last bit and at most log 2", () => {
    for (const { p, q } of pairs) expect(jsDivergence(p, q)).toBe(jsDivergence(q, p));
    expect(jsDivergence([1, 0], [0, 1])).toBe(Math.LN2);
    expect(jsDivergence([0, 1, 0], [0, 1, 0])).toBe(0);
  });
  test("2 TV² never exceeds the divergence (Pinsker)", () => {
    for (const { p, q } of pairs)
      expect(2 * totalVariation(p, q) ** 2).toBeLessThanOrEqual(klDivergence(p, q));
  });
  test("published vectors rounded to a sum within 1e-6 pass", () => {
    expect(entropy([0.3333333, 0.3333333, 0.3333333])).toBeCloseTo(Math.log(3), 6);
    expect(oneHotCrossEntropy(0, [0.333, 0.333, 0.333])).toBeCloseTo(1.0996, 4); // W18
  });
  test("a Float32Array may miss 1 by V · 2⁻²⁴", () => {
    const V = 50257;
    expect(entropy(new Float32Array(V).fill(1 / V))).toBeCloseTo(Math.log(V), 3);
  });
  test("typed arrays and read-only arrays are taken as they are", () => {
    const p = Object.freeze([0.25, 0.75]);
    expect(crossEntropy(p, new Float64Array([0.5, 0.5]))).toBe(Math.LN2);
  });
  test("perplexity() undoes the logarithm, bits and nats convert both ways", () => {
    expect(perplexity(entropy(uniform(50)))).toBeCloseTo(50, 12);
    expect(perplexity(Infinity)).toBe(Infinity);
    expect(toBits(fromBits(3))).toBe(3);
  });
});

describe("worked numbers of the sources", () => {
  test("p = (.7, .2, .1), q = (.5, .3, .2) (S169)", () => {
    const [p, q] = [
      [0.7, 0.2, 0.1],
      [0.5, 0.3, 0.2],
    ];
    expect(entropy(p!)).toBeCloseTo(0.801819, 6);
    expect(crossEntropy(p!, q!)).toBeCloseTo(0.886941, 6);
    expect(klDivergence(p!, q!)).toBeCloseTo(0.085123, 6);
    expect(crossEntropy(q!, p!)).toBeCloseTo(1.121686, 6);
    expect(klDivergence(q!, p!)).toBeCloseTo(0.092033, 6);
  });
  test("Bernoulli .8 predicted by .6 (S025)", () => {
    expect(crossEntropy([0.8, 0.2], [0.6, 0.4])).toBeCloseTo(0.5919, 4);
    expect(toBits(crossEntropy([0.8, 0.2], [0.6, 0.4]))).toBeCloseTo(0.854, 4);
    expect(klDivergence([0.8, 0.2], [0.6, 0.4])).toBeCloseTo(0.0915, 4);
  });
});
