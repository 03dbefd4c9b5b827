import type { DerivationTask } from "../task";

/** E25: what flipped labels do to the minimiser of binary cross-entropy, and the correction. */
export const e25: DerivationTask = {
  id: "E25",
  symbols: { p: { is: "unit" }, eta: { is: "unit", below: 0.5 }, q: { is: "unit" } },
  definitions: { r: "(1 - eta) * p + eta * (1 - p)" },
  at: { q: "(1 - eta) * p + eta * (1 - p)" },
  routes: [
    {
      start: "diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0",
      target: "p == (q - eta) / (1 - 2 * eta)",
      relation: "<=>",
    },
  ],
  milestones: [
    { name: "the derivative worked out", reasons: ["differentiate"] },
    { name: "the minimiser q = r", forms: ["q == r", "q - r == 0"] },
    {
      name: "r written out in p and η",
      forms: [
        "q == (1 - eta) * p + eta * (1 - p)",
        "q == eta + (1 - 2 * eta) * p",
        "q == p - 2 * eta * p + eta",
      ],
    },
  ],
  lines: 5,
  misconceptions: [
    { line: "p == (q - eta) / (1 - eta)", says: "Invert (q − η)/(1 − 2η): a flip moves mass both ways." },
    {
      line: "p == (q + eta) / (1 + 2 * eta)",
      says: "The correction undoes the noise: subtract η and divide by 1 − 2η.",
    },
    {
      line: "q == (1 - eta) * p",
      says: "A flip can also return the label 1 to an example of class 0: add η(1 − p).",
    },
    { line: "q == p", says: "The minimiser follows the noisy labels, not the clean ones." },
  ],
};

/** E25, focal loss: the slope whose root is the minimiser. */
export const e25Focal: DerivationTask = {
  id: "E25 focal",
  symbols: { p: { is: "unit" }, q: { is: "unit" }, gamma: { is: "positive" } },
  routes: [
    {
      start: "diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)",
      target:
        "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
      relation: "=",
    },
  ],
  milestones: [
    {
      name: "the two classes apart",
      modulo: "algebra",
      forms: [
        "-p * diff((1 - q)^gamma * log(q), q) - (1 - p) * diff(q^gamma * log(1 - q), q)",
        "diff(-p * (1 - q)^gamma * log(q), q) + diff(-(1 - p) * q^gamma * log(1 - q), q)",
        "diff(p * (1 - q)^gamma * (-log(q)), q) + diff((1 - p) * q^gamma * (-log(1 - q)), q)",
      ],
    },
    { name: "the derivatives worked out", reasons: ["differentiate"] },
  ],
  lines: 3,
  misconceptions: [
    {
      line: "-p / q + (1 - p) / (1 - q)",
      says: "That is the slope of cross-entropy, γ = 0: the factor (1 − p_t)^γ has a derivative too.",
    },
    {
      line: "-p * (1 - q)^gamma / q + (1 - p) * q^gamma / (1 - q)",
      says: "Product rule: the factor (1 − p_t)^γ has a derivative too.",
    },
  ],
};
