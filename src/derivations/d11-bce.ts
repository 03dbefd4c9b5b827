import type { Derivation } from "./types";

/** D11: from the Bernoulli distribution to binary cross-entropy on logits, its gradient and curvature. */
export const D11: Derivation = {
  id: "D11",
  slug: "d11-bce",
  title: "Binary cross-entropy",
  statement:
    "$\\ell = -y\\log\\hat p - (1-y)\\log(1-\\hat p) = \\max(z, 0) - zy + \\log(1 + e^{-|z|})$ nats with $\\hat p = \\sigma(z)$; $\\ell' = \\sigma(z) - y$ and $\\ell'' = \\sigma(z)(1 - \\sigma(z))$.",
  symbols: { y: { is: "unit" }, p: { is: "unit" }, z: { is: "real" } },
  definitions: { "sigma(u)": "1 / (1 + exp(-u))" },
  latex: { p: "\\hat p", sigma: "\\sigma(#1)" },
  assumptions: ["$y$ is 0 or 1, or a probability between them", "$0 < \\hat p < 1$"],
  chains: [
    {
      name: "Two cases in one line",
      steps: [
        { expression: "-log(p^y * (1 - p)^(1 - y))", by: "start" },
        { expression: "-(log(p^y) + log((1 - p)^(1 - y)))", by: "log of a product" },
        { expression: "-(y * log(p) + (1 - y) * log(1 - p))", by: "log of a power" },
        { expression: "-y * log(p) - (1 - y) * log(1 - p)", by: "rearrange" },
      ],
    },
    {
      name: "In terms of the logit",
      steps: [
        { expression: "-y * log(sigma(z)) - (1 - y) * log(1 - sigma(z))", by: "start" },
        {
          expression: "-y * log(1 / (1 + exp(-z))) - (1 - y) * log(1 - 1 / (1 + exp(-z)))",
          by: "definition",
        },
        {
          expression: "-y * log(1 / (1 + exp(-z))) - (1 - y) * log(exp(-z) / (1 + exp(-z)))",
          by: "algebra",
        },
        {
          expression: "y * log(1 + exp(-z)) - (1 - y) * (log(exp(-z)) - log(1 + exp(-z)))",
          by: "log of a quotient",
        },
        { expression: "y * log(1 + exp(-z)) - (1 - y) * (-z - log(1 + exp(-z)))", by: "log of exp" },
        { expression: "(1 - y) * z + log(1 + exp(-z))", by: "algebra" },
        {
          expression: "max(z, 0) - z * y + log(1 + exp(-abs(z)))",
          by: "argument",
          note: "clear for $z \\ge 0$; for $z < 0$ see below",
        },
      ],
    },
    {
      name: "The case z < 0",
      steps: [
        { expression: "log(1 + exp(-z))", by: "start" },
        { expression: "log(exp(-z) * (exp(z) + 1))", by: "exp of a sum" },
        { expression: "log(exp(-z)) + log(exp(z) + 1)", by: "log of a product" },
        { expression: "-z + log(1 + exp(z))", by: "log of exp" },
      ],
    },
    {
      name: "The gradient",
      steps: [
        { expression: "diff((1 - y) * z + log(1 + exp(-z)), z)", by: "start" },
        { expression: "1 - y - exp(-z) / (1 + exp(-z))", by: "differentiate" },
        { expression: "1 / (1 + exp(-z)) - y", by: "algebra" },
        { expression: "sigma(z) - y", by: "definition" },
      ],
    },
    {
      name: "The curvature",
      steps: [
        { expression: "diff(sigma(z) - y, z)", by: "start" },
        { expression: "exp(-z) / (1 + exp(-z))^2", by: "differentiate" },
        { expression: "1 / (1 + exp(-z)) * (1 - 1 / (1 + exp(-z)))", by: "algebra" },
        { expression: "sigma(z) * (1 - sigma(z))", by: "definition" },
      ],
    },
  ],
  misconceptions: [
    { line: 2, expression: "-log(p^y) * log((1 - p)^(1 - y))", says: "The log of a product is a sum." },
    { line: 4, expression: "-(1 - y) * log(p) - y * log(1 - p)", says: "Labels swapped: y goes with p." },
    { line: 4, expression: "-y * log(p)", says: "Examples with y = 0 must cost −log(1 − p)." },
    {
      chain: 3,
      line: 4,
      expression: "(sigma(z) - y) * sigma(z) * (1 - sigma(z))",
      says: "That factor belongs to squared error; here it cancels.",
    },
  ],
};
