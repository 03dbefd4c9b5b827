import type { Derivation } from "./types";

/** D19: weighting a loss moves its minimiser to q proportional to w p; how to undo it, and the cost threshold. */
export const D19: Derivation = {
  id: "D19",
  slug: "d19-weights",
  title: "What a weighted loss learns",
  statement:
    "$-\\sum_k w_k p_k \\log q_k$ is least at $q_k = w_k p_k / \\sum_j w_j p_j$; dividing by $w$ and normalising brings $p$ back; act if and only if $p > c_{\\mathrm{FP}}/(c_{\\mathrm{FP}} + c_{\\mathrm{FN}})$.",
  symbols: {
    w: { is: "positive", size: "K" },
    p: { is: "distribution", size: "K" },
    q: { is: "distribution", size: "K" },
    lambda: { is: "positive" },
    k: { is: "label", size: "K" },
    u: { is: "unit" },
    c: { is: "positive" },
    a: { is: "positive" },
    b: { is: "positive" },
  },
  definitions: { "r[k]": "w[k] * p[k] / sum(i, w[i] * p[i])" },
  latex: { r: "q", u: "p", a: "c_{\\mathrm{FP}}", b: "c_{\\mathrm{FN}}" },
  assumptions: ["$w_k > 0$ and $p_k > 0$", "costs are positive"],
  chains: [
    {
      name: "The minimiser",
      at: { "q[i]": "w[i] * p[i] / sum(j, w[j] * p[j])", lambda: "sum(j, w[j] * p[j])" },
      steps: [
        {
          expression: "diff(-sum(i, w[i] * p[i] * log(q[i])) + lambda * (sum(i, q[i]) - 1), q[k]) == 0",
          by: "start",
        },
        { expression: "-w[k] * p[k] / q[k] + lambda == 0", relation: "<=>", by: "differentiate" },
        { expression: "q[k] == w[k] * p[k] / lambda", relation: "<=>", by: "solve" },
        {
          expression: "q[k] == w[k] * p[k] / sum(j, w[j] * p[j])",
          relation: "<=>",
          by: "argument",
          note: "$q$ sums to 1, which fixes $\\lambda$; the loss is convex",
        },
      ],
    },
    {
      name: "Two classes, weight c on the positive one",
      at: { x: "c * u / (c * u + 1 - u)" },
      steps: [
        { expression: "diff(-c * u * log(x) - (1 - u) * log(1 - x), x) == 0", by: "start" },
        { expression: "-c * u / x + (1 - u) / (1 - x) == 0", relation: "<=>", by: "differentiate" },
        { expression: "x == c * u / (c * u + 1 - u)", relation: "<=>", by: "solve" },
      ],
    },
    {
      name: "Undoing the weights",
      steps: [
        { expression: "r[k] / w[k] / sum(j, r[j] / w[j])", by: "start" },
        {
          expression:
            "w[k] * p[k] / sum(i, w[i] * p[i]) / w[k] / sum(j, w[j] * p[j] / sum(i, w[i] * p[i]) / w[j])",
          by: "definition",
        },
        { expression: "p[k] / sum(i, w[i] * p[i]) / sum(j, p[j] / sum(i, w[i] * p[i]))", by: "cancel" },
        { expression: "p[k] / sum(i, w[i] * p[i]) / (sum(j, p[j]) / sum(i, w[i] * p[i]))", by: "linearity" },
        { expression: "p[k] / sum(j, p[j])", by: "cancel" },
        { expression: "p[k]", by: "sums to 1" },
      ],
    },
    {
      name: "The threshold at which acting and waiting cost the same",
      at: { u: "a / (a + b)" },
      steps: [
        {
          expression: "b * u == a * (1 - u)",
          by: "start",
          note: "a miss costs $c_{\\mathrm{FN}}$, a false alarm $c_{\\mathrm{FP}}$",
        },
        { expression: "u == a / (a + b)", relation: "<=>", by: "solve" },
      ],
    },
  ],
  misconceptions: [
    {
      line: 3,
      expression: "q[k] == p[k] / (w[k] * lambda)",
      says: "An up-weighted class becomes more likely, not less.",
    },
    { line: 4, expression: "q[k] == p[k]", says: "Weights move the minimiser: q is proportional to w p." },
  ],
};
