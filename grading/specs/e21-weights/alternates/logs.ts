// everything in logarithms and typed arrays
const softmaxOfLogs = (l: Float64Array): Float64Array => {
  const top = l.reduce((a, b) => Math.max(a, b));
  const e = l.map((x) => Math.exp(x - top));
  const s = e.reduce((a, b) => a + b);
  return e.map((x) => x / s);
};
export const weightedMinimiser = (p: readonly number[], w: readonly number[]): Float64Array =>
  softmaxOfLogs(Float64Array.from(p, (x, k) => Math.log(x) + Math.log(w[k]!)));
export const unweight = (q: readonly number[], w: readonly number[]): Float64Array =>
  softmaxOfLogs(Float64Array.from(q, (x, k) => Math.log(x) - Math.log(w[k]!)));
export function weightedCrossEntropy(
  y: readonly number[],
  Z: readonly (readonly number[])[],
  w: readonly number[],
  reduction: "mean" | "sum" = "mean",
) {
  const parts = y.map((c, n) => {
    const z = Z[n]!;
    const above = z.map((x) => x - z[c]!);
    const top = Math.max(...above);
    return { weight: w[c]!, loss: top + Math.log(above.reduce((s, x) => s + Math.exp(x - top), 0)) };
  });
  const total = parts.reduceRight((s, { weight, loss }) => s + weight * loss, 0);
  return reduction === "sum" ? total : total / parts.reduce((s, { weight }) => s + weight, 0);
}
export function costThreshold(falsePositive: number, falseNegative: number): number {
  return Math.exp(Math.log(falsePositive) - Math.log(falsePositive + falseNegative));
}
