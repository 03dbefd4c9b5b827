/**
 * E06 · One-hot collapse, and the shape of the log loss
 *
 * When the target is certain (one-hot), only one term of the cross-entropy is left. What remains depends on nothing
 * but the probability given to what happened, and it grows without bound as that probability falls.
 */

/**
 * The cross-entropy against a target that is certain to be class `c` (counted from 0): `−log q[c]`, in nats.
 * Use `q` as it is given, without renormalising; a class outside of `q` is refused with a RangeError.
 */
export function oneHotCrossEntropy(c: number, q: readonly number[]): number {
  throw new Error("Not implemented: oneHotCrossEntropy. Delete this line and write your answer");
}

/** How many times larger the loss is when what happened had probability `q1` instead of `q2`. */
export function penaltyRatio(q1: number, q2: number): number {
  throw new Error("Not implemented: penaltyRatio. Delete this line and write your answer");
}

/**
 * Does a mean log loss over `n` examples prove that each of them is classified correctly?
 *
 * An example that is wrong under argmax gives its class at most ½, so it alone costs at least log 2. If the mean of
 * `n` losses is below (log 2)/n, their sum is below log 2, and no example can be wrong.
 */
export function allCorrectBound(meanLoss: number, n: number): boolean {
  throw new Error("Not implemented: allCorrectBound. Delete this line and write your answer");
}
