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
  // answer:begin
  return {
    "1 - p": (p) => 1 - p,
    "1/p - 1": (p) => 1 / p - 1,
    "(log p)^2": (p) => Math.log(p) ** 2,
    // 0 − log p: for p = 1 this is 0, not −0
    "-log p": (p) => 0 - Math.log(p),
  };
  // answer:end
}

/**
 * Looks for a counter-example to one demand: probabilities p and q, strictly between 0 and 1, at which `f` breaks it
 * (for demand 1 any pair will do, if f(1) is not 0). Differences up to 1e-9 of the size of the values are rounding.
 *
 * @returns null if none is found
 */
export function violates(f: (p: number) => number, axiom: 1 | 2 | 3): { p: number; q: number } | null {
  // answer:begin
  if (axiom === 1) return Math.abs(f(1)) > 1e-9 ? { p: 0.5, q: 0.5 } : null;
  // a grid of pairs, the equal ones included but not alone: some functions add only there
  const grid = Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20);
  for (const p of grid)
    for (const q of grid) {
      const [a, b] = [f(p), f(q)];
      if (axiom === 2 && p < q && !(a > b)) return { p, q };
      const scale = Math.abs(a) + Math.abs(b) + 1;
      if (axiom === 3 && Math.abs(f(p * q) - a - b) > 1e-9 * scale) return { p, q };
    }
  return null;
  // answer:end
}

/**
 * What additivity alone says: from `I(p^(m / n))` to `m / n * I(p)`, one rule at a time, for whole m and n; NOTATION.md
 * lists the rules. A power is a product of equal factors, `prod(r, …)` with r from 1 to m or `prod(s, …)` with s from 1
 * to n ("power of a power"), and the rule "additivity" turns I of a product into a sum.
 */
export const steps: Step[] = [
  // answer:begin list
  { expression: "I(p^(m / n))", by: "start" },
  { expression: "I(prod(r, p^(1 / n)))", by: "power of a power" },
  { expression: "sum(r, I(p^(1 / n)))", by: "additivity" },
  { expression: "m * I(p^(1 / n))", by: "linearity" },
  { expression: "m * (1 / n * (n * I(p^(1 / n))))", by: "cancel" },
  { expression: "m * (1 / n * sum(s, I(p^(1 / n))))", by: "linearity" },
  { expression: "m * (1 / n * I(prod(s, p^(1 / n))))", by: "additivity" },
  { expression: "I(p) * m / n", by: "power of a power" },
  // answer:end
];
