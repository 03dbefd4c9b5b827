/**
 * E04 · H(p, q) = H(p) + D(p‖q), step by step
 *
 * Lead the first line below to the last, one rule at a time. Each step says which rule leads to it from the line
 * above; NOTATION.md lists the rules. Definitions that you may open and close:
 *
 *     H(p)     = -sum(i, p[i] * log(p[i]))
 *     KL(p, q) = sum(i, p[i] * log(p[i] / q[i]))
 *
 * First line: `{ expression: "-sum(i, p[i] * log(q[i]))", by: "start" }`. Last line: `H(p) + KL(p, q)`. At least four
 * different lines.
 */
import type { Step } from "cross-entropy";

export const steps: Step[] = [
  // your steps, one line each
];
