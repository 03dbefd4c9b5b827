import { normalise } from "./distributions";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkNumber,
  checkObject,
  checkSameLength,
  checkWeights,
  rangeError,
  typeError,
  type Vector,
} from "./validate";

/**
 * What a class-weighted cross-entropy is least for: `qₖ = wₖ pₖ / Σⱼ wⱼ pⱼ`, not p.
 *
 * @param p - truth, shape `[V]`, sums to 1
 * @param weight - weight of each class, shape `[V]`, >= 0
 * @returns distribution, shape `[V]`
 * @throws RangeError if a shape or a sign is wrong, or every possible class has weight 0
 * @see D19 — and `unweight`, its inverse
 * @example weightedMinimiser([0.1, 0.9], [9, 1]) // [0.5, 0.5]
 */
export function weightedMinimiser(p: Vector, weight: Vector): number[] {
  checkDistribution("weightedMinimiser", "p", p);
  checkWeights("weightedMinimiser", "weight", weight);
  checkSameLength("weightedMinimiser", "p", p, "weight", weight);
  return scaled("weightedMinimiser", p, (k) => weight[k]!);
}

/**
 * The truth behind the prediction q of a model trained with class weights: `pₖ ∝ qₖ / wₖ`.
 *
 * @param q - prediction, shape `[V]`, sums to 1
 * @param weight - the weights of the training loss, shape `[V]`, > 0
 * @returns distribution, shape `[V]`
 * @throws RangeError if a shape is wrong or a weight is not > 0
 * @see D19 — and `weightedMinimiser`
 * @example unweight([0.5, 0.5], [9, 1]) // [0.1, 0.9]
 */
export function unweight(q: Vector, weight: Vector): number[] {
  checkDistribution("unweight", "q", q);
  checkWeights("unweight", "weight", weight);
  checkSameLength("unweight", "q", q, "weight", weight);
  for (let k = 0; k < weight.length; k++)
    if (weight[k] === 0) throw rangeError("unweight", `weight[${k}]`, "be > 0", 0);
  return scaled("unweight", q, (k) => 1 / weight[k]!);
}

function scaled(where: string, p: Vector, factor: (k: number) => number): number[] {
  const products = Array.from(p, (pk, k) => pk * factor(k));
  if (products.every((x) => x === 0))
    throw rangeError(where, "weight", "be > 0 for a class that can happen", "0");
  return normalise(products);
}

/**
 * The probability above which to act, when acting in vain costs `falsePositive` and failing to act `falseNegative`.
 *
 * @param falsePositive - cost >= 0
 * @param falseNegative - cost >= 0, not both 0
 * @returns `c_FP/(c_FP + c_FN)`, a probability
 * @throws RangeError if a cost is negative or both are 0
 * @see D19
 * @example costThreshold(1, 9) // 0.1
 */
export function costThreshold(falsePositive: number, falseNegative: number): number {
  for (const [name, cost] of Object.entries({ falsePositive, falseNegative })) {
    checkNumber("costThreshold", name, cost);
    if (!(cost >= 0 && cost < Infinity)) throw rangeError("costThreshold", name, "be finite and >= 0", cost);
  }
  if (falsePositive + falseNegative === 0)
    throw rangeError("costThreshold", "falsePositive and falseNegative", "be not both 0", "0 and 0");
  return falsePositive / (falsePositive + falseNegative);
}

/** A sum of losses and the number of terms in it: what micro-batches and sequences must report to be averaged right. */
export interface Tally {
  readonly sum: number;
  readonly count: number;
}

/**
 * The losses that count, as a sum and their number. What is masked is not read: NaN there does not leak.
 *
 * @param losses - shape `[N]`
 * @param mask - true for the losses that count, shape `[N]`
 * @returns `{ sum, count }`; for the mean use `pooledMean`
 * @throws RangeError, TypeError if lengths differ or the mask is not of booleans
 * @see pooledMean
 * @example maskedTally([0.5, 0.6, NaN], [true, true, false]) // { sum: 1.1, count: 2 }
 */
export function maskedTally(losses: Vector, mask: ArrayLike<boolean>): Tally {
  checkArray("maskedTally", "losses", losses);
  checkArray("maskedTally", "mask", mask);
  checkSameLength("maskedTally", "losses", losses, "mask", mask);
  const total = new CompensatedSum();
  let count = 0;
  for (let n = 0; n < mask.length; n++) {
    if (typeof mask[n] !== "boolean")
      throw typeError("maskedTally", `mask[${n}]`, "be true or false", mask[n]);
    if (!mask[n]) continue;
    checkNumber("maskedTally", `losses[${n}]`, losses[n]);
    total.add(losses[n]!);
    count++;
  }
  return { sum: total.value, count };
}

/**
 * Mean over everything that the tallies counted, `Σ sums / Σ counts`. The mean of the tallies' own means is another
 * number whenever the counts differ: the bug of many gradient accumulations.
 *
 * @param tallies - one per micro-batch or sequence
 * @param emptyMean - the result if nothing was counted: `"nan"` (default) or 0
 * @returns in the unit of the losses
 * @throws RangeError if there is no tally or a count is negative
 * @see maskedTally
 * @example pooledMean([{ sum: 30, count: 10 }, { sum: 190, count: 190 }]) // 1.1
 */
export function pooledMean(tallies: readonly Tally[], emptyMean: "nan" | 0 = "nan"): number {
  checkArray("pooledMean", "tallies", tallies);
  const sums = new CompensatedSum();
  let count = 0;
  Array.from(tallies).forEach((tally, n) => {
    checkObject("pooledMean", `tallies[${n}]`, tally);
    checkNumber("pooledMean", `tallies[${n}].sum`, tally.sum);
    checkNumber("pooledMean", `tallies[${n}].count`, tally.count);
    if (!(tally.count >= 0)) throw rangeError("pooledMean", `tallies[${n}].count`, "be >= 0", tally.count);
    sums.add(tally.sum);
    count += tally.count;
  });
  if (count === 0) return emptyMean === 0 ? 0 : NaN;
  return sums.value / count;
}
