/**
 * E12 · Stable log-sum-exp and log-softmax
 *
 * The formulas are one line each; the floating-point numbers need a second thought. e^710 is Infinity, e^(−746) is 0,
 * and near 2^49 a number has only three binary places left. Never change the list that you are given.
 */

/** `log Σ exp(zᵢ)`; `-Infinity` if every logit is `-Infinity`. */
export function logSumExp(z: readonly number[]): number {
  throw new Error("Not implemented: logSumExp. Delete this line and write your answer");
}

/** The logarithms of softmax(z): `zₖ − logSumExp(z)`, with all digits even when z has a common offset of 2^49. */
export function logSoftmax(z: readonly number[]): number[] {
  throw new Error("Not implemented: logSoftmax. Delete this line and write your answer");
}

/** `logSoftmax` of every row of a batch. */
export function logSoftmaxRows(Z: readonly (readonly number[])[]): number[][] {
  throw new Error("Not implemented: logSoftmaxRows. Delete this line and write your answer");
}

/**
 * Tests somebody's `logSumExp` for logits between −1000 and 1000 and says what is wrong with it:
 * `"overflow"` if it returns Infinity or NaN for some, else `"underflow"` if it returns −Infinity for some, else
 * `"precision"` if a result is off by more than 1e-12 of its size, else `"ok"`.
 */
export function diagnose(
  implementation: (z: readonly number[]) => number,
): "ok" | "overflow" | "underflow" | "precision" {
  throw new Error("Not implemented: diagnose. Delete this line and write your answer");
}

