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
  throw new Error("Not implemented: bceWithLogits. Delete this line and write your answer");
}

/** The derivative of `bceWithLogits` by z. Without a weight it is σ(z) − y. */
export function bceWithLogitsGradient(y: number, z: number, posWeight = 1): number {
  throw new Error("Not implemented: bceWithLogitsGradient. Delete this line and write your answer");
}

/** The mean of the losses of several independent labels, each with its own logit and weight. */
export function multiLabelLoss(
  y: readonly number[],
  z: readonly number[],
  posWeight?: readonly number[],
): number {
  throw new Error("Not implemented: multiLabelLoss. Delete this line and write your answer");
}

