import type { Derivation } from "./types";

/** D2: Kraft's inequality, by counting the leaves of a binary tree, and its converse. */
export const D2: Derivation = {
  id: "D2",
  slug: "d02-kraft",
  title: "Kraft's inequality",
  statement:
    "The word lengths of a binary prefix code satisfy $\\sum_i 2^{-l_i} \\le 1$, and any such lengths belong to one.",
  symbols: { l: { is: "codeLengths", size: "K" }, k: { is: "label", size: "K" } },
  sizes: { K: [2, 3, 5] },
  definitions: { L: "maxOver(i, l[i])" },
  assumptions: [
    "$l_i$ are the lengths of the words of a prefix code, $l_1 \\le l_2 \\le \\dots$",
    "$L$ is the length of the longest",
  ],
  chains: [
    {
      name: "A prefix code satisfies the inequality",
      steps: [
        { expression: "sum(i, 2^(-l[i]))", by: "start" },
        {
          expression: "sum(i, 2^(-L) * 2^(L - l[i]))",
          by: "power of a power",
          note: "$2^{-l} = 2^{-L} 2^{L-l}$",
        },
        { expression: "2^(-L) * sum(i, 2^(L - l[i]))", by: "linearity" },
        {
          expression: "2^(-L) * 2^L",
          relation: "<=",
          by: "argument",
          note: "a word of length $l$ owns $2^{L-l}$ of the $2^L$ leaves, and no leaf has two owners",
        },
        { expression: "1", by: "power of a power" },
      ],
    },
    {
      name: "The converse: place the words from left to right",
      steps: [
        {
          expression: "ceil(sumWhere(j, j < k, 2^(l[k] - l[j])))",
          by: "start",
          note: "leaves of level $l_k$ already taken, rounded up",
        },
        {
          expression: "sumWhere(j, j < k, 2^(l[k] - l[j]))",
          by: "argument",
          note: "$l_j \\le l_k$, so each term is a whole number and word $k$ starts exactly at a node",
        },
        { expression: "sumWhere(j, j < k, 2^l[k] * 2^(-l[j]))", by: "power of a power" },
        {
          expression: "2^l[k] * sumWhere(j, j < k, 2^(-l[j]))",
          by: "linearity",
          note: "$2^{l_k}$ is common",
        },
        {
          expression: "2^l[k] * (1 - 2^(-l[k]))",
          relation: "<=",
          by: "argument",
          note: "the sum of all terms is at most 1, and term $k$ is not among these",
        },
        { expression: "2^l[k] - 1", by: "power of a power", note: "so a node of level $l_k$ is free" },
      ],
    },
  ],
};
