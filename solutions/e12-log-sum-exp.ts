/**
 * E12 · Stable log-sum-exp and log-softmax
 *
 * The formulas are one line each; the floating-point numbers need a second thought. e^710 is Infinity, e^(−746) is 0,
 * and near 2^49 a number has only three binary places left. Never change the list that you are given.
 */

/** `log Σ exp(zᵢ)`; `-Infinity` if every logit is `-Infinity`. */
export function logSumExp(z: readonly number[]): number {
  // answer:begin
  const top = Math.max(...z);
  // −∞ − (−∞) would be NaN
  if (top === Number.NEGATIVE_INFINITY) return top;
  return top + logSumOfShifted(z, top);
  // answer:end
}

/** The logarithms of softmax(z): `zₖ − logSumExp(z)`, with all digits even when z has a common offset of 2^49. */
export function logSoftmax(z: readonly number[]): number[] {
  // answer:begin
  const top = Math.max(...z);
  const rest = logSumOfShifted(z, top);
  // (zₖ − top) is exact, top + rest is not: near 2^49 it would round to a multiple of 1/8
  return z.map((zk) => zk - top - rest);
  // answer:end
}

/** `logSoftmax` of every row of a batch. */
export function logSoftmaxRows(Z: readonly (readonly number[])[]): number[][] {
  // answer:begin
  // each row has a maximum of its own: with that of the whole batch, a low row would underflow
  return Z.map(logSoftmax);
  // answer:end
}

/**
 * Tests somebody's `logSumExp` for logits between −1000 and 1000 and says what is wrong with it:
 * `"overflow"` if it returns Infinity or NaN for some, else `"underflow"` if it returns −Infinity for some, else
 * `"precision"` if a result is off by more than 1e-12 of its size, else `"ok"`.
 */
export function diagnose(
  implementation: (z: readonly number[]) => number,
): "ok" | "overflow" | "underflow" | "precision" {
  // answer:begin
  const cases = [
    [1000, 999],
    [-1000, -1001],
    [1000, -1000],
    [0, 0],
    [0.3, -2, 1.7],
    [20, 1, 0],
  ];
  const results = cases.map((z) => ({ got: implementation(z), right: logSumExp(z) }));
  if (results.some(({ got }) => Number.isNaN(got) || got === Number.POSITIVE_INFINITY)) return "overflow";
  if (results.some(({ got }) => got === Number.NEGATIVE_INFINITY)) return "underflow";
  if (results.some(({ got, right }) => Math.abs(got - right) > 1e-12 * Math.abs(right))) return "precision";
  return "ok";
  // answer:end
}

// answer:begin remove
/** log Σ exp(zᵢ − top): every exponent is at most 0, and one of them is 0, so the sum is at least 1 */
function logSumOfShifted(z: readonly number[], top: number): number {
  return Math.log(z.reduce((sum, zi) => sum + Math.exp(zi - top), 0));
}
// answer:end
