import type { DerivationTask } from "../task";

/** E05: Gibbs' inequality, when p may have zeros. */
export const e05: DerivationTask = {
  id: "E05",
  symbols: { p: { is: "distribution", size: "K", zeros: true }, q: { is: "distribution", size: "K" } },
  definitions: { "KL(a, b)": "sumWhere(i, a[i] > 0, a[i] * log(a[i] / b[i]))" },
  latex: { KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)" },
  routes: [
    { start: "-KL(p, q)", target: "0", relation: "<=" },
    { start: "KL(p, q)", target: "0", relation: ">=" },
    { start: "sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", target: "0", relation: "<=" },
  ],
  milestones: [
    {
      name: "an inequality for the logarithm",
      reasons: ["log x <= x - 1", "Jensen, log concave", "log-sum inequality"],
    },
    {
      name: "q may put mass where p has none, so its sum over p > 0 is at most 1",
      reasons: ["part of a sum"],
    },
  ],
  lines: 5,
  without: ["Gibbs"],
  misconceptions: [
    {
      line: "-sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))",
      says: "log is concave: log x ≤ x − 1, and a minus turns the inequality round.",
    },
    { line: "sum(i, p[i] * log(q[i] / p[i]))", says: "Sum only where p > 0." },
    {
      line: "1",
      says: "q may put mass where p has none, so its sum over p > 0 is at most 1, and 1 − 1 = 0 is the bound.",
    },
    { line: "KL(q, p)", says: "Gibbs says ≥ 0, not symmetric." },
  ],
};
