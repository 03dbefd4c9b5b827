// each row counted w times: a mean over weights as a running update
const logSumExp = (z: readonly number[]) => {
  const m = z.reduce((a, b) => Math.max(a, b));
  return m + Math.log(z.map((x) => Math.exp(x - m)).reduce((a, b) => a + b));
};
export function weightedCrossEntropy(
  y: readonly number[],
  Z: readonly (readonly number[])[],
  w: readonly number[],
  reduction = "mean",
): number {
  let mean = 0;
  let weight = 0;
  Z.forEach((z, n) => {
    const wn = w[y[n]!]!;
    weight += wn;
    mean += (wn / weight) * (logSumExp(z) - z[y[n]!]! - mean);
  });
  return reduction === "sum" ? mean * weight : mean;
}
export const weightedMinimiser = (p: readonly number[], w: readonly number[]): number[] => {
  let s = 0;
  for (let k = 0; k < p.length; k++) s += p[k]! * w[k]!;
  return p.map((x, k) => (x * w[k]!) / s);
};
export const unweight = (q: readonly number[], w: readonly number[]): number[] => {
  const s = q.reduce((a, x, k) => a + x / w[k]!, 0);
  return q.map((x, k) => x / w[k]! / s);
};
export const costThreshold = (falsePositive: number, falseNegative: number): number =>
  1 / (1 + falseNegative / falsePositive);
