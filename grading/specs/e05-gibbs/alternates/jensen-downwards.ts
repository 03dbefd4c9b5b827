// jensen downwards
export const gibbsSteps = [
  { expression: "KL(p, q)", by: "start" },
  { expression: "sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", by: "definition" },
  { expression: "-sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", by: "log of a quotient" },
  {
    expression: "-log(sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i])))",
    relation: ">=",
    by: "Jensen, log concave",
  },
  { expression: "-log(sumWhere(i, p[i] > 0, q[i]))", by: "cancel" },
  { expression: "-log(sum(i, q[i]))", relation: ">=", by: "part of a sum" },
  { expression: "-log(1)", by: "sums to 1" },
  { expression: "0", by: "log of exp" },
];

const gap = (x: number): number => (x === 0 ? Number.POSITIVE_INFINITY : x - 1 - Math.log(x));
export function tightness(p: readonly number[], q: readonly number[]): number {
  const terms = Float64Array.from(p, (x, i) => (x === 0 ? 0 : x * gap(q[i]! / x)));
  return terms.reduceRight((a, b) => a + b, 0);
}
