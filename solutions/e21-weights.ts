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
  // answer:begin
  let [total, weights] = [0, 0];
  for (const [n, z] of Z.entries()) {
    const c = y[n]!;
    const top = Math.max(...z);
    const logSumExp = top + Math.log(z.reduce((sum, zk) => sum + Math.exp(zk - top), 0));
    total += w[c]! * (logSumExp - z[c]!);
    weights += w[c]!;
  }
  // a weighted mean: its weights must sum to 1
  return reduction === "mean" ? total / weights : total;
  // answer:end
}

/** The distribution q that minimises the weighted cross-entropy when classes follow `p`: proportional to w·p. */
export function weightedMinimiser(p: readonly number[], w: readonly number[]): number[] {
  // answer:begin
  const raw = p.map((pk, k) => w[k]! * pk);
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((x) => x / total);
  // answer:end
}

/** The true distribution behind predictions `q` that were trained with weights `w`. */
export function unweight(q: readonly number[], w: readonly number[]): number[] {
  // answer:begin
  // the minimiser is q ∝ w·p, so p ∝ q/w
  return weightedMinimiser(
    q,
    w.map((wk) => 1 / wk),
  );
  // answer:end
}

/** The probability of the positive class above which it pays to act, given the costs of the two kinds of error. */
export function costThreshold(falsePositive: number, falseNegative: number): number {
  // answer:begin
  // act iff the expected cost of acting, (1 − p)·FP, is below that of not acting, p·FN
  return falsePositive / (falsePositive + falseNegative);
  // answer:end
}
