/**
 * E07 · What a code for the wrong source costs
 *
 * A code gives every outcome a word of zeros and ones. Symbols arrive with p; the code was built from q. All lengths
 * are in bits, so this is the one exercise with logarithms to base 2.
 */

/** The length of Shannon's code word for each outcome: `−log₂ q`, rounded up to whole bits. All of `q` is positive. */
export function shannonLengths(q: readonly number[]): number[] {
  // answer:begin
  // up, not to the nearest: a word that is too short for its probability breaks Kraft's inequality
  return q.map((x) => Math.ceil(-Math.log2(x)));
  // answer:end
}

/** Kraft's sum `Σ 2^(−length)`: a prefix code with these lengths exists exactly if it is at most 1. */
export function kraftSum(lengths: readonly number[]): number {
  // answer:begin
  return lengths.reduce((sum, length) => sum + 2 ** -length, 0);
  // answer:end
}

/**
 * A Huffman code for `p` (at least two outcomes): one word of "0" and "1" per outcome, none the beginning of another,
 * with the smallest expected length that whole bits allow.
 */
export function huffman(p: readonly number[]): string[] {
  // answer:begin
  const words = p.map(() => "");
  let trees = p.map((weight, i) => ({ weight, outcomes: [i] }));
  while (trees.length > 1) {
    trees = trees.sort((a, b) => a.weight - b.weight);
    const [a, b] = [trees[0]!, trees[1]!];
    // the two rarest join; whatever hangs below gets one more bit in front
    for (const i of a.outcomes) words[i] = `0${words[i]}`;
    for (const i of b.outcomes) words[i] = `1${words[i]}`;
    trees = [{ weight: a.weight + b.weight, outcomes: [...a.outcomes, ...b.outcomes] }, ...trees.slice(2)];
  }
  return words;
  // answer:end
}

/** The bits per symbol to expect when symbols arrive with `p` and cost `lengths`. */
export function expectedLength(p: readonly number[], lengths: readonly number[]): number {
  // answer:begin
  return p.reduce((sum, pi, i) => sum + pi * lengths[i]!, 0);
  // answer:end
}

/**
 * How many bits an arithmetic coder with the model `q` needs for a whole sequence of outcomes (counted from 0):
 * `⌈−log₂ q(sequence)⌉ + 1`, where `q(sequence)` is the product of the probabilities of its symbols.
 * The sequence may be so long that this product is smaller than any number.
 */
export function arithmeticBits(sequence: readonly number[], q: readonly number[]): number {
  // answer:begin
  // a sum of logarithms instead of the logarithm of a product, which would underflow after some 1,000 symbols
  const ideal = sequence.reduce((bits, symbol) => bits - Math.log2(q[symbol]!), 0);
  return Math.ceil(ideal) + 1;
  // answer:end
}
