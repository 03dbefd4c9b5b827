import type { Derivation } from "./types";

/** D12: the shift that makes log-sum-exp safe, its bounds, and the shift invariance of softmax. */
export const D12: Derivation = {
  id: "D12",
  slug: "d12-log-sum-exp",
  title: "Log-sum-exp",
  statement:
    "$\\operatorname{LSE}(z) = m + \\log\\sum_j e^{z_j - m}$ for any $m$; $\\max z \\le \\operatorname{LSE}(z) \\le \\max z + \\log K$; $\\operatorname{softmax}(z + c\\mathbf{1}) = \\operatorname{softmax}(z)$.",
  symbols: {
    z: { is: "real", size: "K" },
    m: { is: "real" },
    c: { is: "real" },
    k: { is: "label", size: "K" },
  },
  assumptions: ["$z_j$ are finite"],
  chains: [
    {
      name: "Any shift may be taken out",
      steps: [
        { expression: "log(sum(j, exp(z[j])))", by: "start" },
        { expression: "log(sum(j, exp(m + (z[j] - m))))", by: "add and subtract" },
        { expression: "log(sum(j, exp(m) * exp(z[j] - m)))", by: "exp of a sum" },
        { expression: "log(exp(m) * sum(j, exp(z[j] - m)))", by: "linearity" },
        { expression: "log(exp(m)) + log(sum(j, exp(z[j] - m)))", by: "log of a product" },
        { expression: "m + log(sum(j, exp(z[j] - m)))", by: "log of exp" },
      ],
    },
    {
      name: "At least the largest logit: take m = max z",
      steps: [
        { expression: "maxOver(i, z[i]) + log(sum(j, exp(z[j] - maxOver(i, z[i]))))", by: "start" },
        { expression: "maxOver(i, z[i]) + log(1)", relation: ">=", by: "largest term" },
        { expression: "maxOver(i, z[i])", by: "log of exp" },
      ],
    },
    {
      name: "At most log K above it",
      steps: [
        { expression: "maxOver(i, z[i]) + log(sum(j, exp(z[j] - maxOver(i, z[i]))))", by: "start" },
        {
          expression: "maxOver(i, z[i]) + log(K)",
          relation: "<=",
          by: "largest term",
          note: "equal when all logits are",
          equalWhen: { "z[i]": "1" },
        },
      ],
    },
    {
      name: "Softmax does not see a shift",
      steps: [
        { expression: "exp(z[k] + c) / sum(j, exp(z[j] + c))", by: "start" },
        { expression: "exp(z[k]) * exp(c) / sum(j, exp(z[j]) * exp(c))", by: "exp of a sum" },
        { expression: "exp(z[k]) * exp(c) / (exp(c) * sum(j, exp(z[j])))", by: "linearity" },
        { expression: "exp(z[k]) / sum(j, exp(z[j]))", by: "cancel" },
      ],
    },
  ],
};
