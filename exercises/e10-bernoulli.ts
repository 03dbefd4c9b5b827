/**
 * E10 · From Bernoulli to binary cross-entropy
 *
 * The probability of a label y under a prediction p is p for y = 1 and 1 − p for y = 0: in one formula
 * p^y · (1 − p)^(1 − y). Its negative logarithm is the loss; nats.
 */
import type { Step } from "cross-entropy";

/**
 * From `-log(p^y * (1 - p)^(1 - y))` to `-y * log(p) - (1 - y) * log(1 - p)`, one rule at a time; NOTATION.md lists
 * the rules. First line: `{ expression: "-log(p^y * (1 - p)^(1 - y))", by: "start" }`.
 */
export const steps: Step[] = [
  // your steps, one line each
];

/**
 * The loss of the prediction p for the label y, which may be anything from 0 to 1 (a soft label).
 *
 * A term with weight 0 adds 0: `bce(1, 1)` is 0. A certain error costs `Infinity`.
 */
export function bce(y: number, p: number): number {
  throw new Error("Not implemented: bce. Delete this line and write your answer");
}
