// downwards
export const gibbsSteps = [
  { expression: "KL(p, q)", by: "start" },
  { expression: "sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", by: "definition" },
  { expression: "-sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", by: "log of a quotient" },
  { expression: "-sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))", relation: ">=", by: "log x <= x - 1" },
  { expression: "-sumWhere(i, p[i] > 0, q[i] - p[i])", by: "algebra" },
  { expression: "sumWhere(i, p[i] > 0, p[i]) - sumWhere(i, p[i] > 0, q[i])", by: "linearity" },
  { expression: "1 - sumWhere(i, p[i] > 0, q[i])", by: "sums to 1" },
  { expression: "1 - sum(i, q[i])", relation: ">=", by: "part of a sum" },
  { expression: "1 - 1", by: "sums to 1" },
  { expression: "0", by: "algebra" },
];

export function tightness(p: readonly number[], q: readonly number[]): number {
  // KL − (1 − Σ_{p>0} q)
  let kl = 0;
  let covered = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0) continue;
    kl += p[i]! * Math.log(p[i]! / q[i]!);
    covered += q[i]!;
  }
  return kl - (p.reduce((a, b) => a + b, 0) - covered);
}
