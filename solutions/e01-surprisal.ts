/**
 * E01 · Surprisal, entropy and units
 *
 * An outcome of probability p surprises by −log p nats. The entropy of a distribution is the surprise to expect.
 * Work in nats (natural logarithm); a number in bits is the same number measured with another unit.
 */

/** The surprise `−log p` of an outcome of probability `p`, in nats: 0 for `p = 1`, `Infinity` for `p = 0`. */
export function surprisal(p: number): number {
  // answer:begin
  // 0 − log p rather than −log p: for p = 1 the negation of 0 would be −0
  return 0 - Math.log(p);
  // answer:end
}

/** The entropy `−Σᵢ pᵢ log pᵢ` in nats; an outcome that never happens adds nothing. */
export function entropy(p: readonly number[]): number {
  // answer:begin
  let total = 0;
  // 0·log 0 would be 0·(−∞) = NaN; its limit is 0, so the term is left out
  for (const pi of p) if (pi > 0) total += pi * surprisal(pi);
  return total;
  // answer:end
}

/** A value in nats, in bits: one bit is log 2 nats. */
export function toBits(nats: number): number {
  // answer:begin
  return nats / Math.LN2;
  // answer:end
}
