import Decimal from "decimal.js";
import { expect, test } from "vitest";
import { Big } from "../../grading/oracle";
import { Random } from "../../grading/random";

const Theirs = Decimal.clone({ precision: 60, toExpNeg: -9e15, toExpPos: 9e15, maxE: 9e15, minE: -9e15 });
/** how far two numbers are apart, measured by the second */
const apart = (ours: Decimal, theirs: Decimal) =>
  theirs.isZero() ? ours.abs().toNumber() : new Theirs(ours).minus(theirs).div(theirs).abs().toNumber();

test("the oracle's logarithm has decimal.js's 48 digits for numbers of every size", () => {
  const random = new Random("logarithm");
  for (let i = 0; i < 1500; i++) {
    const x = new Big(random.between(1, 10)).times(new Big(10).pow(random.integer(-330, 330))).div(7);
    expect(apart(x.ln(), new Theirs(x).ln()), `log ${x}`).toBeLessThan(1e-48);
  }
});

test("the oracle's logarithm loses no digit near 1", () => {
  for (let k = 1; k < 49; k++)
    for (const side of [1, -1]) {
      const x = new Big(1).plus(new Big(10).pow(-k).times(side * 0.7));
      expect(apart(x.ln(), new Theirs(x).ln()), `1 ${side} 10^-${k}`).toBeLessThan(1e-48);
    }
  for (const x of [1, 2, 10, 0.5, 256, 1 / 65_536, 2 ** -1074, Number.MAX_VALUE])
    expect(apart(new Big(x).ln(), new Theirs(new Big(x)).ln()), `log ${x}`).toBeLessThan(1e-48);
});

test("the oracle's exponential function has decimal.js's 47 digits", () => {
  const random = new Random("exponential");
  for (let i = 0; i < 1500; i++) {
    const x = new Big(random.normal()).times(new Big(10).pow(random.integer(-70, 3))).div(3);
    expect(apart(x.exp(), new Theirs(x).exp()), `exp ${x}`).toBeLessThan(1e-47);
  }
});

test("what has no logarithm, and the infinities, are decimal.js's affair", () => {
  expect(new Big(0).ln().toNumber()).toBe(Number.NEGATIVE_INFINITY);
  expect(new Big(-1).ln().isNaN()).toBe(true);
  expect(new Big(Number.POSITIVE_INFINITY).ln().toNumber()).toBe(Number.POSITIVE_INFINITY);
  expect(new Big(Number.NEGATIVE_INFINITY).exp().toNumber()).toBe(0);
  expect(new Big(Number.NaN).exp().isNaN()).toBe(true);
  expect(new Big(0).exp().toNumber()).toBe(1);
  expect(new Big(-1e6).exp().gt(0)).toBe(true);
  // and other kinds of decimals, mathjs's among them, keep the functions that they had
  expect(new Decimal(2).ln).not.toBe(new Big(2).ln);
});
