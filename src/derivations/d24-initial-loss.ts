import type { Derivation } from "./types";

/** D24: the loss of an untrained model with random logits is at most log V + sigma squared / 2. */
export const D24: Derivation = {
  id: "D24",
  slug: "d24-initial-loss",
  title: "The loss before training",
  statement:
    "For logits drawn from $\\mathcal{N}(0, \\sigma^2)$ the mean loss is at most $\\log V + \\sigma^2/2$ nats, and close to it for $\\sigma \\ll \\sqrt{2\\log V}$.",
  symbols: {
    P: { is: "distribution", size: "M" },
    z: { is: "real", size: "M", columns: "K" },
    sigma: { is: "positive" },
  },
  sizes: { K: [2, 3, 4], M: [3, 4, 2] },
  indices: { w: "M" },
  latex: { P: "\\Pr(#1)", K: "V", w: "s" },
  assumptions: [
    "$s$ runs over the possible draws of the logits, each with its probability",
    "the true class is drawn without looking at the logits",
  ],
  chains: [
    {
      name: "The mean of log-sum-exp is at most the log of the mean",
      steps: [
        { expression: "sum(w, P[w] * log(sum(j, exp(z[w, j]))))", by: "start" },
        {
          expression: "log(sum(w, P[w] * sum(j, exp(z[w, j]))))",
          relation: "<=",
          by: "Jensen, log concave",
          equalWhen: { "z[w, j]": "1" },
        },
        { expression: "log(sum(j, sum(w, P[w] * exp(z[w, j]))))", by: "exchange sums" },
      ],
    },
    {
      name: "For Gaussian logits that is log V + sigma squared / 2",
      steps: [
        { expression: "log(sum(j, expectNormal(x, 0, sigma, exp(x))))", by: "start" },
        { expression: "log(sum(j, exp(sigma^2 / 2)))", by: "Gaussian moments" },
        { expression: "log(K * exp(sigma^2 / 2))", by: "linearity" },
        { expression: "log(K) + log(exp(sigma^2 / 2))", by: "log of a product" },
        { expression: "log(K) + sigma^2 / 2", by: "log of exp" },
      ],
    },
    {
      name: "The logit of the true class is 0 on average",
      steps: [
        { expression: "expectNormal(x, 0, sigma, x)", by: "start" },
        { expression: "0", by: "Gaussian moments" },
      ],
    },
  ],
  misconceptions: [
    {
      chain: 1,
      line: 5,
      expression: "log(K)",
      says: "Spread-out logits cost more than equal ones: add σ²/2.",
    },
  ],
};
