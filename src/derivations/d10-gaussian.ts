import type { Derivation } from "./types";

/** D10: the cross-entropy between two Gaussians, its minimum, and when a differential entropy is negative. */
export const D10: Derivation = {
  id: "D10",
  slug: "d10-gaussian",
  title: "Cross-entropy of Gaussians",
  statement:
    "$-\\operatorname{E}_p \\log q = \\frac12 \\log 2\\pi\\sigma_q^2 + \\frac{\\sigma_p^2 + (\\mu_p - \\mu_q)^2}{2\\sigma_q^2}$ nats, least at $q = p$, where it is $\\frac12\\log 2\\pi e\\sigma_p^2$: negative for $\\sigma_p < 0.242$.",
  symbols: {
    a: { is: "real" },
    s: { is: "positive" },
    b: { is: "real" },
    r: { is: "positive" },
  },
  sizes: { K: [2] },
  latex: { a: "\\mu_p", s: "\\sigma_p", b: "\\mu_q", r: "\\sigma_q" },
  assumptions: ["$p$ is $\\mathcal{N}(\\mu_p, \\sigma_p^2)$ and $q$ is $\\mathcal{N}(\\mu_q, \\sigma_q^2)$"],
  chains: [
    {
      name: "The value",
      steps: [
        {
          expression: "-expectNormal(x, a, s, log(exp(-(x - b)^2 / (2 * r^2)) / sqrt(2 * pi * r^2)))",
          by: "start",
        },
        {
          expression: "-expectNormal(x, a, s, log(exp(-(x - b)^2 / (2 * r^2))) - log(sqrt(2 * pi * r^2)))",
          by: "log of a quotient",
        },
        {
          expression: "-expectNormal(x, a, s, -(x - b)^2 / (2 * r^2) - log(sqrt(2 * pi * r^2)))",
          by: "log of exp",
        },
        {
          expression: "-expectNormal(x, a, s, -(x - b)^2 / (2 * r^2) - 1 / 2 * log(2 * pi * r^2))",
          by: "log of a power",
        },
        { expression: "log(2 * pi * r^2) / 2 + (s^2 + (a - b)^2) / (2 * r^2)", by: "Gaussian moments" },
      ],
    },
    {
      name: "The best mean",
      at: { b: "a" },
      steps: [
        { expression: "diff(log(2 * pi * r^2) / 2 + (s^2 + (a - b)^2) / (2 * r^2), b) == 0", by: "start" },
        { expression: "(b - a) / r^2 == 0", relation: "<=>", by: "differentiate" },
        { expression: "b == a", relation: "<=>", by: "solve" },
      ],
    },
    {
      name: "The best spread, with that mean",
      at: { b: "a", r: "s" },
      steps: [
        { expression: "diff(log(2 * pi * r^2) / 2 + s^2 / (2 * r^2), r) == 0", by: "start" },
        { expression: "1 / r - s^2 / r^3 == 0", relation: "<=>", by: "differentiate" },
        { expression: "r^2 == s^2", relation: "<=>", by: "both sides" },
        { expression: "r == s", relation: "<=>", by: "argument", note: "both are positive" },
      ],
    },
    {
      name: "The value at q = p",
      steps: [
        { expression: "log(2 * pi * s^2) / 2 + (s^2 + (a - a)^2) / (2 * s^2)", by: "start" },
        { expression: "log(2 * pi * s^2) / 2 + 1 / 2", by: "algebra" },
        { expression: "log(2 * pi * s^2) / 2 + log(exp(1)) / 2", by: "log of exp" },
        { expression: "log(2 * pi * exp(1) * s^2) / 2", by: "log of a product" },
      ],
    },
    {
      name: "Zero at 0.242, and negative below",
      steps: [
        { expression: "log(2 * pi * exp(1) * ((2 * pi * exp(1))^(-1 / 2))^2) / 2", by: "start" },
        { expression: "log(1) / 2", by: "cancel" },
        { expression: "0", by: "log of exp", note: "$1 = e^0$" },
      ],
    },
  ],
};
