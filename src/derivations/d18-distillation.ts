import type { Derivation } from "./types";

/** D18: the distillation gradient, and why the soft loss is multiplied by T squared. */
export const D18: Derivation = {
  id: "D18",
  slug: "d18-distillation",
  title: "Distillation",
  statement:
    "$\\partial H(t^T, \\hat p^T)/\\partial z_k = (\\hat p^T_k - t^T_k)/T$, which for large $T$ and centred logits is $(z_k - v_k)/(KT^2)$: multiply by $T^2$ to keep its scale.",
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
  assumptions: [
    "$v$ are the teacher's logits, $z$ the student's",
    "$t^T$ and $\\hat p^T$ are their softmax at temperature $T$",
  ],
  chains: [
    {
      name: "The loss",
      steps: [
        { expression: "-sum(j, t[j] * log(phat[j]))", by: "start" },
        { expression: "-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T))))", by: "definition" },
        {
          expression: "-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T)))))",
          by: "log of a quotient",
        },
        { expression: "-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T)))))", by: "log of exp" },
        {
          expression: "log(sum(i, exp(z[i] / T))) * sum(j, t[j]) - sum(j, t[j] * z[j]) / T",
          by: "linearity",
        },
        { expression: "log(sum(i, exp(z[i] / T))) - sum(j, t[j] * z[j]) / T", by: "sums to 1" },
      ],
    },
    {
      name: "Its gradient",
      steps: [
        { expression: "diff(log(sum(i, exp(z[i] / T))) - sum(j, t[j] * z[j]) / T, z[k])", by: "start" },
        { expression: "(exp(z[k] / T) / sum(i, exp(z[i] / T)) - t[k]) / T", by: "differentiate" },
        { expression: "(phat[k] - t[k]) / T", by: "definition" },
      ],
    },
    {
      name: "One softmax at high temperature",
      steps: [
        { expression: "T * (exp(z[k] / T) / sum(i, exp(z[i] / T)) - 1 / K)", by: "start" },
        {
          expression: "(z[k] - sum(i, z[i]) / K) / K",
          relation: "->",
          by: "limit",
          limit: { of: "T", to: "infinity" },
          note: "$T \\to \\infty$, from $e^x \\approx 1 + x$",
        },
      ],
    },
    {
      name: "The gradient at high temperature, times T squared",
      steps: [
        {
          expression:
            "T^2 * ((exp(z[k] / T) / sum(i, exp(z[i] / T)) - exp(v[k] / T) / sum(i, exp(v[i] / T))) / T)",
          by: "start",
        },
        {
          expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K",
          relation: "->",
          by: "limit",
          limit: { of: "T", to: "infinity" },
          note: "$T \\to \\infty$: the difference of centred logits over $K$",
        },
      ],
    },
  ],
  misconceptions: [
    {
      chain: 1,
      line: 3,
      expression: "phat[k] - t[k]",
      says: "The gradient falls like 1/T: the inner derivative of z/T is missing.",
    },
    { chain: 1, line: 3, expression: "(t[k] - phat[k]) / T", says: "Prediction minus target." },
  ],
};
