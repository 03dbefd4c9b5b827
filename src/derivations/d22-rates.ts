import type { Derivation } from "./types";

/** D22: the entropy rate of a Markov chain, the cross-entropy rate of a model of it, and what context is worth. */
export const D22: Derivation = {
  id: "D22",
  slug: "d22-rates",
  title: "Entropy rate and cross-entropy rate",
  statement:
    "$\\frac1T H(X_{1:T}) \\to \\sum_i \\pi_i H(P_i)$; a model's rate exceeds it by $\\sum_i \\pi_i D_{\\mathrm{KL}}(P_i\\,\\|\\,Q_i) \\ge 0$; ignoring the past costs $I(X_t; X_{t-1}) \\ge 0$. Nats for each symbol.",
  symbols: {
    P: { is: "conditional", rows: "K", columns: "K" },
    Q: { is: "conditional", rows: "K", columns: "K" },
    s: { is: "stationary", of: "P", size: "K" },
    T: { is: "integer", from: 2, to: 9 },
  },
  definitions: {
    "H(a)": "-sum(j, a[j] * log(a[j]))",
    "CE(a, b)": "-sum(j, a[j] * log(b[j]))",
    "KL(a, b)": "sum(j, a[j] * log(a[j] / b[j]))",
  },
  latex: { s: "\\pi", CE: "H(#1, #2)", KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)" },
  assumptions: [
    "the chain is stationary: $\\pi = \\pi P$",
    "all $P_{ij}, Q_{ij} > 0$; row $i$ of $P$ is $P_i$",
  ],
  chains: [
    {
      name: "Two symbols",
      steps: [
        { expression: "-sum(i, sum(j, s[i] * P[i, j] * log(s[i] * P[i, j])))", by: "start" },
        {
          expression: "-sum(i, sum(j, s[i] * P[i, j] * (log(s[i]) + log(P[i, j]))))",
          by: "log of a product",
        },
        {
          expression:
            "-sum(i, s[i] * log(s[i]) * sum(j, P[i, j])) - sum(i, s[i] * sum(j, P[i, j] * log(P[i, j])))",
          by: "linearity",
        },
        {
          expression: "-sum(i, s[i] * log(s[i])) - sum(i, s[i] * sum(j, P[i, j] * log(P[i, j])))",
          by: "sums to 1",
        },
        { expression: "H(s) + sum(i, s[i] * H(P[i]))", by: "definition" },
      ],
    },
    {
      name: "T symbols: each further one adds the same",
      steps: [
        { expression: "(H(s) + (T - 1) * sum(i, s[i] * H(P[i]))) / T", by: "start" },
        {
          expression: "sum(i, s[i] * H(P[i]))",
          relation: "->",
          by: "limit",
          limit: { of: "T", to: "infinity" },
          note: "$T \\to \\infty$",
        },
      ],
    },
    {
      name: "A model of the chain pays the divergence of its rows",
      steps: [
        { expression: "sum(i, s[i] * CE(P[i], Q[i])) - sum(i, s[i] * H(P[i]))", by: "start" },
        {
          expression:
            "-sum(i, s[i] * sum(j, P[i, j] * log(Q[i, j]))) + sum(i, s[i] * sum(j, P[i, j] * log(P[i, j])))",
          by: "definition",
        },
        { expression: "sum(i, s[i] * sum(j, P[i, j] * (log(P[i, j]) - log(Q[i, j]))))", by: "linearity" },
        { expression: "sum(i, s[i] * sum(j, P[i, j] * log(P[i, j] / Q[i, j])))", by: "log of a quotient" },
        { expression: "sum(i, s[i] * KL(P[i], Q[i]))", by: "definition" },
        { expression: "0", relation: ">=", by: "Gibbs", equalWhen: { "Q[i, j]": "P[i, j]" } },
      ],
    },
    {
      name: "Context helps: entropy falls by the mutual information",
      steps: [
        { expression: "H(s) - sum(i, s[i] * H(P[i]))", by: "start" },
        {
          expression: "-sum(j, s[j] * log(s[j])) + sum(i, s[i] * sum(j, P[i, j] * log(P[i, j])))",
          by: "definition",
        },
        {
          expression:
            "-sum(j, sum(i, s[i] * P[i, j]) * log(s[j])) + sum(i, s[i] * sum(j, P[i, j] * log(P[i, j])))",
          by: "argument",
          note: "stationarity: $\\pi_j = \\sum_i \\pi_i P_{ij}$",
        },
        {
          expression: "sum(i, s[i] * sum(j, P[i, j] * (log(P[i, j]) - log(s[j]))))",
          by: "exchange sums",
        },
        { expression: "sum(i, s[i] * sum(j, P[i, j] * log(P[i, j] / s[j])))", by: "log of a quotient" },
        {
          expression: "0",
          relation: ">=",
          by: "Gibbs",
          note: "for each row; longer pasts by the same argument",
        },
      ],
    },
  ],
};
