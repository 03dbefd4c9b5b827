import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

const right = stepsOf([
  ["-log(p^y * (1 - p)^(1 - y))", "start"],
  ["-(log(p^y) + log((1 - p)^(1 - y)))", "log of a product"],
  ["-(y * log(p) + (1 - y) * log(1 - p))", "log of a power"],
  ["-y * log(p) - (1 - y) * log(1 - p)", "rearrange"],
]);
const term = (w: number, q: number) => (w === 0 ? 0 : -w * Math.log(q));

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "steps", derivationTasks.E10!, right),
  {
    name: "labels swapped",
    check: "hard",
    message: "Labels swapped: y = 1 must cost −log p.",
    code: { bce: (y: number, p: number) => term(1 - y, p) + term(y, 1 - p) },
  },
  {
    name: "positives only",
    check: "hard",
    message: "Examples with y = 0 must cost −log(1 − p): only the positive term is there.",
    code: { bce: (y: number, p: number) => term(y, p) + 0 },
  },
  {
    name: "log(1 + p)",
    check: "hard",
    message: "The other outcome has probability 1 − p, not 1 + p.",
    code: { bce: (y: number, p: number) => term(y, p) + term(1 - y, 1 + p) },
  },
  {
    name: "sign lost",
    check: "hard",
    message: "The loss came out negative: the minus before the logarithms is missing.",
    code: { bce: (y: number, p: number) => -(term(y, p) + term(1 - y, 1 - p)) },
  },
  {
    name: "bits",
    check: "hard",
    message: "That is in bits; use the natural logarithm.",
    code: { bce: (y: number, p: number) => (term(y, p) + term(1 - y, 1 - p)) / Math.LN2 },
  },
  {
    name: "mixed probabilities",
    check: "soft",
    message:
      "You mixed the probabilities and took one logarithm. Mix the losses: y·(−log p) + (1 − y)·(−log(1 − p)).",
    code: { bce: (y: number, p: number) => -Math.log(y * p + (1 - y) * (1 - p)) },
  },
  {
    name: "rounded label",
    check: "soft",
    message: "You treated a soft label as 0 or 1: weigh both terms.",
    code: { bce: (y: number, p: number) => (y >= 0.5 ? term(1, p) : term(1, 1 - p)) },
  },
  {
    name: "added epsilon",
    check: "hard",
    message: "p + ε goes above 1: the loss turned negative for certain hits. Guard the weight instead.",
    code: {
      bce: (y: number, p: number) => -y * Math.log(p + 1e-8) - (1 - y) * Math.log(1 - p + 1e-8),
    },
  },
  {
    name: "clipped",
    check: "certain",
    message: "A certain error costs Infinity: your clip reports some 27 nats instead.",
    code: {
      bce: (y: number, p: number) => {
        const c = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
        return p === c ? term(y, p) + term(1 - y, 1 - p) : -y * Math.log(c) - (1 - y) * Math.log(1 - c);
      },
    },
  },
  {
    name: "0·log 0",
    check: "certain",
    message: "0·log 0 gave NaN: a term with weight 0 does not count.",
    code: { bce: (y: number, p: number) => -y * Math.log(p) - (1 - y) * Math.log(1 - p) },
  },
];
