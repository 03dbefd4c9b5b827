import type { Derivation } from "./types";

/** D20: what label noise and the focal loss do to the minimiser, and how to undo the noise. */
export const D20: Derivation = {
  id: "D20",
  slug: "d20-noise-focal",
  title: "Label noise and the focal loss",
  statement:
    "Labels flipped with probability $\\eta < \\frac12$ move the minimiser to $(1-\\eta)p + \\eta(1-p)$, undone by $(q-\\eta)/(1-2\\eta)$. The focal loss is not proper: its minimiser is the root of the last line ($p = 0.9$, $\\gamma = 2$: $0.6942$).",
  symbols: {
    p: { is: "unit" },
    r: { is: "unit" },
    eta: { is: "unit", below: 0.5 },
    q: { is: "unit" },
    gamma: { is: "positive" },
  },
  assumptions: ["$0 < p < 1$", "$0 < \\eta < \\frac12$", "$\\gamma > 0$"],
  chains: [
    {
      name: "Binary cross-entropy is least at the law that the labels follow",
      at: { q: "r" },
      steps: [
        { expression: "diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", by: "start" },
        { expression: "-r / q + (1 - r) / (1 - q) == 0", relation: "<=>", by: "differentiate" },
        { expression: "q - r == 0", relation: "<=>", by: "both sides" },
        { expression: "q == r", relation: "<=>", by: "solve" },
      ],
    },
    {
      name: "That law under noise",
      steps: [
        { expression: "(1 - eta) * p + eta * (1 - p)", by: "start", note: "kept, or flipped" },
        { expression: "eta + (1 - 2 * eta) * p", by: "algebra" },
      ],
    },
    {
      name: "The correction",
      at: { q: "(1 - eta) * p + eta * (1 - p)" },
      steps: [
        { expression: "q == (1 - eta) * p + eta * (1 - p)", by: "start" },
        { expression: "q - eta == (1 - 2 * eta) * p", relation: "<=>", by: "both sides" },
        { expression: "p == (q - eta) / (1 - 2 * eta)", relation: "<=>", by: "solve" },
      ],
    },
    {
      name: "The slope of the focal loss",
      steps: [
        {
          expression: "diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)",
          by: "start",
        },
        {
          expression:
            "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
          by: "differentiate",
          note: "zero at the minimiser",
        },
      ],
    },
    {
      name: "At q = p the slope is not zero: the honest answer is not the best one",
      steps: [
        {
          expression:
            "p * (gamma * (1 - p)^(gamma - 1) * log(p) - (1 - p)^gamma / p) - (1 - p) * (gamma * p^(gamma - 1) * log(1 - p) - p^gamma / (1 - p))",
          by: "start",
        },
        {
          expression:
            "gamma * (p * (1 - p)^(gamma - 1) * log(p) - (1 - p) * p^(gamma - 1) * log(1 - p)) + p^gamma - (1 - p)^gamma",
          by: "algebra",
          note: "zero at $p = \\frac12$ only",
        },
      ],
    },
  ],
};
