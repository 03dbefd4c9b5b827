/**
 * E21 · Weighted cross-entropy and what it minimises
 *
 * Giving classes weights changes the loss, the denominator of its mean, and the probabilities that minimise it. Each
 * of the three is a favourite place for mistakes.
 */

/**
 * Weighted cross-entropy of logits `Z`, shape `[B, K]`, with classes `y`: each row's loss counts with the weight of
 * its true class. The mean divides by the sum of those weights, as PyTorch's does; nats.
 */
export function weightedCrossEntropy(
  y: readonly number[],
  Z: readonly (readonly number[])[],
  w: readonly number[],
  reduction: "mean" | "sum" = "mean",
): number {
  throw new Error("Not implemented: weightedCrossEntropy. Delete this line and write your answer");
}

/** The distribution q that minimises the weighted cross-entropy when classes follow `p`: proportional to w·p. */
export function weightedMinimiser(p: readonly number[], w: readonly number[]): number[] {
  throw new Error("Not implemented: weightedMinimiser. Delete this line and write your answer");
}

/** The true distribution behind predictions `q` that were trained with weights `w`. */
export function unweight(q: readonly number[], w: readonly number[]): number[] {
  throw new Error("Not implemented: unweight. Delete this line and write your answer");
}

/** The probability of the positive class above which it pays to act, given the costs of the two kinds of error. */
export function costThreshold(falsePositive: number, falseNegative: number): number {
  throw new Error("Not implemented: costThreshold. Delete this line and write your answer");
}
