import type { Derivation } from "./types";

/** D6: Gibbs' inequality, KL(p, q) >= 0, proved four ways, with the case of equality. */
export const D6: Derivation = {
  id: "D6",
  slug: "d06-gibbs",
  title: "Gibbs' inequality, four ways",
  statement: "$D_{\\mathrm{KL}}(p\\,\\|\\,q) \\ge 0$, with equality if and only if $q = p$.",
  symbols: {
    p: { is: "distribution", size: "K", zeros: true },
    q: { is: "distribution", size: "K" },
    t: { is: "distribution", size: "K" },
    lambda: { is: "positive" },
    k: { is: "label", size: "K" },
  },
  definitions: { "KL(a, b)": "sumWhere(i, a[i] > 0, a[i] * log(a[i] / b[i]))" },
  latex: { KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)", t: "p" },
  assumptions: ["$q_i > 0$", "sums run over the outcomes that $p$ produces"],
  chains: [
    {
      name: "(a) log x <= x - 1",
      steps: [
        { expression: "-KL(p, q)", by: "start" },
        { expression: "-sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", by: "definition" },
        { expression: "sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", by: "log of a quotient" },
        {
          expression: "sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))",
          relation: "<=",
          by: "log x <= x - 1",
          equalWhen: { "q[i]": "p[i]" },
        },
        { expression: "sumWhere(i, p[i] > 0, q[i] - p[i])", by: "algebra" },
        { expression: "sumWhere(i, p[i] > 0, q[i]) - sumWhere(i, p[i] > 0, p[i])", by: "linearity" },
        { expression: "sumWhere(i, p[i] > 0, q[i]) - 1", by: "sums to 1" },
        {
          expression: "sum(i, q[i]) - 1",
          relation: "<=",
          by: "part of a sum",
          note: "$q$ may put mass where $p$ has none",
        },
        { expression: "1 - 1", by: "sums to 1" },
        { expression: "0", by: "algebra" },
      ],
    },
    {
      name: "(b) Jensen",
      steps: [
        {
          expression: "sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))",
          by: "start",
          note: "this is $-D_{\\mathrm{KL}}$",
        },
        {
          expression: "log(sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i])))",
          relation: "<=",
          by: "Jensen, log concave",
          equalWhen: { "q[i]": "p[i]" },
        },
        { expression: "log(sumWhere(i, p[i] > 0, q[i]))", by: "cancel" },
        { expression: "log(sum(i, q[i]))", relation: "<=", by: "part of a sum" },
        { expression: "log(1)", by: "sums to 1" },
        { expression: "0", by: "log of exp", note: "$1 = e^0$" },
      ],
    },
    {
      name: "(c) Lagrange, for p > 0",
      at: { "q[i]": "t[i]", lambda: "1" },
      steps: [
        {
          expression: "diff(-sum(i, t[i] * log(q[i])) + lambda * (sum(i, q[i]) - 1), q[k]) == 0",
          by: "start",
        },
        { expression: "-t[k] / q[k] + lambda == 0", relation: "<=>", by: "differentiate" },
        { expression: "q[k] == t[k] / lambda", relation: "<=>", by: "solve" },
        {
          expression: "q[k] == t[k]",
          relation: "<=>",
          by: "argument",
          note: "sums give $\\lambda = 1$; convex: a minimum",
        },
      ],
    },
    {
      name: "(d) The log-sum inequality",
      steps: [
        { expression: "sum(i, t[i] * log(t[i] / q[i]))", by: "start" },
        {
          expression: "sum(i, t[i]) * log(sum(i, t[i]) / sum(i, q[i]))",
          relation: ">=",
          by: "log-sum inequality",
          equalWhen: { "q[i]": "t[i]" },
        },
        { expression: "1 * log(1 / 1)", by: "sums to 1" },
        { expression: "0", by: "log of a quotient" },
      ],
    },
  ],
  misconceptions: [
    {
      line: 4,
      expression: "sumWhere(i, p[i] > 0, p[i] * (1 - q[i] / p[i]))",
      says: "log x ≤ x − 1, not 1 − x.",
    },
    {
      line: 7,
      expression: "sum(i, q[i]) - 1",
      says: "q may put mass where p has none, so its sum over p > 0 is at most 1, not equal to it.",
    },
    {
      chain: 3,
      line: 2,
      expression: "sum(i, t[i]) * log(sum(i, q[i]) / sum(i, t[i])) + 1",
      says: "The log-sum inequality bounds from below.",
    },
  ],
};
