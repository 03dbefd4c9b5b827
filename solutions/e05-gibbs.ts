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
  // answer:begin list
  { expression: "-KL(p, q)", by: "start" },
  { expression: "-sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", by: "definition" },
  { expression: "sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", by: "log of a quotient" },
  { expression: "sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))", relation: "<=", by: "log x <= x - 1" },
  { expression: "sumWhere(i, p[i] > 0, q[i] - p[i])", by: "algebra" },
  { expression: "sumWhere(i, p[i] > 0, q[i]) - sumWhere(i, p[i] > 0, p[i])", by: "linearity" },
  { expression: "sum(i, q[i]) - sumWhere(i, p[i] > 0, p[i])", relation: "<=", by: "part of a sum" },
  { expression: "1 - 1", by: "sums to 1" },
  { expression: "0", by: "rearrange" },
  // answer:end
];

/**
 * What the inequality log x ≤ x − 1 gives away: `Σ p (x − 1 − log x)` over the outcomes with p > 0, with x = q/p.
 *
 * At least 0, and 0 exactly if q = p wherever p > 0; `Infinity` if some p > 0 has q = 0.
 */
export function tightness(p: readonly number[], q: readonly number[]): number {
  // answer:begin
  let total = 0;
  for (const [i, pi] of p.entries()) {
    if (pi === 0) continue;
    // with d = x − 1: d − log1p(d) is small for x near 1, where x − 1 − log x would be the difference of equals
    const d = (q[i]! - pi) / pi;
    total += pi * (d - Math.log1p(d));
  }
  return total;
  // answer:end
}
