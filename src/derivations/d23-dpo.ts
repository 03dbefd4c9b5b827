import type { Derivation } from "./types";

/** D23: the best policy under a KL penalty, the reward it implies, and the DPO loss. */
export const D23: Derivation = {
  id: "D23",
  slug: "d23-dpo",
  title: "From a penalised reward to DPO",
  statement:
    "$\\operatorname{E}_\\pi r - \\beta D_{\\mathrm{KL}}(\\pi\\,\\|\\,\\pi_{\\mathrm{ref}})$ is largest at $\\pi^* = \\pi_{\\mathrm{ref}}e^{r/\\beta}/Z$; $Z$ cancels in the Bradley–Terry model, which leaves $L = -\\log\\sigma(\\beta\\Delta)$, $\\log 2$ nats at the start.",
  symbols: {
    p: { is: "distribution", size: "K" },
    q: { is: "distribution", size: "K" },
    r: { is: "real", size: "K" },
    beta: { is: "positive" },
    k: { is: "label", size: "K" },
    w: { is: "label", size: "K" },
    l: { is: "label", size: "K" },
    d: { is: "real" },
  },
  definitions: {
    Z: "sum(j, q[j] * exp(r[j] / beta))",
    "b[k]": "q[k] * exp(r[k] / beta) / Z",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
    "sigma(u)": "1 / (1 + exp(-u))",
  },
  latex: {
    p: "\\pi",
    q: "\\pi^{\\mathrm{ref}}",
    b: "\\pi^*",
    d: "\\Delta",
    sigma: "\\sigma(#1)",
    KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)",
  },
  assumptions: [
    "$\\pi^{\\mathrm{ref}}_k > 0$",
    "$\\beta > 0$",
    "$\\Delta = \\log(\\pi_w/\\pi^{\\mathrm{ref}}_w) - \\log(\\pi_l/\\pi^{\\mathrm{ref}}_l)$",
  ],
  chains: [
    {
      name: "The divergence from the tilted policy is the objective, up to a constant",
      steps: [
        { expression: "KL(p, b)", by: "start" },
        { expression: "sum(i, p[i] * log(p[i] / b[i]))", by: "definition" },
        { expression: "sum(i, p[i] * (log(p[i]) - log(b[i])))", by: "log of a quotient" },
        { expression: "sum(i, p[i] * (log(p[i]) - log(q[i] * exp(r[i] / beta) / Z)))", by: "definition" },
        {
          expression: "sum(i, p[i] * (log(p[i]) - (log(q[i] * exp(r[i] / beta)) - log(Z))))",
          by: "log of a quotient",
        },
        {
          expression: "sum(i, p[i] * (log(p[i]) - (log(q[i]) + log(exp(r[i] / beta)) - log(Z))))",
          by: "log of a product",
        },
        { expression: "sum(i, p[i] * (log(p[i]) - (log(q[i]) + r[i] / beta - log(Z))))", by: "log of exp" },
        {
          expression:
            "sum(i, p[i] * (log(p[i]) - log(q[i]))) - sum(i, p[i] * r[i]) / beta + log(Z) * sum(i, p[i])",
          by: "linearity",
        },
        {
          expression: "sum(i, p[i] * (log(p[i]) - log(q[i]))) - sum(i, p[i] * r[i]) / beta + log(Z)",
          by: "sums to 1",
        },
        {
          expression: "sum(i, p[i] * log(p[i] / q[i])) - sum(i, p[i] * r[i]) / beta + log(Z)",
          by: "log of a quotient",
        },
        { expression: "KL(p, q) - sum(i, p[i] * r[i]) / beta + log(Z)", by: "definition" },
        {
          expression: "log(Z) - 1 / beta * (sum(i, p[i] * r[i]) - beta * KL(p, q))",
          by: "algebra",
          note: "so the objective is largest where the divergence is least",
        },
      ],
    },
    {
      name: "So the tilted policy is the best",
      steps: [
        { expression: "log(Z) - KL(p, b)", by: "start" },
        {
          expression: "log(Z)",
          relation: "<=",
          by: "Gibbs",
          note: "equal only for $\\pi = \\pi^*$",
          equalWhen: { "p[i]": "b[i]" },
        },
      ],
    },
    {
      name: "The reward that a policy implies",
      steps: [
        { expression: "beta * log(b[k] / q[k]) + beta * log(Z)", by: "start" },
        { expression: "beta * log(q[k] * exp(r[k] / beta) / Z / q[k]) + beta * log(Z)", by: "definition" },
        { expression: "beta * log(exp(r[k] / beta) / Z) + beta * log(Z)", by: "cancel" },
        { expression: "beta * (log(exp(r[k] / beta)) - log(Z)) + beta * log(Z)", by: "log of a quotient" },
        { expression: "beta * (r[k] / beta - log(Z)) + beta * log(Z)", by: "log of exp" },
        { expression: "r[k]", by: "algebra" },
      ],
    },
    {
      name: "Z cancels in a comparison",
      steps: [
        {
          expression: "beta * log(b[w] / q[w]) + beta * log(Z) - (beta * log(b[l] / q[l]) + beta * log(Z))",
          by: "start",
        },
        { expression: "beta * (log(b[w] / q[w]) - log(b[l] / q[l]))", by: "algebra" },
      ],
    },
    {
      name: "The slope of the loss",
      steps: [
        { expression: "diff(-log(sigma(beta * d)), d)", by: "start" },
        { expression: "-beta * (exp(-beta * d) / (1 + exp(-beta * d)))", by: "differentiate" },
        { expression: "-beta * (1 / (1 + exp(beta * d)))", by: "exp of a sum" },
        { expression: "-beta * sigma(-beta * d)", by: "definition" },
      ],
    },
    {
      name: "The loss before training, where the policies agree",
      steps: [
        { expression: "-log(sigma(beta * 0))", by: "start" },
        { expression: "-log(1 / (1 + exp(-beta * 0)))", by: "definition" },
        { expression: "-log(1 / 2)", by: "log of exp", note: "$e^0 = 1$" },
        { expression: "log(2)", by: "log of a quotient" },
      ],
    },
  ],
};
