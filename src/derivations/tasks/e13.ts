import type { DerivationTask } from "../task";

const shared = {
  symbols: {
    z: { is: "real", size: "K" },
    t: { is: "distribution", size: "K" },
    c: { is: "label", size: "K" },
    k: { is: "label", size: "K" },
  },
  definitions: { "phat[k]": "exp(z[k]) / sum(i, exp(z[i]))" },
  latex: { phat: "\\hat p" },
} satisfies Partial<DerivationTask>;

/** E13: the gradient for one true class c, for k = c and k ≠ c at once. */
export const e13: DerivationTask = {
  ...shared,
  id: "E13",
  routes: [
    { start: "diff(-log(phat[c]), z[k])", target: "phat[k] - delta(k, c)", relation: "=" },
    { start: "diff(-z[c] + log(sum(i, exp(z[i]))), z[k])", target: "phat[k] - delta(k, c)", relation: "=" },
  ],
  milestones: [
    { name: "the derivatives worked out", reasons: ["differentiate"] },
    { name: "the softmax recognised, or opened", reasons: ["definition"] },
  ],
  lines: 3,
  misconceptions: [
    { line: "delta(k, c) - phat[k]", says: "Descent would increase the loss: check the sign." },
    { line: "delta(k, c) * (phat[k] - 1)", says: "Wrong classes also get a gradient: phat_k." },
    { line: "1 - delta(k, c)", says: "The derivative of log-sum-exp is phat_k, not 1." },
    { line: "phat[k] - 1", says: "Subtract 1 only at the true class." },
    {
      line: "-1 / phat[c] * (phat[c] * (1 - phat[c]))",
      says: "Off-diagonal entries of the Jacobian, −phat_j phat_k, are missing.",
    },
    {
      line: "phat[k] - phat[c]",
      says: "The one-hot target is subtracted, not the prediction for the true class.",
    },
  ],
};

/** E13, soft targets: the whole vector, with any target t. */
export const e13Soft: DerivationTask = {
  ...shared,
  id: "E13 soft",
  routes: [{ start: "diff(-sum(i, t[i] * log(phat[i])), z[k])", target: "phat[k] - t[k]", relation: "=" }],
  milestones: [
    { name: "the derivatives worked out", reasons: ["differentiate"] },
    { name: "that the targets sum to 1", reasons: ["sums to 1"] },
  ],
  lines: 5,
  misconceptions: [
    { line: "t[k] - phat[k]", says: "Descent would increase the loss: check the sign." },
    { line: "phat[k] - 1", says: "Soft targets: subtract t, not 1." },
    { line: "-t[k]", says: "The sum of the targets is 1, not 0: the term with phat_k stays." },
    {
      line: "-t[k] * (1 - phat[k])",
      says: "Off-diagonal entries of the Jacobian, −phat_j phat_k, are missing.",
    },
  ],
};
