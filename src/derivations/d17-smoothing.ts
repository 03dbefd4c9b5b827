import type { Derivation } from "./types";

/** D17: label smoothing mixes in a cross-entropy from the uniform distribution; its floor and its finite logit gap. */
export const D17: Derivation = {
  id: "D17",
  slug: "d17-smoothing",
  title: "Label smoothing",
  statement:
    "With $t = (1-\\varepsilon)e_c + \\varepsilon u$: $H(t, q) = (1-\\varepsilon)(-\\log q_c) + \\varepsilon H(u, q)$, at least $H(t)$ nats; the best logits differ by $\\log\\frac{K(1-\\varepsilon)+\\varepsilon}{\\varepsilon}$.",
  symbols: {
    q: { is: "distribution", size: "K" },
    e: { is: "unit" },
    c: { is: "label", size: "K" },
    k: { is: "label", size: "K" },
    z: { is: "real", size: "K" },
  },
  definitions: {
    "u[i]": "1 / K",
    "t[i]": "(1 - e) * delta(i, c) + e * u[i]",
    "phat[i]": "exp(z[i]) / sum(j, exp(z[j]))",
    "H(a)": "-sum(i, a[i] * log(a[i]))",
    "CE(a, b)": "-sum(i, a[i] * log(b[i]))",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
  },
  latex: { e: "\\varepsilon", phat: "\\hat p", CE: "H(#1, #2)", KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)" },
  assumptions: ["$u_i = 1/K$", "$q_i > 0$", "$0 < \\varepsilon < 1$"],
  chains: [
    {
      name: "Two losses in one",
      steps: [
        { expression: "-sum(i, t[i] * log(q[i]))", by: "start" },
        { expression: "-sum(i, ((1 - e) * delta(i, c) + e * u[i]) * log(q[i]))", by: "definition" },
        {
          expression: "-(1 - e) * sum(i, delta(i, c) * log(q[i])) - e * sum(i, u[i] * log(q[i]))",
          by: "linearity",
        },
        { expression: "-(1 - e) * log(q[c]) - e * sum(i, u[i] * log(q[i]))", by: "pick the term" },
        { expression: "(1 - e) * (-log(q[c])) + e * CE(u, q)", by: "definition" },
      ],
    },
    {
      name: "The uniform part",
      steps: [
        { expression: "-sum(i, u[i] * log(q[i]))", by: "start" },
        { expression: "-sum(i, u[i] * (log(q[i]) - log(u[i]) + log(u[i])))", by: "add and subtract" },
        { expression: "-sum(i, u[i] * log(u[i])) + sum(i, u[i] * (log(u[i]) - log(q[i])))", by: "linearity" },
        {
          expression: "-sum(i, u[i] * log(u[i])) + sum(i, u[i] * log(u[i] / q[i]))",
          by: "log of a quotient",
        },
        { expression: "-sum(i, 1 / K * log(1 / K)) + KL(u, q)", by: "definition" },
        { expression: "-K * (1 / K * log(1 / K)) + KL(u, q)", by: "linearity" },
        { expression: "-log(1 / K) + KL(u, q)", by: "cancel" },
        { expression: "log(K) + KL(u, q)", by: "log of a quotient" },
      ],
    },
    {
      name: "The floor is the target's own entropy",
      steps: [
        { expression: "H(t) + KL(t, q)", by: "start", note: "this is $H(t, q)$, by D5" },
        {
          expression: "H(t)",
          relation: ">=",
          by: "Gibbs",
          note: "equal only for $q = t$",
          equalWhen: { "q[i]": "t[i]" },
        },
      ],
    },
    {
      name: "A difference of logits is a ratio of probabilities",
      steps: [
        { expression: "log(phat[c]) - log(phat[k])", by: "start" },
        {
          expression: "log(exp(z[c]) / sum(j, exp(z[j]))) - log(exp(z[k]) / sum(j, exp(z[j])))",
          by: "definition",
        },
        {
          expression: "log(exp(z[c])) - log(sum(j, exp(z[j]))) - (log(exp(z[k])) - log(sum(j, exp(z[j]))))",
          by: "log of a quotient",
        },
        { expression: "log(exp(z[c])) - log(exp(z[k]))", by: "add and subtract" },
        { expression: "z[c] - z[k]", by: "log of exp" },
      ],
    },
    {
      name: "At the optimum that ratio is finite",
      steps: [
        { expression: "log((1 - e + e / K) / (e / K))", by: "start", note: "$\\log(t_c/t_k)$, $k \\ne c$" },
        { expression: "log((K * (1 - e) + e) / e)", by: "algebra" },
      ],
    },
  ],
  misconceptions: [
    { line: 5, expression: "(1 - e) * (-log(q[c])) + CE(u, q)", says: "The uniform part has the weight ε." },
    {
      chain: 4,
      line: 2,
      expression: "log((K * (1 - e)) / e)",
      says: "The true class also receives its share ε/K.",
    },
  ],
};
