import type { DerivationTask } from "../task";

/** E16: what being proper at q = p says of a score of the outcome's probability alone. */
export const e16: DerivationTask = {
  id: "E16",
  symbols: {
    p: { is: "distribution", size: "K" },
    q: { is: "distribution", size: "K" },
    k: { is: "label", size: "K" },
    a: { is: "positive" },
    b: { is: "real" },
    lambda: { is: "positive" },
  },
  sizes: { K: [3, 4, 5] },
  // The rules do not know what S is; numbers are computed with the answer that it must have.
  unknown: { "S(u)": { instance: "a * log(u) + b" } },
  at: { "q[i]": "p[i]", lambda: "a" },
  routes: [
    {
      start: "diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0",
      target: "p[k] * diff(S(q[k]), q[k]) == lambda",
      relation: "<=>",
    },
  ],
  milestones: [{ name: "the Lagrangian differentiated", reasons: ["differentiate"] }],
  lines: 3,
  misconceptions: [
    {
      line: "q[k] * diff(S(q[k]), q[k]) + p[k] == lambda",
      says: "Judge under p: the weights are p, not your own q.",
    },
    {
      line: "p[k] * diff(S(q[k]), q[k]) == -lambda",
      says: "Check the sign of λ: the two sides must agree at the stationary point.",
    },
    { line: "diff(S(q[k]), q[k]) == lambda", says: "Each slope is weighted by p_k." },
  ],
};
