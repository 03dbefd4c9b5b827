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
  // answer:begin list
  // first the product, then the exponents: the other way round no rule applies
  { expression: "-log(p^y * (1 - p)^(1 - y))", by: "start" },
  { expression: "-(log(p^y) + log((1 - p)^(1 - y)))", by: "log of a product" },
  { expression: "-(y * log(p) + (1 - y) * log(1 - p))", by: "log of a power" },
  { expression: "-y * log(p) - (1 - y) * log(1 - p)", by: "rearrange" },
  // answer:end
];

/**
 * The loss of the prediction p for the label y, which may be anything from 0 to 1 (a soft label).
 *
 * A term with weight 0 adds 0: `bce(1, 1)` is 0. A certain error costs `Infinity`.
 */
export function bce(y: number, p: number): number {
  // answer:begin
  // the guards keep 0 · log 0 = NaN out; log1p(−p) keeps the digits of 1 − p for small p
  const positive = y === 0 ? 0 : y * Math.log(p);
  const negative = y === 1 ? 0 : (1 - y) * Math.log1p(-p);
  return 0 - positive - negative;
  // answer:end
}
