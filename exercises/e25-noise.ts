/**
 * E25 · Noisy labels and the focal loss
 *
 * Two ways in which the minimiser of a loss is not the true probability p any more, and how to get p back.
 */
import type { Step } from "cross-entropy";

/**
 * Labels are flipped with probability η before they are seen. From
 * `diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0` to `p == (q - eta) / (1 - 2 * eta)`, with the relation "<=>" and the
 * definition `r = (1 - eta) * p + eta * (1 - p)`.
 */
export const steps: Step[] = [
  // your steps, one line each
];

/**
 * The slope of the expected focal loss, from
 * `diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)` to
 * `p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))`.
 */
export const focalSteps: Step[] = [
  // your steps, one line each
];

/** The prediction that minimises binary cross-entropy when labels of probability `p` are flipped with chance `noise`. */
export function noisyMinimiser(p: number, noise: number): number {
  throw new Error("Not implemented: noisyMinimiser. Delete this line and write your answer");
}

/** The clean probability behind a prediction `q` that was learnt from labels flipped with chance `noise` < ½. */
export function forwardCorrected(q: number, noise: number): number {
  throw new Error("Not implemented: forwardCorrected. Delete this line and write your answer");
}

/**
 * The focal loss in nats: `−(1 − p)^γ log p` for y = 1, `−p^γ log(1 − p)` for y = 0. For γ = 0 the cross-entropy.
 */
export function focal(y: number, p: number, gamma: number): number {
  throw new Error("Not implemented: focal. Delete this line and write your answer");
}

/** The prediction q that minimises the expected focal loss when y = 1 has probability `p`, 0 < p < 1; right to 1e-8. */
export function focalMinimiser(p: number, gamma: number): number {
  throw new Error("Not implemented: focalMinimiser. Delete this line and write your answer");
}

/** The probability p for which `q`, 0 < q < 1, minimises the expected focal loss: the inverse of `focalMinimiser`. */
export function unfocal(q: number, gamma: number): number {
  throw new Error("Not implemented: unfocal. Delete this line and write your answer");
}
