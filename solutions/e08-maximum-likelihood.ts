/**
 * E08 · Maximum likelihood is minimum cross-entropy
 *
 * The labels of a data set (counted from 0) are the outcomes; q is a model for them. Fitting q by likelihood and by
 * cross-entropy against the relative frequencies is one and the same.
 */

/** The distribution under which the labels are most likely: their relative frequencies. A class never seen gets 0. */
export function countsMle(labels: readonly number[], classes: number): number[] {
  // answer:begin
  const counts = Array<number>(classes).fill(0);
  for (const y of labels) counts[y]! += 1;
  return counts.map((n) => n / labels.length);
  // answer:end
}

/** The mean negative log-likelihood `−(1/n) Σ log q[y]` in nats; `Infinity` if a label has probability 0. */
export function meanNll(labels: readonly number[], q: readonly number[]): number {
  // answer:begin
  // the logarithm of each factor, never of the product: 0.1 to the power 400 is already 0 in floating point
  let total = 0;
  for (const y of labels) total -= Math.log(q[y]!);
  return total / labels.length;
  // answer:end
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
  // answer:begin
  const frequencies = countsMle(labels, classes);
  let z = Array<number>(classes).fill(0);
  // minus: downhill. The gradient belongs to the mean, so the step does not grow with the number of labels.
  for (let step = 0; step < options.steps; step++) {
    const q = softmax(z);
    z = z.map((zk, k) => zk - options.rate * (q[k]! - frequencies[k]!));
  }
  return softmax(z);
  // answer:end
}

// answer:begin remove
function softmax(z: readonly number[]): number[] {
  const top = Math.max(...z);
  const e = z.map((zk) => Math.exp(zk - top));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / total);
}
// answer:end
