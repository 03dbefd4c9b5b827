import type { DerivationTask } from "../task";

/** E10: from the Bernoulli probability to binary cross-entropy. */
export const e10: DerivationTask = {
  id: "E10",
  symbols: { p: { is: "unit" }, y: { is: "unit" } },
  latex: { p: "\\hat p" },
  routes: [
    {
      start: "-log(p^y * (1 - p)^(1 - y))",
      target: "-y * log(p) - (1 - y) * log(1 - p)",
      relation: "=",
    },
  ],
  milestones: [
    {
      name: "the product under the logarithm taken apart",
      reasons: ["log of a product", "log of a quotient"],
    },
    { name: "the exponents taken out of the logarithms", reasons: ["log of a power"] },
  ],
  lines: 3,
  misconceptions: [
    { line: "-(1 - y) * log(p) - y * log(1 - p)", says: "Labels swapped: y goes with p, 1 − y with 1 − p." },
    { line: "-y * log(p)", says: "Examples with y = 0 must cost −log(1 − p)." },
    { line: "-y * log(p) - (1 - y) * log(1 + p)", says: "The other class has probability 1 − p, not 1 + p." },
    { line: "y * log(p) + (1 - y) * log(1 - p)", says: "You lost the minus: a loss is at least 0." },
    {
      line: "-log(p)^y - log(1 - p)^(1 - y)",
      says: "log x^y = y log x: the exponent comes down as a factor.",
    },
    {
      line: "-log(y * p + (1 - y) * (1 - p))",
      says: "That mixes the probabilities; the Bernoulli form multiplies them.",
    },
  ],
};
