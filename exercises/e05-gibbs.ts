/**
 * E05 · Gibbs' inequality and how tight it is
 *
 * D(p‖q) ≥ 0, with equality only for q = p, although single terms of the sum may be negative. p may have zeros; q has
 * none in the derivation.
 */
import type { Step } from "cross-entropy";

/**
 * A chain of = and one direction of inequality, from `-KL(p, q)` to `0` with <=, or from `KL(p, q)` to `0` with >=.
 * You may open the definition
 *
 *     KL(p, q) = sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))
 *
 * and need one inequality for the logarithm, and one thought about `sumWhere(i, p[i] > 0, q[i])`. NOTATION.md lists the
 * rules.
 */
export const gibbsSteps: Step[] = [
  // your steps, one line each
];

/**
 * What the inequality log x ≤ x − 1 gives away: `Σ p (x − 1 − log x)` over the outcomes with p > 0, with x = q/p.
 *
 * At least 0, and 0 exactly if q = p wherever p > 0; `Infinity` if some p > 0 has q = 0.
 */
export function tightness(p: readonly number[], q: readonly number[]): number {
  throw new Error("Not implemented: tightness. Delete this line and write your answer");
}
