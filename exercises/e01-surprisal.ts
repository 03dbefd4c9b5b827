/**
 * E01 · Surprisal, entropy and units
 *
 * An outcome of probability p surprises by −log p nats. The entropy of a distribution is the surprise to expect.
 * Work in nats (natural logarithm); a number in bits is the same number measured with another unit.
 */

/** The surprise `−log p` of an outcome of probability `p`, in nats: 0 for `p = 1`, `Infinity` for `p = 0`. */
export function surprisal(p: number): number {
  throw new Error("Not implemented: surprisal. Delete this line and write your answer");
}

/** The entropy `−Σᵢ pᵢ log pᵢ` in nats; an outcome that never happens adds nothing. */
export function entropy(p: readonly number[]): number {
  throw new Error("Not implemented: entropy. Delete this line and write your answer");
}

/** A value in nats, in bits: one bit is log 2 nats. */
export function toBits(nats: number): number {
  throw new Error("Not implemented: toBits. Delete this line and write your answer");
}
