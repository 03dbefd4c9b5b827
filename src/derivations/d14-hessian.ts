import type { Derivation } from "./types";

/** D14: the Hessian of cross-entropy on logits is a covariance, so it is convex, and it equals the Fisher matrix. */
export const D14: Derivation = {
  id: "D14",
  slug: "d14-hessian",
  title: "The Hessian is a covariance",
  statement:
    "$\\partial^2 \\ell/\\partial z_k \\partial z_l = \\hat p_k\\delta_{kl} - \\hat p_k\\hat p_l$, whatever the label; $v^\\top H v = \\operatorname{Var}_{\\hat p}(v_Y) \\ge 0$, zero exactly for constant $v$.",
  symbols: {
    z: { is: "real", size: "K" },
    v: { is: "real", size: "K" },
    k: { is: "label", size: "K" },
    l: { is: "label", size: "K" },
  },
  definitions: { "phat[k]": "exp(z[k]) / sum(i, exp(z[i]))", mu: "sum(i, phat[i] * v[i])" },
  latex: { phat: "\\hat p" },
  assumptions: ["the loss is $-z_c + \\operatorname{LSE}(z)$, so the label leaves with the first derivative"],
  chains: [
    {
      name: "The second derivative",
      steps: [
        { expression: "diff(diff(log(sum(i, exp(z[i]))), z[k]), z[l])", by: "start" },
        { expression: "diff(exp(z[k]) / sum(i, exp(z[i])), z[l])", by: "differentiate" },
        {
          expression: "exp(z[k]) / sum(i, exp(z[i])) * (delta(k, l) - exp(z[l]) / sum(i, exp(z[i])))",
          by: "differentiate",
        },
        { expression: "phat[k] * (delta(k, l) - phat[l])", by: "definition" },
      ],
    },
    {
      name: "Along any direction it is a variance",
      steps: [
        { expression: "sum(i, sum(j, v[i] * (phat[i] * (delta(i, j) - phat[j])) * v[j]))", by: "start" },
        {
          expression: "sum(i, phat[i] * v[i]^2) - sum(i, phat[i] * v[i]) * sum(j, phat[j] * v[j])",
          by: "pick the term",
        },
        { expression: "sum(i, phat[i] * v[i]^2) - mu * mu", by: "definition" },
        { expression: "sum(i, phat[i] * v[i]^2) - 2 * mu * mu + mu^2 * 1", by: "algebra" },
        {
          expression: "sum(i, phat[i] * v[i]^2) - 2 * mu * sum(i, phat[i] * v[i]) + mu^2 * 1",
          by: "definition",
        },
        {
          expression: "sum(i, phat[i] * v[i]^2) - 2 * mu * sum(i, phat[i] * v[i]) + mu^2 * sum(i, phat[i])",
          by: "sums to 1",
        },
        { expression: "sum(i, phat[i] * (v[i]^2 - 2 * mu * v[i] + mu^2))", by: "linearity" },
        { expression: "sum(i, phat[i] * (v[i] - mu)^2)", by: "algebra" },
        {
          expression: "0",
          relation: ">=",
          by: "nonnegative terms",
          note: "equal only when $v$ is constant",
          equalWhen: { "v[i]": "2" },
        },
      ],
    },
    {
      name: "Constant vectors are its null space",
      steps: [
        { expression: "sum(j, phat[k] * (delta(k, j) - phat[j]))", by: "start" },
        { expression: "phat[k] - phat[k] * sum(j, phat[j])", by: "pick the term" },
        { expression: "phat[k] - phat[k] * 1", by: "sums to 1" },
        { expression: "0", by: "add and subtract" },
      ],
    },
    {
      name: "The Fisher matrix is the same",
      steps: [
        { expression: "sum(j, phat[j] * (phat[k] - delta(k, j)) * (phat[l] - delta(l, j)))", by: "start" },
        {
          expression:
            "phat[k] * phat[l] * sum(j, phat[j]) - phat[k] * phat[l] - phat[l] * phat[k] + phat[k] * delta(k, l)",
          by: "pick the term",
        },
        {
          expression: "phat[k] * phat[l] * 1 - phat[k] * phat[l] - phat[l] * phat[k] + phat[k] * delta(k, l)",
          by: "sums to 1",
        },
        { expression: "phat[k] * delta(k, l) - phat[k] * phat[l]", by: "add and subtract" },
      ],
    },
  ],
  misconceptions: [
    {
      line: 4,
      expression: "phat[k] * delta(k, l) * (1 - phat[k])",
      says: "The diagonal only: −phat_k phat_l is missing.",
    },
    { line: 4, expression: "phat[k] * (phat[l] - delta(k, l))", says: "Negative curvature? Check the sign." },
  ],
};
