const loss = (x: number): number => Math.log(1 / x);
export const oneHotCrossEntropy = (c: number, q: readonly number[]): number => {
  const happened = q.find((_, k) => k === c);
  if (happened === undefined) throw new TypeError("c is not a class");
  return loss(happened);
};
export const penaltyRatio = (q1: number, q2: number): number => loss(q1) / loss(q2);
export const allCorrectBound = (meanLoss: number, n: number): boolean => !(n * meanLoss >= Math.LN2);
