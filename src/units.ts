import { checkNumber } from "./validate";

/**
 * Nats to bits: `x / ln 2`. Everything in this package is in nats; bits are for showing.
 *
 * @param nats - a value in nats, any real
 * @returns the same value in bits
 * @see fromBits, the inverse
 * @example toBits(Math.log(8)) // 3
 */
export function toBits(nats: number): number {
  checkNumber("toBits", "nats", nats);
  return nats / Math.LN2;
}

/**
 * Bits to nats: `x · ln 2`.
 *
 * @param bits - a value in bits, any real
 * @returns the same value in nats
 * @see toBits, the inverse
 * @example fromBits(6.643856) // 4.60517
 */
export function fromBits(bits: number): number {
  checkNumber("fromBits", "bits", bits);
  return bits * Math.LN2;
}
