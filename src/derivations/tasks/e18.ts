import type { DerivationTask } from "../task";

/** E18: the slope of the mean loss in the inverse temperature. */
export const e18: DerivationTask = {
  id: "E18",
  symbols: {
    z: { is: "real", size: "N", columns: "K" },
    y: { is: "labels", length: "N", size: "K" },
    beta: { is: "positive" },
  },
  sizes: { K: [2, 3, 4], N: [2, 3, 2] },
  indices: { n: "N" },
  definitions: { "q[n, k]": "exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i]))" },
  routes: [
    {
      start: "diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)",
      target: "sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N",
      relation: "=",
    },
  ],
  milestones: [
    { name: "the derivatives worked out", reasons: ["differentiate"] },
    { name: "the softmax recognised as a mean over q", reasons: ["definition"] },
  ],
  lines: 4,
  misconceptions: [
    {
      line: "sum(n, z[n, y[n]] - sum(k, q[n, k] * z[n, k])) / N",
      says: "Check the sign: raising β helps when the true logit is above the mean.",
    },
    { line: "sum(n, sum(k, q[n, k] * z[n, k])) / N", says: "The term −β z_y has a derivative too." },
    {
      line: "sum(n, sum(k, z[n, k]) / K - z[n, y[n]]) / N",
      says: "The mean of the logits is taken under q, not under the uniform distribution.",
    },
    {
      line: "sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]])",
      says: "Report the mean over examples: divide by N.",
    },
  ],
};

/** E18, second derivative: the variance of the logits under q, so the loss is convex in β. */
export const e18Second: DerivationTask = {
  id: "E18 second",
  symbols: { z: { is: "real", size: "K" }, c: { is: "label", size: "K" }, beta: { is: "positive" } },
  definitions: {
    "q[k]": "exp(beta * z[k]) / sum(i, exp(beta * z[i]))",
    m: "sum(i, q[i] * z[i])",
  },
  latex: { m: "\\mu" },
  routes: [
    {
      start: "diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)",
      target: "sum(k, q[k] * z[k]^2) - m^2",
      relation: "=",
    },
  ],
  milestones: [
    { name: "the derivatives worked out", reasons: ["differentiate"] },
    { name: "the softmax recognised", reasons: ["definition"] },
  ],
  lines: 4,
  misconceptions: [
    {
      line: "sum(k, q[k] * z[k]^2)",
      says: "The quotient has two parts: the square of the mean is subtracted.",
    },
    {
      line: "m^2 - sum(k, q[k] * z[k]^2)",
      says: "A variance is the mean of the squares minus the square of the mean.",
    },
    {
      line: "sum(k, q[k] * z[k]) - m^2",
      says: "Each derivative brings down one factor z_k: it must be squared.",
    },
    { line: "sum(k, q[k] * z[k]^2) - m", says: "The square of the mean, not the mean." },
  ],
};
