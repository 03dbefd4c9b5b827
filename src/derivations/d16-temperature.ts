import type { Derivation } from "./types";

/** D16: the fitting loss is convex in the inverse temperature; entropy grows with temperature; the ranking stays. */
export const D16: Derivation = {
  id: "D16",
  slug: "d16-temperature",
  title: "Temperature",
  statement:
    "$L(\\beta) = \\frac1N\\sum_n \\operatorname{LSE}(\\beta z_n) - \\beta z_{n, y_n}$ has $L' = \\frac1N\\sum_n \\operatorname{E}_q[z] - z_y$ and $L'' = \\frac1N\\sum_n \\operatorname{Var}_q(z) \\ge 0$; $dH/d\\tau = \\operatorname{Var}_q(z)/\\tau^3 \\ge 0$.",
  symbols: {
    Z: { is: "real", size: "N", columns: "K" },
    y: { is: "labels", length: "N", size: "K" },
    beta: { is: "positive" },
    z: { is: "real", size: "K" },
    c: { is: "label", size: "K" },
    k: { is: "label", size: "K" },
    l: { is: "label", size: "K" },
    tau: { is: "positive" },
  },
  sizes: { K: [2, 3, 4], N: [3, 2, 3] },
  indices: { n: "N" },
  definitions: {
    "Q[n, k]": "exp(beta * Z[n, k]) / sum(i, exp(beta * Z[n, i]))",
    "q[k]": "exp(beta * z[k]) / sum(i, exp(beta * z[i]))",
    "r[k]": "exp(z[k] / tau) / sum(i, exp(z[i] / tau))",
    m: "sum(i, q[i] * z[i])",
    mu: "sum(i, r[i] * z[i])",
  },
  latex: { Z: "z", Q: "q", r: "q", m: "\\mu" },
  assumptions: [
    "$\\beta = 1/\\tau > 0$",
    "$q = \\operatorname{softmax}(\\beta z)$, $\\mu = \\operatorname{E}_q[z]$",
  ],
  chains: [
    {
      name: "First derivative of the mean loss",
      steps: [
        {
          expression: "diff(sum(n, log(sum(k, exp(beta * Z[n, k]))) - beta * Z[n, y[n]]) / N, beta)",
          by: "start",
        },
        {
          expression:
            "sum(n, sum(k, exp(beta * Z[n, k]) * Z[n, k]) / sum(i, exp(beta * Z[n, i])) - Z[n, y[n]]) / N",
          by: "differentiate",
        },
        {
          expression:
            "sum(n, sum(k, exp(beta * Z[n, k]) / sum(i, exp(beta * Z[n, i])) * Z[n, k]) - Z[n, y[n]]) / N",
          by: "linearity",
        },
        { expression: "sum(n, sum(k, Q[n, k] * Z[n, k]) - Z[n, y[n]]) / N", by: "definition" },
      ],
    },
    {
      name: "Second derivative, for one example",
      steps: [
        { expression: "diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", by: "start" },
        {
          expression:
            "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - (sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])))^2",
          by: "differentiate",
        },
        {
          expression:
            "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
          by: "linearity",
        },
        { expression: "sum(k, q[k] * z[k]^2) - m^2", by: "definition" },
        { expression: "sum(k, q[k] * z[k]^2) - 2 * m * m + m^2 * 1", by: "algebra" },
        { expression: "sum(k, q[k] * z[k]^2) - 2 * m * sum(k, q[k] * z[k]) + m^2 * 1", by: "definition" },
        {
          expression: "sum(k, q[k] * z[k]^2) - 2 * m * sum(k, q[k] * z[k]) + m^2 * sum(k, q[k])",
          by: "sums to 1",
        },
        { expression: "sum(k, q[k] * (z[k]^2 - 2 * m * z[k] + m^2))", by: "linearity" },
        { expression: "sum(k, q[k] * (z[k] - m)^2)", by: "algebra", note: "the variance of $z$ under $q$" },
        { expression: "0", relation: ">=", by: "nonnegative terms", equalWhen: { "z[i]": "1" } },
      ],
    },
    {
      name: "The entropy at temperature tau",
      steps: [
        { expression: "-sum(k, r[k] * log(r[k]))", by: "start" },
        { expression: "-sum(k, r[k] * log(exp(z[k] / tau) / sum(i, exp(z[i] / tau))))", by: "definition" },
        {
          expression: "-sum(k, r[k] * (log(exp(z[k] / tau)) - log(sum(i, exp(z[i] / tau)))))",
          by: "log of a quotient",
        },
        { expression: "-sum(k, r[k] * (z[k] / tau - log(sum(i, exp(z[i] / tau)))))", by: "log of exp" },
        {
          expression: "log(sum(i, exp(z[i] / tau))) * sum(k, r[k]) - sum(k, r[k] * z[k]) / tau",
          by: "linearity",
        },
        { expression: "log(sum(i, exp(z[i] / tau))) - sum(k, r[k] * z[k]) / tau", by: "sums to 1" },
      ],
    },
    {
      name: "It grows with the temperature",
      steps: [
        { expression: "diff(log(sum(i, exp(z[i] / tau))) - sum(k, r[k] * z[k]) / tau, tau)", by: "start" },
        {
          expression:
            "(sum(k, exp(z[k] / tau) * z[k]^2) / sum(i, exp(z[i] / tau)) - (sum(k, exp(z[k] / tau) * z[k]) / sum(i, exp(z[i] / tau)))^2) / tau^3",
          by: "differentiate",
        },
        {
          expression:
            "(sum(k, exp(z[k] / tau) / sum(i, exp(z[i] / tau)) * z[k]^2) - sum(k, exp(z[k] / tau) / sum(i, exp(z[i] / tau)) * z[k])^2) / tau^3",
          by: "linearity",
        },
        {
          expression: "(sum(k, r[k] * z[k]^2) - mu^2) / tau^3",
          by: "definition",
          note: "variance over $\\tau^3$",
        },
      ],
    },
    {
      name: "The ranking stays",
      steps: [
        { expression: "beta * z[k] - beta * z[l]", by: "start" },
        { expression: "beta * (z[k] - z[l])", by: "algebra", note: "the same sign, as $\\beta > 0$" },
      ],
    },
  ],
};
