import type { Derivation } from "./types";

/** D9: a finite sample costs (K - 1)/2n nats of divergence, and makes the plug-in entropy too small by as much. */
export const D9: Derivation = {
  id: "D9",
  slug: "d09-finite-sample",
  title: "What a finite sample costs",
  statement:
    "$\\operatorname{E} D_{\\mathrm{KL}}(\\hat p\\,\\|\\,p) \\approx \\frac{K-1}{2n}$ nats, $\\operatorname{E} H(\\hat p) = H(p) - \\operatorname{E} D_{\\mathrm{KL}}(\\hat p\\,\\|\\,p)$ exactly, and $\\operatorname{E} D_{\\mathrm{KL}}(p\\,\\|\\,\\hat p) = \\infty$ for every $n$.",
  symbols: {
    p: { is: "distribution", size: "K" },
    r: { is: "distribution", size: "K" },
    h: { is: "unit" },
    n: { is: "integer", from: 1, to: 5 },
    k: { is: "label", size: "K" },
    P: { is: "distribution", size: "M" },
    t: { is: "conditional", rows: "M", columns: "K" },
  },
  sizes: { K: [2, 3, 4], M: [3, 2, 4] },
  indices: { w: "M" },
  definitions: {
    "d[i]": "r[i] - p[i]",
    "m[i]": "sum(w, P[w] * t[w, i])",
    "H(a)": "-sum(i, a[i] * log(a[i]))",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
  },
  latex: {
    t: "\\hat p_{#1}(#2)",
    m: "p",
    P: "\\Pr(#1)",
    w: "s",
    KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)",
  },
  assumptions: [
    "$\\hat p$ are the shares in $n$ independent observations from $p$, so $\\operatorname{E}\\hat p_i = p_i$ and $\\operatorname{Var}\\hat p_i = p_i(1-p_i)/n$",
    "$d_i$ is a deviation, $\\sum_i d_i = 0$",
    "$s$ runs over the possible samples, each with its probability and its shares $\\hat p_s$",
  ],
  chains: [
    {
      name: "A small deviation costs its square",
      steps: [
        { expression: "sum(i, (p[i] + h * d[i]) * log((p[i] + h * d[i]) / p[i])) / h^2", by: "start" },
        {
          expression: "sum(i, d[i]^2 / p[i]) / 2",
          relation: "->",
          by: "limit",
          limit: { of: "h", to: "zero" },
          note: "$h \\to 0$",
        },
      ],
    },
    {
      name: "The mean of that cost: squares become variances",
      steps: [
        { expression: "sum(i, p[i] * (1 - p[i]) / n / p[i]) / 2", by: "start" },
        { expression: "sum(i, (1 - p[i]) / n) / 2", by: "cancel" },
        { expression: "K / (2 * n) - sum(i, p[i]) / (2 * n)", by: "linearity" },
        { expression: "K / (2 * n) - 1 / (2 * n)", by: "sums to 1" },
        { expression: "(K - 1) / (2 * n)", by: "algebra" },
      ],
    },
    {
      name: "The plug-in entropy is too small by exactly the mean divergence",
      steps: [
        { expression: "sum(w, P[w] * H(t[w]))", by: "start" },
        { expression: "-sum(w, P[w] * sum(i, t[w, i] * log(t[w, i])))", by: "definition" },
        {
          expression: "-sum(w, P[w] * sum(i, t[w, i] * (log(t[w, i]) - log(m[i]) + log(m[i]))))",
          by: "add and subtract",
        },
        {
          expression:
            "-sum(w, P[w] * sum(i, t[w, i] * log(m[i]))) - sum(w, P[w] * sum(i, t[w, i] * (log(t[w, i]) - log(m[i]))))",
          by: "linearity",
        },
        {
          expression:
            "-sum(i, sum(w, P[w] * t[w, i]) * log(m[i])) - sum(w, P[w] * sum(i, t[w, i] * (log(t[w, i]) - log(m[i]))))",
          by: "exchange sums",
        },
        {
          expression:
            "-sum(i, sum(w, P[w] * t[w, i]) * log(m[i])) - sum(w, P[w] * sum(i, t[w, i] * log(t[w, i] / m[i])))",
          by: "log of a quotient",
        },
        { expression: "H(m) - sum(w, P[w] * KL(t[w], m))", by: "definition" },
      ],
    },
    {
      name: "The other direction has no finite mean",
      steps: [
        {
          expression: "(1 - p[k])^n",
          by: "start",
          note: "the probability that outcome $k$ is never seen",
        },
        {
          expression: "0",
          relation: ">",
          by: "nonnegative terms",
          note: "and in that case $D_{\\mathrm{KL}}(p\\,\\|\\,\\hat p) = \\infty$",
        },
      ],
    },
  ],
};
