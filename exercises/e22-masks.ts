/**
 * E22 · Masked means and gradient accumulation
 *
 * Batches are padded, and padding must not count: not in the sum, not in the denominator, not even as NaN. Whatever
 * way a batch is cut, loss and gradient must stay the same.
 */

/** The mean of the losses where the mask is true; 0 if it is true nowhere. Losses under the mask may be anything. */
export function maskedMean(losses: readonly number[], mask: readonly boolean[]): number {
  throw new Error("Not implemented: maskedMean. Delete this line and write your answer");
}

/**
 * The mean over sequences of each sequence's own masked mean: short sequences weigh as much as long ones. Sequences
 * without a single counted token are left out; 0 if none is left.
 */
export function perSequenceMean(
  losses: readonly (readonly number[])[],
  mask: readonly (readonly boolean[])[],
): number {
  throw new Error("Not implemented: perSequenceMean. Delete this line and write your answer");
}

/** The mean loss per token of a batch that was cut into parts, each with its sum and its count of tokens. */
export function accumulate(parts: readonly { sum: number; count: number }[]): number {
  throw new Error("Not implemented: accumulate. Delete this line and write your answer");
}

/**
 * Mean negative log-likelihood of the classes `y` under the rows of log-probabilities `logQ`, with its gradient by
 * `logQ`. A row with `y = ignore` (such as −100) counts neither in the sum nor in the denominator.
 */
export function ignoreIndexLoss(
  y: readonly number[],
  logQ: readonly (readonly number[])[],
  ignore: number,
): { loss: number; grad: number[][] } {
  throw new Error("Not implemented: ignoreIndexLoss. Delete this line and write your answer");
}
