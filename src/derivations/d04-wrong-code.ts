import type { Derivation } from "./types";

/** D4: using the code built for q when symbols come from p costs KL(p, q), to within one bit of rounding. */
export const D4: Derivation = {
  id: "D4",
  slug: "d04-wrong-code",
  title: "The price of the wrong code",
  statement:
    "With lengths $l_i = \\lceil -\\log_2 q_i \\rceil$ and symbols from $p$: $H_2(p) + D_2(p\\,\\|\\,q) \\le \\operatorname{E}_p[l] < H_2(p) + D_2(p\\,\\|\\,q) + 1$ bits.",
  symbols: { p: { is: "distribution", size: "K" }, q: { is: "distribution", size: "K" } },
  definitions: {
    "H(a)": "-sum(i, a[i] * log2(a[i]))",
    "KL(a, b)": "sum(i, a[i] * log2(a[i] / b[i]))",
    "l[i]": "ceil(-log2(q[i]))",
  },
  latex: { H: "H_2(#1)", KL: "D_2(#1\\,\\|\\,#2)" },
  assumptions: ["$p_i, q_i > 0$", "entropy and divergence in bits"],
  chains: [
    {
      name: "The cross-entropy in bits",
      steps: [
        { expression: "-sum(i, p[i] * log2(q[i]))", by: "start" },
        { expression: "-sum(i, p[i] * (log2(q[i]) - log2(p[i]) + log2(p[i])))", by: "add and subtract" },
        {
          expression: "-sum(i, p[i] * log2(p[i])) + sum(i, p[i] * (log2(p[i]) - log2(q[i])))",
          by: "linearity",
        },
        {
          expression: "-sum(i, p[i] * log2(p[i])) + sum(i, p[i] * log2(p[i] / q[i]))",
          by: "log of a quotient",
        },
        { expression: "H(p) + KL(p, q)", by: "definition" },
      ],
    },
    {
      name: "At least the cross-entropy",
      steps: [
        { expression: "-sum(i, p[i] * log2(q[i]))", by: "start" },
        { expression: "sum(i, p[i] * (-log2(q[i])))", by: "linearity" },
        { expression: "sum(i, p[i] * ceil(-log2(q[i])))", relation: "<=", by: "ceiling" },
        { expression: "sum(i, p[i] * l[i])", by: "definition" },
      ],
    },
    {
      name: "Less than one bit above it",
      steps: [
        { expression: "sum(i, p[i] * l[i])", by: "start" },
        { expression: "sum(i, p[i] * ceil(-log2(q[i])))", by: "definition" },
        { expression: "sum(i, p[i] * (-log2(q[i]) + 1))", relation: "<", by: "ceiling" },
        { expression: "-sum(i, p[i] * log2(q[i])) + sum(i, p[i])", by: "linearity" },
        { expression: "-sum(i, p[i] * log2(q[i])) + 1", by: "sums to 1" },
      ],
    },
  ],
};
