// Huffman with two queues and explicit nodes; lengths by halving
type Tree = { w: number; left?: Tree; right?: Tree; symbol?: number };
export function shannonLengths(q: readonly number[]): number[] {
  return q.map((x) => {
    let l = 0;
    while (2 ** -l > x) l++;
    return l;
  });
}
export const kraftSum = (lengths: readonly number[]): number => {
  let s = 0;
  for (const l of lengths) s += 0.5 ** l;
  return s;
};
export function huffman(p: readonly number[]): string[] {
  const leaves: Tree[] = p.map((w, symbol) => ({ w, symbol })).sort((a, b) => a.w - b.w);
  const merged: Tree[] = [];
  const take = (): Tree =>
    merged.length === 0 || (leaves.length > 0 && leaves[0]!.w <= merged[0]!.w)
      ? leaves.shift()!
      : merged.shift()!;
  while (leaves.length + merged.length > 1) {
    const left = take();
    const right = take();
    merged.push({ w: left.w + right.w, left, right });
  }
  const out: string[] = [];
  const walk = (t: Tree, word: string) => {
    if (t.symbol !== undefined) out[t.symbol] = word;
    else {
      walk(t.left!, `${word}0`);
      walk(t.right!, `${word}1`);
    }
  };
  walk(merged[0]!, "");
  return out;
}
export const expectedLength = (p: readonly number[], l: readonly number[]): number =>
  p.map((x, i) => x * l[i]!).reduceRight((a, b) => a + b, 0);
export function arithmeticBits(sequence: readonly number[], q: readonly number[]): number {
  const costs = q.map((x) => Math.log2(x));
  let bits = 0;
  for (const s of sequence) bits += costs[s]!;
  return 1 + Math.ceil(-bits);
}
