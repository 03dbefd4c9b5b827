/**
 * E02 · The logarithm is forced
 *
 * A measure of surprise f(p), for 0 < p ≤ 1, should meet three demands:
 *
 * 1. what is certain does not surprise: f(1) = 0;
 * 2. what is less likely surprises more: f(p) > f(q) for p < q;
 * 3. surprises of independent events add: f(p·q) = f(p) + f(q).
 *
 * Only −k·log p meets all three, whatever the unit k > 0.
 */
import type { Step } from "cross-entropy";

/**
 * Four candidates by name, in this order: `"1 - p"`, `"1/p - 1"`, `"(log p)^2"`, `"-log p"`.
 */
export function candidates(): Record<string, (p: number) => number> {
  throw new Error("Not implemented: candidates. Delete this line and write your answer");
}

/**
 * Looks for a counter-example to one demand: probabilities p and q, strictly between 0 and 1, at which `f` breaks it
 * (for demand 1 any pair will do, if f(1) is not 0). Differences up to 1e-9 of the size of the values are rounding.
 *
 * @returns null if none is found
 */
export function violates(f: (p: number) => number, axiom: 1 | 2 | 3): { p: number; q: number } | null {
  throw new Error("Not implemented: violates. Delete this line and write your answer");
}

/**
 * What additivity alone says: from `I(p^(m / n))` to `m / n * I(p)`, one rule at a time, for whole m and n; NOTATION.md
 * lists the rules. A power is a product of equal factors, `prod(r, …)` with r from 1 to m or `prod(s, …)` with s from 1
 * to n ("power of a power"), and the rule "additivity" turns I of a product into a sum.
 */
export const steps: Step[] = [
  // your steps, one line each
];
