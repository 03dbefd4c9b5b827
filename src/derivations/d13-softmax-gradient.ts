import type { Derivation } from "./types";

/** D13: the gradient of cross-entropy on logits is prediction minus target, three ways. */
export const D13: Derivation = {
  id: "D13",
  slug: "d13-softmax-gradient",
  title: "The gradient is prediction minus target",
  statement:
    "With $\\hat p = \\operatorname{softmax}(z)$: $\\partial(-\\log \\hat p_c)/\\partial z_k = \\hat p_k - \\delta_{kc}$, and $\\hat p_k - t_k$ for a soft target $t$.",
  symbols: {
    z: { is: "real", size: "K" },
    t: { is: "distribution", size: "K" },
    c: { is: "label", size: "K" },
    k: { is: "label", size: "K" },
    j: { is: "label", size: "K" },
  },
  definitions: { "phat[k]": "exp(z[k]) / sum(i, exp(z[i]))" },
  latex: { phat: "\\hat p" },
  assumptions: ["$c$ is the true class", "$\\sum_k t_k = 1$"],
  chains: [
    {
      name: "(a) Directly",
      steps: [
        { expression: "diff(-log(exp(z[c]) / sum(i, exp(z[i]))), z[k])", by: "start" },
        { expression: "diff(-(log(exp(z[c])) - log(sum(i, exp(z[i])))), z[k])", by: "log of a quotient" },
        { expression: "diff(-z[c] + log(sum(i, exp(z[i]))), z[k])", by: "log of exp" },
        { expression: "exp(z[k]) / sum(i, exp(z[i])) - delta(k, c)", by: "differentiate" },
        { expression: "phat[k] - delta(k, c)", by: "definition" },
      ],
    },
    {
      name: "(b) The Jacobian of softmax",
      steps: [
        { expression: "diff(phat[j], z[k])", by: "start" },
        {
          expression: "exp(z[j]) / sum(i, exp(z[i])) * (delta(j, k) - exp(z[k]) / sum(i, exp(z[i])))",
          by: "differentiate",
        },
        { expression: "phat[j] * (delta(j, k) - phat[k])", by: "definition" },
      ],
    },
    {
      name: "(b) … and the chain rule, for a soft target",
      steps: [
        { expression: "diff(-sum(i, t[i] * log(phat[i])), z[k])", by: "start" },
        { expression: "-sum(i, t[i] / phat[i] * diff(phat[i], z[k]))", by: "chain rule" },
        {
          expression: "-sum(i, t[i] / phat[i] * (phat[i] * (delta(i, k) - phat[k])))",
          by: "earlier result",
          note: "the Jacobian above",
        },
        { expression: "-sum(i, t[i] * (delta(i, k) - phat[k]))", by: "cancel" },
        { expression: "-t[k] + phat[k] * sum(i, t[i])", by: "pick the term" },
        { expression: "-t[k] + phat[k] * 1", by: "sums to 1" },
        { expression: "phat[k] - t[k]", by: "rearrange" },
      ],
    },
    {
      name: "(c) As an exponential family: the gradient of log-sum-exp is a mean",
      steps: [
        { expression: "diff(log(sum(i, exp(z[i]))), z[k])", by: "start" },
        { expression: "exp(z[k]) / sum(i, exp(z[i]))", by: "differentiate" },
        { expression: "phat[k]", by: "definition" },
        {
          expression: "sum(i, phat[i] * delta(i, k))",
          by: "pick the term",
          note: "the mean of the one-hot vector",
        },
      ],
    },
    {
      name: "The entries sum to zero",
      steps: [
        { expression: "sum(i, phat[i] - t[i])", by: "start" },
        { expression: "sum(i, phat[i]) - sum(i, t[i])", by: "linearity" },
        { expression: "1 - 1", by: "sums to 1" },
        { expression: "0", by: "rearrange" },
      ],
    },
  ],
  misconceptions: [
    {
      line: 4,
      expression: "delta(k, c) - exp(z[k]) / sum(i, exp(z[i]))",
      says: "Descent would increase the loss: check the sign.",
    },
    {
      line: 5,
      expression: "delta(k, c) * (phat[k] - 1)",
      says: "Wrong classes also get a gradient: phat_k.",
    },
    { line: 5, expression: "phat[k] - 1", says: "Subtract 1 only at the true class." },
    {
      chain: 1,
      line: 3,
      expression: "phat[j] * (delta(j, k) - phat[j])",
      says: "Off-diagonal entries are −phat_j phat_k.",
    },
    {
      chain: 1,
      line: 3,
      expression: "delta(j, k) * phat[j] * (1 - phat[j])",
      says: "The diagonal only: off-diagonal entries are missing.",
    },
  ],
};
