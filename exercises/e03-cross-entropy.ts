/**
 * E03 · Cross-entropy and KL divergence by hand
 *
 * Outcomes follow p, but they are predicted by q. Target first, prediction second; everything in nats.
 * Both functions refuse what is not a distribution with a RangeError: unequal lengths, an empty list, a negative
 * or missing entry, a sum that is not 1 (allow 1e-9 for rounding).
 */

/**
 * The cross-entropy `H(p, q) = −Σᵢ pᵢ log qᵢ` in nats.
 *
 * An outcome with `p[i] = 0` adds 0, whatever `q[i]` is; one with `p[i] > 0` and `q[i] = 0` makes it `Infinity`.
 */
export function crossEntropy(p: readonly number[], q: readonly number[]): number {
  throw new Error("Not implemented: crossEntropy. Delete this line and write your answer");
}

/** The divergence `D(p‖q) = Σᵢ pᵢ log(pᵢ / qᵢ)` in nats: what predicting by `q` costs beyond the entropy of `p`. */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  throw new Error("Not implemented: klDivergence. Delete this line and write your answer");
}
