// the whole sum against an explicit one-hot target
export function oneHotCrossEntropy(c: number, q: readonly number[]): number {
  if (!Number.isInteger(c) || c < 0 || c >= q.length) throw new RangeError("class");
  const target = q.map((_, k) => (k === c ? 1 : 0));
  return target.reduce<number>((s, t, k) => (t === 0 ? s : s + Math.log(1 / q[k]!)), 0);
}
export const penaltyRatio = (q1: number, q2: number): number => Math.log2(q1) / Math.log2(q2);
export const allCorrectBound = (meanLoss: number, n: number): boolean => meanLoss < Math.log(2) / n;
