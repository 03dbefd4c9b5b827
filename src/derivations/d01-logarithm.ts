import type { Derivation } from "./types";

/** D1: the surprise of independent events adds, so surprise is the logarithm, up to the unit. */
export const D1: Derivation = {
  id: "D1",
  slug: "d01-logarithm",
  title: "The logarithm is forced",
  statement:
    "The only decreasing surprise with $I(uv) = I(u) + I(v)$ is $I(p) = -k \\log p$, $k > 0$: nats for $k = 1$, bits for $k = 1/\\log 2$.",
  symbols: {
    x: { is: "positive" },
    y: { is: "positive" },
    p: { is: "unit" },
    m: { is: "integer", from: 1, to: 6 },
    n: { is: "integer", from: 1, to: 6 },
    k: { is: "positive" },
  },
  indices: { r: "n" },
  definitions: { "f(x)": "I(exp(-x))" },
  // The rules know of I only that it turns products into sums; numbers are computed with the answer it must have.
  unknown: { "I(u)": { instance: "-k * log(u)", turns: "* into +" } },
  assumptions: [
    "$I(uv) = I(u) + I(v)$ for independent events",
    "$I$ is decreasing",
    "$I(1) = 0$, so $I \\ge 0$",
  ],
  chains: [
    {
      name: "Products become sums: f is additive",
      steps: [
        { expression: "f(x + y)", by: "start" },
        { expression: "I(exp(-(x + y)))", by: "definition" },
        { expression: "I(exp(-x) * exp(-y))", by: "exp of a sum" },
        { expression: "I(exp(-x)) + I(exp(-y))", by: "additivity", note: "independent events" },
        { expression: "f(x) + f(y)", by: "definition" },
      ],
    },
    {
      name: "Whole multiples",
      steps: [
        { expression: "f(n * x)", by: "start" },
        { expression: "I(exp(-(n * x)))", by: "definition" },
        { expression: "I(exp(-x)^n)", by: "exp of a sum" },
        { expression: "I(prod(r, exp(-x)))", by: "power of a power", note: "$n$ equal factors" },
        { expression: "sum(r, I(exp(-x)))", by: "additivity", note: "$n - 1$ times" },
        { expression: "n * I(exp(-x))", by: "linearity", note: "$n$ equal terms" },
        { expression: "n * f(x)", by: "definition" },
      ],
    },
    {
      name: "Fractions",
      steps: [
        { expression: "f(m * (x / n))", by: "start" },
        { expression: "m * f(x / n)", by: "earlier result", note: "whole multiples, of $x/n$" },
        { expression: "m / n * (n * f(x / n))", by: "algebra" },
        { expression: "m / n * f(n * (x / n))", by: "earlier result", note: "whole multiples again" },
        { expression: "m / n * f(x)", by: "cancel" },
      ],
    },
    {
      name: "All real numbers, and back to I",
      steps: [
        { expression: "I(p)", by: "start" },
        { expression: "I(exp(-(-log(p))))", by: "log of exp" },
        { expression: "f(-log(p))", by: "definition" },
        {
          expression: "-log(p) * f(1)",
          by: "argument",
          note: "$f$ is monotone: squeeze $x$ between fractions, $f(x) = x f(1)$",
        },
        { expression: "-f(1) * log(p)", by: "rearrange" },
      ],
    },
    {
      name: "The constant is positive",
      steps: [
        { expression: "f(1)", by: "start" },
        {
          expression: "0",
          relation: ">",
          by: "argument",
          note: "$I \\ge 0$, and $f(1) = 0$ would make $I$ constant",
        },
      ],
    },
  ],
};
