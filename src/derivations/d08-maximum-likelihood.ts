import type { Derivation } from "./types";

/** D8: the mean log-likelihood is minus the cross-entropy from the empirical distribution, so counts maximise it. */
export const D8: Derivation = {
  id: "D8",
  slug: "d08-maximum-likelihood",
  title: "Maximum likelihood is least cross-entropy",
  statement:
    "$\\frac1N \\log \\prod_n q(y_n) = -H(\\hat p, q) = -H(\\hat p) - D_{\\mathrm{KL}}(\\hat p\\,\\|\\,q)$, in nats for each observation; the best $q$ is $\\hat p$.",
  symbols: {
    y: { is: "labels", length: "N", size: "K" },
    q: { is: "distribution", size: "K" },
    t: { is: "distribution", size: "K" },
    lambda: { is: "positive" },
    k: { is: "label", size: "K" },
  },
  sizes: { K: [2, 3, 4], N: [3, 5, 7] },
  indices: { n: "N" },
  definitions: {
    "phat[i]": "sum(n, delta(y[n], i)) / N",
    "H(a)": "-sum(i, a[i] * log(a[i]))",
    "CE(a, b)": "-sum(i, a[i] * log(b[i]))",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
  },
  latex: { phat: "\\hat p", t: "\\hat p", CE: "H(#1, #2)", KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)" },
  assumptions: [
    "$y_1, \\dots, y_N$ are the observations, $\\hat p_i$ is the share of those equal to $i$",
    "$q_i > 0$",
  ],
  chains: [
    {
      name: "From a product over observations to a sum over outcomes",
      steps: [
        { expression: "log(prod(n, q[y[n]])) / N", by: "start" },
        { expression: "sum(n, log(q[y[n]])) / N", by: "log of a product" },
        { expression: "sum(n, sum(i, delta(y[n], i) * log(q[i]))) / N", by: "pick the term" },
        { expression: "sum(i, sum(n, delta(y[n], i)) / N * log(q[i]))", by: "exchange sums" },
        { expression: "sum(i, phat[i] * log(q[i]))", by: "definition" },
        { expression: "sum(i, phat[i] * (log(q[i]) - log(phat[i]) + log(phat[i])))", by: "add and subtract" },
        {
          expression: "sum(i, phat[i] * log(phat[i])) - sum(i, phat[i] * (log(phat[i]) - log(q[i])))",
          by: "linearity",
        },
        {
          expression: "sum(i, phat[i] * log(phat[i])) - sum(i, phat[i] * log(phat[i] / q[i]))",
          by: "log of a quotient",
        },
        { expression: "-H(phat) - KL(phat, q)", by: "definition" },
        {
          expression: "-H(phat)",
          relation: "<=",
          by: "Gibbs",
          note: "equal only for $q = \\hat p$",
          equalWhen: { "q[i]": "phat[i]" },
        },
      ],
    },
    {
      name: "The same by Lagrange, where every count is positive",
      at: { "q[i]": "t[i]", lambda: "1" },
      steps: [
        {
          expression: "diff(sum(i, t[i] * log(q[i])) + lambda * (1 - sum(i, q[i])), q[k]) == 0",
          by: "start",
        },
        { expression: "t[k] / q[k] - lambda == 0", relation: "<=>", by: "differentiate" },
        { expression: "q[k] == t[k] / lambda", relation: "<=>", by: "solve" },
        {
          expression: "q[k] == t[k]",
          relation: "<=>",
          by: "argument",
          note: "both sum to 1, so $\\lambda = 1$",
        },
      ],
    },
  ],
};
