class WeightedMean {
  private top = 0;
  private bottom = 0;
  add(x: number, w: number): void {
    this.top += x * w;
    this.bottom += w;
  }
  get sum() {
    return this.top;
  }
  get mean() {
    return this.top / this.bottom;
  }
}
const surprise = (z: readonly number[], c: number): number => {
  const sorted = [...z].sort((a, b) => b - a);
  return sorted[0]! - z[c]! + Math.log1p(sorted.slice(1).reduce((s, x) => s + Math.exp(x - sorted[0]!), 0));
};
export function weightedCrossEntropy(
  y: readonly number[],
  Z: readonly (readonly number[])[],
  w: readonly number[],
  reduction?: "mean" | "sum",
) {
  const m = new WeightedMean();
  for (let n = 0; n < y.length; n++) m.add(surprise(Z[n]!, y[n]!), w[y[n]!]!);
  return reduction === "sum" ? m.sum : m.mean;
}
const scale = (p: readonly number[], f: (k: number) => number) => {
  const m = p.map((x, k) => x * f(k));
  return m.map((x) => x / m.reduce((a, b) => a + b));
};
export const weightedMinimiser = (p: readonly number[], w: readonly number[]) => scale(p, (k) => w[k]!);
export const unweight = (q: readonly number[], w: readonly number[]) => scale(q, (k) => 1 / w[k]!);
export const costThreshold = (falsePositive: number, falseNegative: number) =>
  1 - falseNegative / (falsePositive + falseNegative);
