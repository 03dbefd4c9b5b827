import type { Random } from "./random";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkFinite,
  checkInteger,
  checkNumber,
  checkObject,
  checkSameLength,
  rangeError,
  type Vector,
} from "./validate";

/** A measured number with its standard error, in the same unit. */
export interface Estimate {
  readonly mean: number;
  readonly se: number;
}

/** An interval of numbers, ends included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

function meanOf(values: Vector): number {
  const total = new CompensatedSum();
  for (let i = 0; i < values.length; i++) total.add(values[i]!);
  return total.value / values.length;
}

function varianceOf(values: Vector): number {
  // Two passes: the mean of squares minus the square of the mean would cancel when the spread is small.
  const center = meanOf(values);
  const squares = new CompensatedSum();
  for (let i = 0; i < values.length; i++) squares.add((values[i]! - center) ** 2);
  return squares.value / (values.length - 1);
}

function checkSample(where: string, argument: string, values: Vector): void {
  checkFinite(where, argument, values);
  if (values.length < 2) throw rangeError(where, argument, "have at least 2 entries", "1");
}

/**
 * Mean `x̄ = (1/N) Σᵢ xᵢ`.
 *
 * @param values - finite numbers, shape `[N]`, N >= 1
 * @returns the mean, in the unit of the values
 * @throws RangeError if there is no value or one is not finite
 * @example mean([2, 3, 7]) // 4
 */
export function mean(values: Vector): number {
  checkFinite("mean", "values", values);
  return meanOf(values);
}

/**
 * Variance `s² = (1/(N − 1)) Σᵢ (xᵢ − x̄)²` of a sample; dividing by N − 1 makes its expectation the true variance.
 *
 * @param values - finite numbers, shape `[N]`, N >= 2
 * @returns the variance, in the squared unit of the values
 * @throws RangeError if there are fewer than 2 values or one is not finite
 * @example variance([1e9 + 1, 1e9 + 2, 1e9 + 3]) // 1
 */
export function variance(values: Vector): number {
  checkSample("variance", "values", values);
  return varianceOf(values);
}

/**
 * Standard error of the mean, `s/√N`: how far the mean of N independent values usually is from the truth.
 *
 * @param values - finite numbers, independent draws, shape `[N]`, N >= 2
 * @returns in the unit of the values
 * @throws RangeError if there are fewer than 2 values or one is not finite
 * @see blockMeanWithStandardError, for values that depend on their neighbours
 * @example standardError([1, 2, 3]) // 0.57735
 */
export function standardError(values: Vector): number {
  checkSample("standardError", "values", values);
  return Math.sqrt(varianceOf(values) / values.length);
}

/**
 * Mean with its standard error, for independent values.
 *
 * @param values - finite numbers, independent draws, shape `[N]`, N >= 2
 * @returns `{ mean, se }`, both in the unit of the values
 * @throws RangeError if there are fewer than 2 values or one is not finite
 * @see interval95, which turns it into a confidence interval
 * @example meanWithStandardError([1, 2, 3]) // { mean: 2, se: 0.57735 }
 */
export function meanWithStandardError(values: Vector): Estimate {
  checkSample("meanWithStandardError", "values", values);
  return { mean: meanOf(values), se: Math.sqrt(varianceOf(values) / values.length) };
}

/**
 * Ratio of totals `R = Σᵢ aᵢ / Σᵢ bᵢ` with its standard error: nats per character, when each word i has aᵢ nats in bᵢ
 * characters.
 *
 * The words are the independent draws, not the characters. To first order `R` errs as the mean of `(aᵢ − R bᵢ)/b̄`.
 *
 * @param numerators - finite numbers, shape `[N]`, N >= 2
 * @param denominators - finite numbers with a sum other than 0, shape `[N]`
 * @returns `{ mean: R, se }`, in the unit of a over the unit of b
 * @throws RangeError if a shape is wrong, a value is not finite or the denominators sum to 0
 * @example ratioWithStandardError([6, 9, 16], [3, 4, 5]) // { mean: 2.58333, se: 0.386588 }
 */
export function ratioWithStandardError(numerators: Vector, denominators: Vector): Estimate {
  checkSample("ratioWithStandardError", "numerators", numerators);
  checkSample("ratioWithStandardError", "denominators", denominators);
  checkSameLength("ratioWithStandardError", "numerators", numerators, "denominators", denominators);
  const meanDenominator = meanOf(denominators);
  if (meanDenominator === 0) throw rangeError("ratioWithStandardError", "denominators", "not sum to 0", 0);
  const ratio = meanOf(numerators) / meanDenominator;
  const influence = Array.from(numerators, (a, i) => (a - ratio * denominators[i]!) / meanDenominator);
  return { mean: ratio, se: Math.sqrt(varianceOf(influence) / influence.length) };
}

