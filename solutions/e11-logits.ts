/**
 * E11 · Binary cross-entropy from logits
 *
 * The model says σ(z) = 1/(1 + e^(−z)); the target y is 0, 1, or anything between. A weight c for the positive class
 * multiplies the term of y = 1 only. Target first, then the logit; nats.
 */

/**
 * The loss `−c·y·log σ(z) − (1 − y)·log(1 − σ(z))`, right to the last digits for every z from −800 to 800.
 *
 * @param posWeight - the weight c of the positive class, 1 if absent
 */
export function bceWithLogits(y: number, z: number, posWeight = 1): number {
  // answer:begin
  return posWeight * y * softplus(-z) + (1 - y) * softplus(z);
  // answer:end
}

/** The derivative of `bceWithLogits` by z. Without a weight it is σ(z) − y. */
export function bceWithLogitsGradient(y: number, z: number, posWeight = 1): number {
  // answer:begin
  // d/dz softplus(z) = σ(z), d/dz softplus(−z) = −σ(−z); σ(−z) directly, since 1 − σ(40) would be 0
  return (1 - y) * sigmoid(z) - posWeight * y * sigmoid(-z);
  // answer:end
}

/** The mean of the losses of several independent labels, each with its own logit and weight. */
export function multiLabelLoss(
  y: readonly number[],
  z: readonly number[],
  posWeight?: readonly number[],
): number {
  // answer:begin
  let total = 0;
  for (const [k, yk] of y.entries()) total += bceWithLogits(yk, z[k]!, posWeight?.[k] ?? 1);
  // over the labels: weights change what an error costs, not how many labels there are
  return total / y.length;
  // answer:end
}

// answer:begin remove
/** log(1 + e^x): the exponential is of something negative, so it cannot overflow; log1p keeps a tiny one */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}
// answer:end
