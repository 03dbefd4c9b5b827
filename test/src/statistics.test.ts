import {
  blockMeanWithStandardError,
  bootstrap,
  centralDifference,
  coverage,
  Dual,
  derivative,
  interval95,
  mean,
  meanWithStandardError,
  Random,
  ratioWithStandardError,
  relativeError,
  sum,
  ulp,
  ulpDistance,
  variance,
} from "cross-entropy";
import { describe, expect, test } from "vitest";
import { big, bigSum, expectUlp } from "./precise";

describe("sums and floats", () => {
  test("sum() is within 1 ulp where a plain loop loses 8 digits", () => {
    const random = new Random(1);
    const values = Array.from({ length: 2000 }, () => random.normal() * 10 ** random.integer(9));
    values.push(...values.map((x) => -x), 1e-3);
    const shuffled = random.shuffle(values);
    expectUlp(
      sum(shuffled),
      bigSum(shuffled.length, (i) => big(shuffled[i]!)),
      1,
    );
  });
  test("sum() passes infinities and NaN on, and an empty sum is 0", () => {
    expect(sum([1, Infinity, 2])).toBe(Infinity);
    expect(sum([Infinity, -Infinity])).toBeNaN();
    expect(sum([])).toBe(0);
  });
  test("ulp() is the step to the next number at both ends of the scale", () => {
    expect(ulp(1)).toBe(Number.EPSILON);
    expect(ulp(-1.999)).toBe(Number.EPSILON);
    expect(ulp(0)).toBe(Number.MIN_VALUE);
    expect(ulp(2 ** -1022)).toBe(Number.MIN_VALUE);
    expect(ulp(2 ** -1021)).toBe(2 ** -1073);
    expect(ulp(Number.MAX_VALUE)).toBe(2 ** 971);
    expect(ulp(Infinity)).toBeNaN();
  });
  test("ulpDistance() counts steps across zero and signs", () => {
    expect(ulpDistance(0, -0)).toBe(0);
    expect(ulpDistance(-Number.MIN_VALUE, Number.MIN_VALUE)).toBe(2);
    expect(ulpDistance(1, 1 + 3 * Number.EPSILON)).toBe(3);
    expect(ulpDistance(NaN, NaN)).toBe(0);
    expect(ulpDistance(NaN, 1)).toBe(Infinity);
  });
  test("relativeError() of equal values is 0, also of infinities", () => {
    expect(relativeError(Infinity, Infinity)).toBe(0);
    expect(relativeError(0, 0)).toBe(0);
    expect(relativeError(1, 0)).toBe(Infinity);
  });
});

describe("error bars", () => {
  test("95 % of the 95 % intervals contain the truth, to three standard errors", () => {
    const random = new Random(20);
    const intervals = Array.from({ length: 2000 }, () =>
      interval95(meanWithStandardError(Array.from({ length: 200 }, () => random.exponential()))),
    );
    const share = coverage(intervals, 1);
    expect(Math.abs(share.mean - 0.95)).toBeLessThan(3 * share.se + 0.01); // exponentials are skewed
  });
  test("the standard error of a ratio agrees with the bootstrap", () => {
    const random = new Random(21);
    const pairs = Array.from({ length: 400 }, () => {
      const length = 2 + random.integer(10);
      return { length, nats: length * (2 + 0.3 * random.normal()) };
    });
    const ratio = (sample: typeof pairs) => sum(sample.map((x) => x.nats)) / sum(sample.map((x) => x.length));
    const direct = ratioWithStandardError(
      pairs.map((x) => x.nats),
      pairs.map((x) => x.length),
    );
    const resampled = bootstrap(pairs, ratio, 400, random);
    expect(direct.mean).toBeCloseTo(resampled.mean, 12);
    expect(direct.se / resampled.se).toBeGreaterThan(0.85);
    expect(direct.se / resampled.se).toBeLessThan(1.15);
  });
  test("blocks see the dependence that the plain standard error misses", () => {
    const random = new Random(22);
    let x = 0;
    const series = Array.from({ length: 20_000 }, () => (x = 0.9 * x + random.normal()));
    const ratio = blockMeanWithStandardError(series, 40).se / meanWithStandardError(series).se;
    expect(ratio).toBeGreaterThan(3); // √((1 + 0.9)/(1 − 0.9)) = 4.4
    expect(ratio).toBeLessThan(6);
  });
  test("variance() survives a large common offset", () => {
    expect(variance([1e15 + 1, 1e15 + 2, 1e15 + 3])).toBe(1);
    expect(mean([1e308, 1e308])).toBe(Infinity); // the sum overflows, and says so
  });
});

describe("derivatives", () => {
  const cases: [string, (x: Dual) => Dual, (x: number) => number][] = [
    ["x log x", (x) => x.multiply(x.log()), (x) => Math.log(x) + 1],
    ["exp(-x²)", (x) => x.power(2).negate().exp(), (x) => -2 * x * Math.exp(-x * x)],
    ["log1p(exp(-x))", (x) => x.negate().exp().log1p(), (x) => -1 / (1 + Math.exp(x))],
    ["sin x / cos x", (x) => x.sin().divide(x.cos()), (x) => 1 / Math.cos(x) ** 2],
    [
      "tanh √x + 3",
      (x) => x.sqrt().tanh().add(3),
      (x) => (1 - Math.tanh(Math.sqrt(x)) ** 2) / (2 * Math.sqrt(x)),
    ],
    ["expm1(x) − 1 − x", (x) => x.expm1().subtract(1).subtract(x), (x) => Math.expm1(x)],
  ];
  test.each(cases)("three oracles agree on (%s)′", (_, dual, exact) => {
    for (const x of [0.1, 0.7, 1.3]) {
      expect(relativeError(derivative(dual, x), exact(x))).toBeLessThan(1e-14);
      expect(
        relativeError(
          centralDifference((t) => dual(new Dual(t)).value, x),
          exact(x),
        ),
      ).toBeLessThan(2e-8);
    }
  });
  test("a constant has derivative 0, also where the slope is infinite", () => {
    expect(new Dual(0).sqrt().derivative).toBe(0);
    expect(new Dual(0).power(0).derivative).toBe(0);
    expect(derivative((x) => x.power(0), 0)).toBe(0);
  });
});
