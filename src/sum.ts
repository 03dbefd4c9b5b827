import { checkArray, checkNumber, type Vector } from "./validate";

/**
 * What rounding took from a product: `a · b − product`, exactly (Dekker 1971, Numer. Math. 18). Each factor is split
 * into halves of 26 digits, whose products are exact. 0 where a half would overflow or the error underflow. Internal.
 */
export function productError(a: number, b: number, product: number): number {
  const size = Math.abs(product);
  if (!(size > 1e-250 && Math.abs(a) < 1e290 && Math.abs(b) < 1e290)) return 0;
  const c = 134217729 * a; // 2²⁷ + 1
  const aHigh = c - (c - a);
  const aLow = a - aHigh;
  const d = 134217729 * b;
  const bHigh = d - (d - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * A running sum that remembers what each addition rounded away.
 *
 * Neumaier's form of Kahan's sum (Neumaier 1974, ZAMM 54): the error of `total + x` is a float64 itself and can be
 * recovered exactly from whichever of the two is larger. Internal: the public face is `sum`.
 */
export class CompensatedSum {
  private total = 0;
  private lost = 0;

  add(x: number): void {
    const next = this.total + x;
    this.lost += Math.abs(this.total) >= Math.abs(x) ? this.total - next + x : x - next + this.total;
    this.total = next;
  }

  /** Adds `a · b` without rounding the product first. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    this.add(product);
    this.lost += productError(a, b, product);
  }

  get value(): number {
    // With an infinite term the recovered error is ∞ − ∞ = NaN, while the plain total is already right.
    return Number.isFinite(this.total) ? this.total + this.lost : this.total;
  }
}

/**
 * Sum of an array, nearly as if computed with twice the digits and rounded once.
 *
 * The plain loop returns 0 for the example, because 1 vanishes beside 1e100. An empty array sums to 0.
 *
 * @param values - any numbers, shape `[N]`; NaN and infinities propagate as in a plain sum
 * @returns the sum, in the unit of the values
 * @throws TypeError if `values` is not an array of numbers
 * @example sum([1, 1e100, 1, -1e100]) // 2
 */
export function sum(values: Vector): number {
  if (!(Array.isArray(values) && values.length === 0)) checkArray("sum", "values", values);
  const total = new CompensatedSum();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    checkNumber("sum", `values[${i}]`, value);
    total.add(value);
  }
  return total.value;
}
