/**
 * Nats to bits: `x / ln 2`.
 *
 * @param nats - a value in nats, any real
 * @returns the same value in bits
 * @example toBits(Math.log(8)) // 3
 */
export function toBits(nats: number): number {
  return nats / Math.LN2;
}
