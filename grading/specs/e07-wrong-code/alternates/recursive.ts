// Huffman by recursion on a shorter list
const Code = {
  words(p: readonly number[]): string[] {
    if (p.length === 2) return ["1", "0"];
    const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!);
    const [a, b] = [order[0]!, order[1]!];
    const rest = p.map((_, i) => i).filter((i) => i !== a && i !== b);
    const shorter = Code.words([...rest.map((i) => p[i]!), p[a]! + p[b]!]);
    const out: string[] = p.map(() => "");
    rest.forEach((i, k) => {
      out[i] = shorter[k]!;
    });
    out[a] = `${shorter[rest.length]}1`;
    out[b] = `${shorter[rest.length]}0`;
    return out;
  },
};
export const huffman = (p: readonly number[]): string[] => Code.words(p);
export const shannonLengths = (q: readonly number[]): number[] => q.map((x) => -Math.floor(Math.log2(x)));
export function kraftSum(lengths: readonly number[]): number {
  const deepest = Math.max(...lengths);
  return lengths.reduce((leaves, l) => leaves + 2 ** (deepest - l), 0) / 2 ** deepest;
}
export function expectedLength(p: readonly number[], lengths: readonly number[]): number {
  let total = 0;
  p.forEach((x, i) => {
    total += x * lengths[i]!;
  });
  return total;
}
export function arithmeticBits(sequence: readonly number[], q: readonly number[]): number {
  // the product in pieces: mantissa and exponent apart
  let mantissa = 1;
  let exponent = 0;
  for (const s of sequence) {
    mantissa *= q[s]!;
    while (mantissa < 0.5) {
      mantissa *= 2;
      exponent++;
    }
  }
  return Math.ceil(exponent - Math.log2(mantissa)) + 1;
}
