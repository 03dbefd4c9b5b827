// jensen
export const gibbsSteps = [
  { expression: "sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", by: "start" },
  {
    expression: "log(sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i])))",
    relation: "<=",
    by: "Jensen, log concave",
  },
  { expression: "log(sumWhere(i, p[i] > 0, q[i]))", by: "cancel" },
  { expression: "log(sum(i, q[i]))", relation: "<=", by: "part of a sum" },
  { expression: "log(1)", by: "sums to 1" },
  { expression: "0", by: "log of exp" },
];

export const tightness = (p: readonly number[], q: readonly number[]): number =>
  p.reduce((sum, x, i) => (x > 0 ? sum + (q[i]! - x) - x * Math.log(q[i]! / x) : sum), 0);
