import type { DerivationTask } from "../task";

const shared = {
  symbols: {
    z: { is: "real", size: "K" },
    v: { is: "real", size: "K" },
    T: { is: "positive" },
    k: { is: "label", size: "K" },
  },
  definitions: {
    "t[k]": "exp(v[k] / T) / sum(i, exp(v[i] / T))",
    "phat[k]": "exp(z[k] / T) / sum(i, exp(z[i] / T))",
  },
  latex: { phat: "\\hat p^T", t: "t^T" },
} satisfies Partial<DerivationTask>;

/** E20: the gradient of the soft loss at temperature T. */
export const e20: DerivationTask = {
  ...shared,
  id: "E20",
  routes: [
    { start: "diff(-sum(j, t[j] * log(phat[j])), z[k])", target: "(phat[k] - t[k]) / T", relation: "=" },
  ],
  milestones: [
    { name: "the derivatives worked out", reasons: ["differentiate"] },
    { name: "that the teacher's probabilities sum to 1", reasons: ["sums to 1"] },
  ],
  lines: 6,
  misconceptions: [
    { line: "phat[k] - t[k]", says: "The gradient falls like 1/T: the inner derivative of z/T is missing." },
    { line: "(t[k] - phat[k]) / T", says: "Check the sign: prediction minus target." },
    { line: "T * (phat[k] - t[k])", says: "The inner derivative of z/T is 1/T, not T." },
    {
      line: "(phat[k] - t[k]) / T^2",
      says: "One factor 1/T comes from the gradient; the second only in the limit of large T.",
    },
  ],
};

/** E20, high temperature: T times the gradient's scale tends to a difference of centred logits. */
export const e20Limit: DerivationTask = {
  ...shared,
  id: "E20 limit",
  routes: [
    {
      start: "T^2 * ((phat[k] - t[k]) / T)",
      target: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K",
      relation: "->",
    },
  ],
  milestones: [
    {
      name: "the uniform distribution 1/K subtracted from both",
      modulo: "algebra",
      forms: ["T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", "T * ((phat[k] - 1 / K) - (t[k] - 1 / K))"],
    },
    { name: "the limit", reasons: ["limit"] },
  ],
  lines: 4,
  misconceptions: [
    { line: "(z[k] - v[k]) / K", says: "Only for centred logits: subtract each mean." },
    {
      line: "z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)",
      says: "The normaliser tends to K: divide by it.",
    },
    {
      line: "(v[k] - sum(i, v[i]) / K - (z[k] - sum(i, z[i]) / K)) / K",
      says: "Student minus teacher: check the sign.",
    },
  ],
};
