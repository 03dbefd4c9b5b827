// Right answers to 64 digits, and a distance from them in units in the last place.
import { ulp } from "cross-entropy";
import { all, type BigNumber, create } from "mathjs";
import { expect } from "vitest";

export const precise = create(all!, { number: "BigNumber", precision: 64 });

/**
 * The binary value of a float64 to 64 digits. (`bignumber(0.1)` would be the decimal 0.1, half an ulp away from the
 * number that the machine holds.)
 */
export function big(x: number): BigNumber {
  const unit = ulp(x);
  const two = precise.bignumber("2") as BigNumber;
  return (precise.bignumber(String(x / unit)) as BigNumber).times(two.pow(Math.log2(unit)));
}

/** `Σᵢ term(i)` in 64 digits. */
export function bigSum(n: number, term: (i: number) => BigNumber): BigNumber {
  let total = big(0);
  for (let i = 0; i < n; i++) total = total.plus(term(i));
  return total;
}

/** `|actual − expected|` in units in the last place of the expected value. */
export function ulpError(actual: number, expected: BigNumber): number {
  return big(actual)
    .minus(expected)
    .abs()
    .div(big(ulp(expected.toNumber())))
    .toNumber();
}

/** Fails unless `actual` is within `ulps` units in the last place of the 64-digit value. */
export function expectUlp(actual: number, expected: BigNumber, ulps: number): void {
  const error = ulpError(actual, expected);
  expect(error, `${actual} is ${error.toPrecision(3)} ulp from ${expected.toString()}`).toBeLessThanOrEqual(
    ulps,
  );
}
