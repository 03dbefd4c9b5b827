/**
 * E03 · Cross-entropy and KL divergence by hand
 *
 * Outcomes follow p, but they are predicted by q. Target first, prediction second; everything in nats.
 * Both functions refuse what is not a distribution with a RangeError: unequal lengths, an empty list, a negative
 * or missing entry, a sum that is not 1 (allow 1e-9 for rounding).
 */

// answer:begin remove
function requireDistribution(caller: string, name: string, p: readonly number[]): void {
  if (p.length === 0) throw new RangeError(`${caller}: ${name} must not be empty`);
  let total = 0;
  for (const [i, x] of p.entries()) {
    // written so that NaN, for which every comparison is false, is refused too
    if (!(x >= 0)) throw new RangeError(`${caller}: ${name}[${i}] must be >= 0, got ${x}`);
    total += x;
  }
  if (!(Math.abs(total - 1) <= 1e-9)) throw new RangeError(`${caller}: ${name} must sum to 1, got ${total}`);
}

function requirePair(caller: string, p: readonly number[], q: readonly number[]): void {
  if (p.length !== q.length)
    throw new RangeError(`${caller}: p and q must have the same length, got ${p.length} and ${q.length}`);
  requireDistribution(caller, "p", p);
  requireDistribution(caller, "q", q);
}

// answer:end
/**
 * The cross-entropy `H(p, q) = −Σᵢ pᵢ log qᵢ` in nats.
 *
 * An outcome with `p[i] = 0` adds 0, whatever `q[i]` is; one with `p[i] > 0` and `q[i] = 0` makes it `Infinity`.
 */
export function crossEntropy(p: readonly number[], q: readonly number[]): number {
  // answer:begin
  requirePair("crossEntropy", p, q);
  let total = 0;
  // the guard is on p, not q: what never happens costs nothing, what happens unpredicted costs Infinity
  for (const [i, pi] of p.entries()) if (pi > 0) total -= pi * Math.log(q[i]!);
  return total;
  // answer:end
}

/** The divergence `D(p‖q) = Σᵢ pᵢ log(pᵢ / qᵢ)` in nats: what predicting by `q` costs beyond the entropy of `p`. */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  // answer:begin
  requirePair("klDivergence", p, q);
  let total = 0;
  // one quotient per term instead of H(p, q) − H(p): no cancellation of two large sums when p is close to q
  for (const [i, pi] of p.entries()) if (pi > 0) total += pi * Math.log(pi / q[i]!);
  return total;
  // answer:end
}
