/**
 * E08 · Maximum likelihood is minimum cross-entropy
 *
 * The labels of a data set (counted from 0) are the outcomes; q is a model for them. Fitting q by likelihood and by
 * cross-entropy against the relative frequencies is one and the same.
 */

/** The distribution under which the labels are most likely: their relative frequencies. A class never seen gets 0. */
export function countsMle(labels: readonly number[], classes: number): number[] {
  throw new Error("Not implemented: countsMle. Delete this line and write your answer");
}

/** The mean negative log-likelihood `−(1/n) Σ log q[y]` in nats; `Infinity` if a label has probability 0. */
export function meanNll(labels: readonly number[], q: readonly number[]): number {
  throw new Error("Not implemented: meanNll. Delete this line and write your answer");
}

/**
 * Fits q = softmax(z) by gradient descent on `meanNll`: starts at z = 0, takes `steps` steps of size `rate`, returns q.
 *
 * The gradient of the mean loss by z is `softmax(z) − frequencies`.
 */
export function fitSoftmax(
  labels: readonly number[],
  classes: number,
  options: { rate: number; steps: number },
): number[] {
  throw new Error("Not implemented: fitSoftmax. Delete this line and write your answer");
}

