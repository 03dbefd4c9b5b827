import type { DerivationTask } from "../task";

/** E02: what additivity alone says of fractional powers. */
export const e02: DerivationTask = {
  id: "E02",
  symbols: {
    p: { is: "unit" },
    m: { is: "integer", from: 1, to: 6 },
    n: { is: "integer", from: 1, to: 6 },
  },
  indices: { r: "m", s: "n" },
  // The rules know only that I turns products into sums; numbers are computed with the answer that it must have.
  unknown: { "I(u)": { instance: "-log(u)", turns: "* into +" } },
  routes: [{ start: "I(p^(m / n))", target: "m / n * I(p)", relation: "=" }],
  milestones: [
    { name: "a power written as a product of equal factors", forms: productForms() },
    { name: "additivity used", reasons: ["additivity"] },
  ],
  lines: 5,
  misconceptions: [
    {
      line: "I(p)^(m / n)",
      says: "Independent events multiply probabilities; their surprises add, they do not multiply.",
    },
    {
      line: "n / m * I(p)",
      says: "The n-th root divides the surprise by n, and the m-th power multiplies it by m.",
    },
    { line: "(m + n) * I(p)", says: "Adding is for products: the exponent m/n is not a number of factors." },
    { line: "m * I(p)", says: "You have the m-th power; the n-th root is still missing." },
  ],
};

/** A product over m or n equal factors, alone or inside the steps of either order. */
function productForms(): string[] {
  return [
    "I(prod(r, p^(1 / n)))",
    "I(prod(r, p))",
    "1 / n * I(prod(r, p))",
    "I(prod(r, p)) / n",
    "1 / n * I(prod(s, p^(m / n)))",
    "I(prod(s, p^(m / n))) / n",
    "m / n * I(prod(s, p^(1 / n)))",
    "m * (1 / n * I(prod(s, p^(1 / n))))",
  ];
}
