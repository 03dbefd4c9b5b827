// log1p for confident predictions, a switch for the ends
export function oneHotCrossEntropy(c: number, q: readonly number[]): number {
  if (!(c in q)) throw new RangeError(`no class ${c}`);
  const x = q[c]!;
  if (x === 1) return 0;
  return x > 0.5 ? -Math.log1p(x - 1) : -Math.log(x);
}
export function penaltyRatio(q1: number, q2: number): number {
  return -Math.log(q1) / -Math.log(q2);
}
export function allCorrectBound(meanLoss: number, n: number): boolean {
  return Math.exp(-meanLoss * n) > 0.5;
}
