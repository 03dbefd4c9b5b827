import type { Derivation } from "./types";

/** D21: perplexity, how it depends on the unit of text, and why the geometric mean is below the arithmetic one. */
export const D21: Derivation = {
  id: "D21",
  slug: "d21-perplexity",
  title: "Perplexity",
  statement:
    "$\\mathrm{PPL} = e^{-\\frac1T\\sum_t\\log q_t} = \\left(\\prod_t q_t\\right)^{-1/T}$; a fixed loss $L$ in nats gives $\\mathrm{PPL}_{\\mathrm{tok}} = \\mathrm{PPL}_{\\mathrm{char}}^{\\mathrm{chars}/\\mathrm{tok}}$ and $L = \\mathrm{bits/byte}\\cdot\\log 2\\cdot\\mathrm{bytes}$; $e^{-\\mathrm{CE}} \\le$ mean of $q_t$.",
  symbols: {
    q: { is: "unit", size: "T" },
    L: { is: "positive" },
    m: { is: "integer", from: 1, to: 50 },
    n: { is: "integer", from: 51, to: 200 },
    b: { is: "integer", from: 51, to: 200 },
  },
  sizes: { K: [2, 2, 2], T: [2, 3, 5] },
  indices: { t: "T" },
  latex: { m: "n_{\\mathrm{tok}}", n: "n_{\\mathrm{char}}", b: "n_{\\mathrm{byte}}" },
  assumptions: [
    "$q_t > 0$ is the probability given to the token that came",
    "$L$ is the total loss of one text",
  ],
  chains: [
    {
      name: "An exponential of a mean, a root of a product",
      steps: [
        { expression: "exp(-1 / T * sum(t, log(q[t])))", by: "start" },
        { expression: "exp(-1 / T * log(prod(t, q[t])))", by: "log of a product" },
        { expression: "prod(t, q[t])^(-1 / T)", by: "log of exp" },
      ],
    },
    {
      name: "From characters to tokens",
      steps: [
        { expression: "exp(L / n)^(n / m)", by: "start" },
        { expression: "exp(L / n * (n / m))", by: "exp of a sum" },
        { expression: "exp(L / m)", by: "cancel" },
      ],
    },
    {
      name: "The same text in any unit",
      steps: [
        { expression: "m * log(exp(L / m))", by: "start" },
        { expression: "m * (L / m)", by: "log of exp" },
        {
          expression: "L / (log(2) * b) * log(2) * b",
          by: "cancel",
          note: "bits per byte, $\\log 2$, bytes",
        },
      ],
    },
    {
      name: "Geometric mean at most arithmetic mean",
      steps: [
        { expression: "exp(sum(t, 1 / T * log(q[t])))", by: "start" },
        {
          expression: "exp(log(sum(t, 1 / T * q[t])))",
          relation: "<=",
          by: "Jensen, log concave",
          equalWhen: { "q[t]": "1 / 2" },
        },
        { expression: "sum(t, 1 / T * q[t])", by: "log of exp" },
      ],
    },
  ],
  misconceptions: [
    {
      line: 3,
      expression: "sum(t, 1 / T / q[t])",
      says: "Perplexity is a geometric mean of 1/q, not the arithmetic one.",
    },
  ],
};
