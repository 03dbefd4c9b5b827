import { checkNumber } from "./validate";

const bytes = new DataView(new ArrayBuffer(8));

/** The position of `x` in the ascending list of all float64 numbers, with both zeros at 0. */
function rank(x: number): bigint {
  bytes.setFloat64(0, x);
  const pattern = bytes.getBigInt64(0);
  return pattern >= 0n ? pattern : -(pattern & 0x7fffffffffffffffn); // sign and magnitude, not two's complement
}

/**
 * Unit in the last place: the distance from `|x|` to the next larger float64.
 *
 * @param x - a finite number
 * @returns a power of two, at least 2⁻¹⁰⁷⁴; NaN for NaN and infinities
 * @example ulp(1) // 2.22045e-16
 */
export function ulp(x: number): number {
  checkNumber("ulp", "x", x);
  if (!Number.isFinite(x)) return NaN;
  const size = Math.abs(x);
  if (size < 2 ** -1021) return 2 ** -1074;
  const exponent = Number(rank(size) >> 52n) - 1023;
  return 2 ** (exponent - 52);
}

/**
 * Number of float64 steps from `a` to `b`: 0 if equal, 1 if neighbours.
 *
 * @param a - a number
 * @param b - a number
 * @returns a whole number >= 0, of up to 2⁶⁴; `Infinity` if exactly one is NaN, 0 if both are
 * @see relativeError, which does not depend on the format of the numbers
 * @example ulpDistance(0.1 + 0.2, 0.3) // 1
 */
export function ulpDistance(a: number, b: number): number {
  checkNumber("ulpDistance", "a", a);
  checkNumber("ulpDistance", "b", b);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  const distance = rank(a) - rank(b);
  return Number(distance < 0n ? -distance : distance);
}

/**
 * Relative error `|actual − expected| / |expected|`.
 *
 * @param actual - the number to judge
 * @param expected - the number that is right
 * @returns without unit; 0 if the two are equal, `Infinity` if only `expected` is 0
 * @see ulpDistance, which counts in the steps of the number format
 * @example relativeError(3.14, Math.PI) // 0.000506957
 */
export function relativeError(actual: number, expected: number): number {
  checkNumber("relativeError", "actual", actual);
  checkNumber("relativeError", "expected", expected);
  if (actual === expected) return 0; // also for two equal infinities
  return Math.abs(actual - expected) / Math.abs(expected);
}