/**
 * Mean with a standard error that is right for a time series: the means of `blocks` long stretches are taken as the
 * independent draws.
 *
 * The stretches must be much longer than the memory of the series; a rest that fills no block is left out.
 *
 * @param values - finite numbers in their order, shape `[N]`, N >= blocks
 * @param blocks - number of stretches, an integer >= 2
 * @returns `{ mean, se }`, both in the unit of the values
 * @throws RangeError if `blocks` is out of range or a value is not finite
 * @see meanWithStandardError, for independent values
 * @example blockMeanWithStandardError([1, 1, 3, 3, 2, 2], 3) // { mean: 2, se: 0.57735 }
 */
export function blockMeanWithStandardError(values: Vector, blocks: number): Estimate {
  checkSample("blockMeanWithStandardError", "values", values);
  checkInteger("blockMeanWithStandardError", "blocks", blocks, 2, values.length);
  const size = Math.floor(values.length / blocks);
  const all = Array.from(values);
  const means = Array.from({ length: blocks }, (_, b) => meanOf(all.slice(b * size, (b + 1) * size)));
  return { mean: meanOf(means), se: Math.sqrt(varianceOf(means) / blocks) };
}

/**
 * Standard error of any statistic by the bootstrap: its spread over samples drawn from the sample, with replacement.
 *
 * @param values - independent draws of any kind, shape `[N]`, N >= 1
 * @param statistic - a number computed from a sample
 * @param resamples - number of samples to draw, an integer >= 2; 200 give the error to about 5 %
 * @param random - the source of randomness
 * @returns `{ mean: statistic(values), se }`
 * @throws RangeError if there is no value or `resamples` is out of range
 * @example bootstrap([1, 2, 3, 4], mean, 200, new Random(1)).mean // 2.5
 */
export function bootstrap<T>(
  values: readonly T[],
  statistic: (sample: T[]) => number,
  resamples: number,
  random: Random,
): Estimate {
  checkArray("bootstrap", "values", values);
  checkInteger("bootstrap", "resamples", resamples, 2);
  const draws = Array.from({ length: resamples }, () =>
    statistic(values.map(() => values[random.integer(values.length)]!)),
  );
  return { mean: statistic([...values]), se: Math.sqrt(varianceOf(draws)) };
}

/**
 * The 95 % confidence interval `mean ± 1.95996 se` of a normally distributed estimate.
 *
 * Of many such intervals about 95 % contain the truth. For N values under about 30 it is a little too short.
 *
 * @param estimate - a mean with its standard error
 * @returns `{ low, high }`, in the unit of the estimate
 * @throws RangeError if the standard error is negative or NaN
 * @see covers
 * @example interval95({ mean: 10, se: 1 }) // { low: 8.04004, high: 11.96 }
 */
export function interval95(estimate: Estimate): Interval {
  checkObject("interval95", "estimate", estimate);
  checkNumber("interval95", "estimate.mean", estimate.mean);
  checkNumber("interval95", "estimate.se", estimate.se);
  if (!(estimate.se >= 0)) throw rangeError("interval95", "estimate.se", "be >= 0", estimate.se);
  const reach = 1.959963984540054 * estimate.se; // the 97.5 % point of the normal distribution
  return { low: estimate.mean - reach, high: estimate.mean + reach };
}

/**
 * Whether an interval contains a number.
 *
 * @param interval - ends included
 * @param truth - a number in the unit of the interval
 * @returns true if `low ≤ truth ≤ high`
 * @example covers(interval95({ mean: 10, se: 1 }), 12) // false
 */
export function covers(interval: Interval, truth: number): boolean {
  checkInterval("covers", "interval", interval);
  checkNumber("covers", "truth", truth);
  return interval.low <= truth && truth <= interval.high;
}

function checkInterval(where: string, argument: string, interval: Interval): void {
  checkObject(where, argument, interval);
  checkNumber(where, `${argument}.low`, interval.low);
  checkNumber(where, `${argument}.high`, interval.high);
}

/**
 * Share of intervals that contain the truth, with its standard error.
 *
 * @param intervals - from independent experiments, shape `[N]`, N >= 2
 * @param truth - the number that all of them try to catch
 * @returns `{ mean, se }` without unit; a sound 95 % interval gives a mean near 0.95
 * @throws RangeError if there are fewer than 2 intervals
 * @example coverage([{ low: 0, high: 2 }, { low: 2, high: 4 }], 1).mean // 0.5
 */
export function coverage(intervals: readonly Interval[], truth: number): Estimate {
  checkArray("coverage", "intervals", intervals);
  if (intervals.length < 2) throw rangeError("coverage", "intervals", "have at least 2 entries", "1");
  checkNumber("coverage", "truth", truth);
  intervals.forEach((interval, n) => {
    checkInterval("coverage", `intervals[${n}]`, interval);
  });
  const caught = Array.from(intervals, (interval) => (covers(interval, truth) ? 1 : 0));
  return { mean: meanOf(caught), se: Math.sqrt(varianceOf(caught) / caught.length) };
}
