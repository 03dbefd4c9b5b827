/**
 * E22 · Masked means and gradient accumulation
 *
 * Batches are padded, and padding must not count: not in the sum, not in the denominator, not even as NaN. Whatever
 * way a batch is cut, loss and gradient must stay the same.
 */

/** The mean of the losses where the mask is true; 0 if it is true nowhere. Losses under the mask may be anything. */
export function maskedMean(losses: readonly number[], mask: readonly boolean[]): number {
  // answer:begin
  let [total, count] = [0, 0];
  // selecting, not multiplying by 0: 0 · NaN is NaN
  for (const [t, loss] of losses.entries())
    if (mask[t]) {
      total += loss;
      count++;
    }
  return count === 0 ? 0 : total / count;
  // answer:end
}

/**
 * The mean over sequences of each sequence's own masked mean: short sequences weigh as much as long ones. Sequences
 * without a single counted token are left out; 0 if none is left.
 */
export function perSequenceMean(
  losses: readonly (readonly number[])[],
  mask: readonly (readonly boolean[])[],
): number {
  // answer:begin
  const means = losses
    .map((row, n) => ({ row, keep: mask[n]! }))
    .filter(({ keep }) => keep.includes(true))
    .map(({ row, keep }) => maskedMean(row, keep));
  return maskedMean(
    means,
    means.map(() => true),
  );
  // answer:end
}

/** The mean loss per token of a batch that was cut into parts, each with its sum and its count of tokens. */
export function accumulate(parts: readonly { sum: number; count: number }[]): number {
  // answer:begin
  // pool both, divide once: the mean of the parts' means would give short parts too much weight
  const sum = parts.reduce((total, part) => total + part.sum, 0);
  const count = parts.reduce((total, part) => total + part.count, 0);
  return count === 0 ? 0 : sum / count;
  // answer:end
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
  // answer:begin
  const kept = y.map((c) => c !== ignore);
  const count = Math.max(1, kept.filter(Boolean).length);
  return {
    loss: maskedMean(
      logQ.map((row, n) => (kept[n] ? 0 - row[y[n]!]! : 0)),
      kept,
    ),
    grad: logQ.map((row, n) => row.map((_, k) => (kept[n] && k === y[n] ? -1 / count : 0))),
  };
  // answer:end
}
