// a canonical code from lengths found by package-merge-like search; counts instead of a running sum
export const shannonLengths = (q: readonly number[]): number[] =>
  Array.from(Float64Array.from(q, (x) => Math.ceil(Math.log2(1 / x))));
export const kraftSum = (lengths: readonly number[]): number =>
  lengths.map((l) => 1 / 2 ** l).reduce((a, b) => a + b);
export function huffman(p: readonly number[]): string[] {
  const depth = p.map(() => 0);
  const groups = p.map((w, i) => [w, [i]] as [number, number[]]);
  for (; groups.length > 1; ) {
    groups.sort((x, y) => x[0] - y[0] || x[1].length - y[1].length);
    const [a, b] = groups.splice(0, 2) as [[number, number[]], [number, number[]]];
    const both = [...a[1], ...b[1]];
    for (const i of both) depth[i]!++;
    groups.push([a[0] + b[0], both]);
  }
  const order = p.map((_, i) => i).sort((i, j) => depth[i]! - depth[j]!);
  const words: string[] = [];
  let code = 0;
  let last = depth[order[0]!]!;
  for (const i of order) {
    code *= 2 ** (depth[i]! - last);
    last = depth[i]!;
    words[i] = code.toString(2).padStart(last, "0");
    code++;
  }
  return words;
}
export function expectedLength(p: readonly number[], lengths: readonly number[]): number {
  let t = 0;
  for (let i = p.length; i-- > 0; ) t += lengths[i]! * p[i]!;
  return t;
}
export function arithmeticBits(sequence: readonly number[], q: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const s of sequence) counts.set(s, (counts.get(s) ?? 0) + 1);
  let bits = 0;
  for (const [s, n] of counts) bits += n * Math.log2(1 / q[s]!);
  return Math.ceil(bits) + 1;
}
