import type { Derivation } from "./types";

/** D5: cross-entropy is entropy plus divergence. */
export const D5: Derivation = {
  id: "D5",
  slug: "d05-decomposition",
  title: "Cross-entropy is entropy plus divergence",
  statement: "$H(p, q) = H(p) + D_{\\mathrm{KL}}(p\\,\\|\\,q)$, in nats.",
  symbols: { p: { is: "distribution", size: "K", zeros: true }, q: { is: "distribution", size: "K" } },
  definitions: {
    "H(a)": "-sum(i, a[i] * log(a[i]))",
    "CE(a, b)": "-sum(i, a[i] * log(b[i]))",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
  },
  latex: { CE: "H(#1, #2)", H: "H(#1)", KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)" },
  assumptions: ["$q_i > 0$ wherever $p_i > 0$", "a term with $p_i = 0$ is 0"],
  chains: [
    {
      name: "Add and subtract log p",
      steps: [
        { expression: "CE(p, q)", by: "start" },
        { expression: "-sum(i, p[i] * log(q[i]))", by: "definition" },
        { expression: "-sum(i, p[i] * (log(q[i]) - log(p[i]) + log(p[i])))", by: "add and subtract" },
        { expression: "-sum(i, p[i] * log(p[i])) + sum(i, p[i] * (log(p[i]) - log(q[i])))", by: "linearity" },
        {
          expression: "-sum(i, p[i] * log(p[i])) + sum(i, p[i] * log(p[i] / q[i]))",
          by: "log of a quotient",
        },
        { expression: "H(p) + KL(p, q)", by: "definition" },
      ],
    },
    {
      name: "Backwards: expand the divergence",
      steps: [
        { expression: "KL(p, q)", by: "start" },
        { expression: "sum(i, p[i] * log(p[i] / q[i]))", by: "definition" },
        { expression: "sum(i, p[i] * (log(p[i]) - log(q[i])))", by: "log of a quotient" },
        { expression: "sum(i, p[i] * log(p[i])) - sum(i, p[i] * log(q[i]))", by: "linearity" },
        { expression: "-H(p) + CE(p, q)", by: "definition" },
      ],
    },
  ],
  misconceptions: [
    { line: 3, expression: "-sum(i, p[i] * (log(q[i]) + log(p[i])))", says: "What is inserted must cancel." },
    {
      line: 4,
      expression: "-sum(i, p[i] * log(p[i])) - sum(i, p[i] * (log(p[i]) - log(q[i])))",
      says: "Check the sign: the minus before the sum meets the minus inside.",
    },
    {
      line: 5,
      expression: "-sum(i, p[i] * log(p[i])) + sum(i, p[i] * log(q[i] / p[i]))",
      says: "log p − log q = log(p/q), not log(q/p).",
    },
    { line: 6, expression: "H(p) + KL(q, p)", says: "The divergence is turned round." },
    { line: 6, expression: "H(q) + KL(p, q)", says: "The first entropy must be of the source, p." },
    { line: 6, expression: "H(p) - KL(p, q)", says: "The wrong code costs more, not less." },
  ],
};
