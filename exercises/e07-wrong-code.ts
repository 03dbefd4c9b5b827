/**
 * E07 · What a code for the wrong source costs
 *
 * A code gives every outcome a word of zeros and ones. Symbols arrive with p; the code was built from q. All lengths
 * are in bits, so this is the one exercise with logarithms to base 2.
 */

/** The length of Shannon's code word for each outcome: `−log₂ q`, rounded up to whole bits. All of `q` is positive. */
export function shannonLengths(q: readonly number[]): number[] {
  throw new Error("Not implemented: shannonLengths. Delete this line and write your answer");
}

/** Kraft's sum `Σ 2^(−length)`: a prefix code with these lengths exists exactly if it is at most 1. */
export function kraftSum(lengths: readonly number[]): number {
  throw new Error("Not implemented: kraftSum. Delete this line and write your answer");
}

/**
 * A Huffman code for `p` (at least two outcomes): one word of "0" and "1" per outcome, none the beginning of another,
 * with the smallest expected length that whole bits allow.
 */
export function huffman(p: readonly number[]): string[] {
  throw new Error("Not implemented: huffman. Delete this line and write your answer");
}

/** The bits per symbol to expect when symbols arrive with `p` and cost `lengths`. */
export function expectedLength(p: readonly number[], lengths: readonly number[]): number {
  throw new Error("Not implemented: expectedLength. Delete this line and write your answer");
}

/**
 * How many bits an arithmetic coder with the model `q` needs for a whole sequence of outcomes (counted from 0):
 * `⌈−log₂ q(sequence)⌉ + 1`, where `q(sequence)` is the product of the probabilities of its symbols.
 * The sequence may be so long that this product is smaller than any number.
 */
export function arithmeticBits(sequence: readonly number[], q: readonly number[]): number {
  throw new Error("Not implemented: arithmeticBits. Delete this line and write your answer");
}
