import type { Derivation } from "./types";

/** D15: log is the only proper score that looks at the outcome alone (three classes or more); Brier; Kelly betting. */
export const D15: Derivation = {
  id: "D15",
  slug: "d15-proper-scoring",
  title: "Why the logarithmic score",
  statement:
    "A proper score $S(q_y)$ of the outcome's probability alone must be $S = \\lambda\\log + c$ for $K \\ge 3$. The Brier score is proper too; betting $q$ against odds $1/r$ grows at $D_{\\mathrm{KL}}(p\\,\\|\\,r) - D_{\\mathrm{KL}}(p\\,\\|\\,q)$ nats a round.",
  symbols: {
    p: { is: "distribution", size: "K" },
    q: { is: "distribution", size: "K" },
    r: { is: "distribution", size: "K" },
    k: { is: "label", size: "K" },
    x: { is: "unit" },
    a: { is: "positive" },
    b: { is: "real" },
    lambda: { is: "positive" },
  },
  sizes: { K: [3, 4, 5] },
  definitions: { "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))" },
  // The rules do not know what S is; numbers are computed with the answer that it must have.
  unknown: { "S(u)": { instance: "a * log(u) + b" } },
  latex: { KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)", a: "\\lambda" },
  assumptions: [
    "$S$ is smooth, and $q = p$ is the best answer for every $p$",
    "$r$ is the market's distribution",
  ],
  chains: [
    {
      name: "Being best at q = p, with Lagrange",
      at: { "q[i]": "p[i]", lambda: "a" },
      steps: [
        { expression: "diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", by: "start" },
        { expression: "p[k] * diff(S(q[k]), q[k]) - lambda == 0", relation: "<=>", by: "differentiate" },
        {
          expression: "p[k] * diff(S(q[k]), q[k]) == lambda",
          relation: "<=>",
          by: "both sides",
          note: "at $q = p$: $p_k S'(p_k)$ is the same for all $k$",
        },
      ],
    },
    {
      name: "Three classes or more: only the logarithm",
      steps: [
        { expression: "S(x)", by: "start" },
        {
          expression: "a * log(x) + S(1)",
          by: "argument",
          note: "$p_1$ and $p_2$ vary independently, so $uS'(u) = \\lambda$ for all $u$; integrate from 1",
        },
      ],
    },
    {
      name: "Two classes escape: Brier satisfies x S'(x) = (1 - x) S'(1 - x)",
      steps: [
        { expression: "x * diff(-(1 - x)^2, x)", by: "start" },
        { expression: "2 * x * (1 - x)", by: "differentiate" },
        { expression: "2 * (1 - x) * (1 - (1 - x))", by: "algebra", note: "the same at $1 - x$" },
      ],
    },
    {
      name: "The Brier score is proper",
      steps: [
        { expression: "sum(i, p[i] * (1 - q[i])^2 + (1 - p[i]) * q[i]^2)", by: "start" },
        { expression: "sum(i, p[i] * (1 - p[i]) + (p[i] - q[i])^2)", by: "algebra" },
        { expression: "sum(i, p[i] * (1 - p[i])) + sum(i, (p[i] - q[i])^2)", by: "linearity" },
        {
          expression: "sum(i, p[i] * (1 - p[i]))",
          relation: ">=",
          by: "nonnegative terms",
          note: "equal only for $q = p$",
          equalWhen: { "q[i]": "p[i]" },
        },
      ],
    },
    {
      name: "Kelly: the growth of a bettor's money",
      steps: [
        { expression: "sum(i, p[i] * log(q[i] / r[i]))", by: "start" },
        { expression: "sum(i, p[i] * (log(q[i]) - log(r[i])))", by: "log of a quotient" },
        {
          expression: "sum(i, p[i] * (log(q[i]) - log(p[i]) + log(p[i]) - log(r[i])))",
          by: "add and subtract",
        },
        {
          expression: "sum(i, p[i] * (log(p[i]) - log(r[i]))) - sum(i, p[i] * (log(p[i]) - log(q[i])))",
          by: "linearity",
        },
        {
          expression: "sum(i, p[i] * log(p[i] / r[i])) - sum(i, p[i] * log(p[i] / q[i]))",
          by: "log of a quotient",
        },
        { expression: "KL(p, r) - KL(p, q)", by: "definition" },
      ],
    },
  ],
};
