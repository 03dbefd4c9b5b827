import type { Derivation } from "./types";

/** D7: the cross-entropy of a pair is that of the first plus the expected one of the second given the first. */
export const D7: Derivation = {
  id: "D7",
  slug: "d07-chain-rule",
  title: "The chain rule of cross-entropy",
  statement: "$H(p_{XY}, q_{XY}) = H(p_X, q_X) + \\operatorname{E}_X H(p_{Y|X}, q_{Y|X})$, in nats.",
  symbols: {
    a: { is: "distribution", size: "K" },
    r: { is: "conditional", rows: "K", columns: "M" },
    b: { is: "distribution", size: "K" },
    s: { is: "conditional", rows: "K", columns: "M" },
  },
  sizes: { K: [2, 3, 4], M: [3, 2, 3] },
  indices: { x: "K", y: "M" },
  definitions: {
    "p[x, y]": "a[x] * r[x, y]",
    "q[x, y]": "b[x] * s[x, y]",
    "CE(u, v)": "-sum(x, u[x] * log(v[x]))",
    "CEY(u, v)": "-sum(y, u[y] * log(v[y]))",
  },
  latex: {
    p: "p(#1, #2)",
    q: "q(#1, #2)",
    a: "p(#1)",
    b: "q(#1)",
    r: "p(#2 \\mid #1)",
    s: "q(#2 \\mid #1)",
    CE: "H(p_X, q_X)",
    CEY: "H(p_{Y|x}, q_{Y|x})",
  },
  assumptions: ["$p(x, y) = p(x)\\,p(y \\mid x)$ and $q(x, y) = q(x)\\,q(y \\mid x)$", "all positive"],
  chains: [
    {
      name: "One step; repeat it for longer sequences",
      steps: [
        { expression: "-sum(x, sum(y, p[x, y] * log(q[x, y])))", by: "start" },
        { expression: "-sum(x, sum(y, a[x] * r[x, y] * log(b[x] * s[x, y])))", by: "definition" },
        {
          expression: "-sum(x, sum(y, a[x] * r[x, y] * (log(b[x]) + log(s[x, y]))))",
          by: "log of a product",
        },
        {
          expression:
            "-sum(x, a[x] * log(b[x]) * sum(y, r[x, y])) - sum(x, a[x] * sum(y, r[x, y] * log(s[x, y])))",
          by: "linearity",
        },
        {
          expression: "-sum(x, a[x] * log(b[x])) - sum(x, a[x] * sum(y, r[x, y] * log(s[x, y])))",
          by: "sums to 1",
        },
        { expression: "CE(a, b) + sum(x, a[x] * CEY(r[x], s[x]))", by: "definition" },
      ],
    },
  ],
};
