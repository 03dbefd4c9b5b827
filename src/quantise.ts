import { checkFinite, checkInteger, type Vector } from "./validate";

/** Numbers rounded to multiples of one scale. */
export interface Quantised {
  /** Integers in `[−(2^(bits−1) − 1), 2^(bits−1) − 1]`. */
  readonly codes: Int16Array;
  readonly scale: number;
  /** `codes · scale`: what a computation sees. */
  readonly values: Float64Array;
}

/**
 * Rounds weights to few bits: multiples of `max |w| / (2^(bits−1) − 1)`, symmetric about 0.
 *
 * Each weight moves by at most half the scale. What that does to a model is a divergence between its predictions before
 * and after, in nats.
 *
 * @param weights - finite numbers, shape `[n]`
 * @param bits - 2 to 16; int8 is 8, int4 is 4
 * @returns codes, scale and the rounded weights
 * @throws RangeError if a weight is not finite or `bits` out of range
 * @example [...quantise([1, -0.4, 0.05], 4).codes] // [7, -3, 0]
 */
export function quantise(weights: Vector, bits: number): Quantised {
  checkFinite("quantise", "weights", weights);
  checkInteger("quantise", "bits", bits, 2, 16);
  const levels = 2 ** (bits - 1) - 1;
  let largest = 0;
  for (let i = 0; i < weights.length; i++) largest = Math.max(largest, Math.abs(weights[i]!));
  const scale = largest / levels;
  const codes = Int16Array.from(weights, (w) => (scale > 0 ? Math.round(w / scale) : 0));
  return { codes, scale, values: Float64Array.from(codes, (code) => code * scale) };
}
