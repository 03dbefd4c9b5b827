import type { Derivation } from "./types";

/** D3: the best code lengths are -log2 p, their mean is the entropy; rounding up costs less than one bit. */
export const D3: Derivation = {
  id: "D3",
  slug: "d03-best-lengths",
  title: "The best code lengths",
  statement:
    "Among lengths with $\\sum_i 2^{-l_i} \\le 1$ the mean $\\sum_i p_i l_i$ is least at $l_i = -\\log_2 p_i$, where it is $H(p)$ bits; whole lengths need less than one bit more.",
  symbols: {
    p: { is: "distribution", size: "K" },
    q: { is: "distribution", size: "K" },
    w: { is: "codeLengths", size: "K" },
    l: { is: "real", size: "K" },
    lambda: { is: "positive" },
    k: { is: "label", size: "K" },
    n: { is: "integer", from: 1, to: 9 },
  },
  definitions: {
    "H(a)": "-sum(i, a[i] * log2(a[i]))",
    "s[i]": "ceil(-log2(p[i]))",
    Z: "sum(j, 2^(-w[j]))",
  },
  latex: { w: "l", H: "H_2(#1)" },
  assumptions: ["$p_i > 0$", "entropy in bits: $H_2(p) = -\\sum_i p_i \\log_2 p_i$"],
  chains: [
    {
      name: "Where the Lagrangian is stationary",
      at: { "l[i]": "-log2(p[i])", lambda: "1 / log(2)" },
      steps: [
        {
          expression: "diff(sum(i, p[i] * l[i]) + lambda * (sum(i, 2^(-l[i])) - 1), l[k]) == 0",
          by: "start",
        },
        { expression: "p[k] - lambda * log(2) * 2^(-l[k]) == 0", relation: "<=>", by: "differentiate" },
        { expression: "p[k] == lambda * log(2) * 2^(-l[k])", relation: "<=>", by: "both sides" },
        {
          expression: "2^(-l[k]) == p[k]",
          relation: "<=>",
          by: "argument",
          note: "sum over $k$: $1 = \\lambda \\log 2$",
        },
        { expression: "l[k] == -log2(p[k])", relation: "<=>", by: "solve" },
      ],
    },
    {
      name: "No lengths do better",
      steps: [
        { expression: "sum(i, p[i] * w[i])", by: "start" },
        {
          expression: "-sum(i, p[i] * log2(2^(-w[i])))",
          by: "log of exp",
        },
        {
          expression: "-sum(i, p[i] * (log2(2^(-w[i])) - log2(p[i]) + log2(p[i])))",
          by: "add and subtract",
        },
        {
          expression: "-sum(i, p[i] * log2(p[i])) - sum(i, p[i] * (log2(2^(-w[i])) - log2(p[i])))",
          by: "linearity",
        },
        {
          expression: "-sum(i, p[i] * log2(p[i])) - sum(i, p[i] * log2(2^(-w[i]) / p[i]))",
          by: "log of a quotient",
        },
        {
          expression: "-sum(i, p[i] * log2(p[i])) - log2(sum(i, p[i] * (2^(-w[i]) / p[i])))",
          relation: ">=",
          by: "Jensen, log concave",
        },
        { expression: "-sum(i, p[i] * log2(p[i])) - log2(sum(i, 2^(-w[i])))", by: "cancel" },
        {
          expression: "-sum(i, p[i] * log2(p[i]))",
          relation: ">=",
          by: "argument",
          note: "Kraft (D2): a logarithm of at most 0",
        },
        { expression: "H(p)", by: "definition", note: "bits" },
      ],
    },
    {
      name: "Rounding up keeps Kraft's inequality",
      steps: [
        { expression: "sum(i, 2^(-ceil(-log2(p[i]))))", by: "start" },
        { expression: "sum(i, 2^(-(-log2(p[i]))))", relation: "<=", by: "ceiling" },
        { expression: "sum(i, p[i])", by: "log of exp" },
        { expression: "1", by: "sums to 1" },
      ],
    },
    {
      name: "At least the entropy",
      steps: [
        { expression: "H(p)", by: "start" },
        { expression: "sum(i, p[i] * (-log2(p[i])))", by: "definition" },
        { expression: "sum(i, p[i] * ceil(-log2(p[i])))", relation: "<=", by: "ceiling" },
      ],
    },
    {
      name: "Less than one bit above it",
      steps: [
        { expression: "sum(i, p[i] * ceil(-log2(p[i])))", by: "start" },
        { expression: "sum(i, p[i] * (-log2(p[i]) + 1))", relation: "<", by: "ceiling" },
        { expression: "-sum(i, p[i] * log2(p[i])) + sum(i, p[i])", by: "linearity" },
        { expression: "-sum(i, p[i] * log2(p[i])) + 1", by: "sums to 1" },
        { expression: "H(p) + 1", by: "definition" },
      ],
    },
    {
      name: "Two independent symbols have twice the entropy",
      steps: [
        { expression: "-sum(i, sum(j, p[i] * p[j] * log2(p[i] * p[j])))", by: "start" },
        { expression: "-sum(i, sum(j, p[i] * p[j] * (log2(p[i]) + log2(p[j]))))", by: "log of a product" },
        {
          expression: "-sum(j, p[j]) * sum(i, p[i] * log2(p[i])) - sum(i, p[i]) * sum(j, p[j] * log2(p[j]))",
          by: "linearity",
        },
        { expression: "-sum(i, p[i] * log2(p[i])) - sum(j, p[j] * log2(p[j]))", by: "sums to 1" },
        { expression: "-2 * sum(i, p[i] * log2(p[i]))", by: "add and subtract" },
        { expression: "2 * H(p)", by: "definition" },
      ],
    },
    {
      name: "Blocks of n: the extra bit is shared",
      steps: [
        { expression: "(n * H(p) + 1) / n", by: "start", note: "a block of $n$ has entropy $n H_2(p)$" },
        { expression: "H(p) + 1 / n", by: "algebra", note: "bits for each symbol" },
      ],
    },
  ],
};
