import type { Mutant } from "../../specification";

export const mutants: readonly Mutant[] = [
  {
    name: "bits for nats",
    check: "surprisal",
    message:
      "Factor 0.693 off: you returned bits where nats were asked. Use Math.log, the natural logarithm.",
    code: { surprisal: (p: number) => 0 - Math.log2(p) },
  },
  {
    name: "decimal logarithm",
    check: "surprisal",
    message: "That is the logarithm to base 10. Nats use the natural logarithm, Math.log.",
    code: { surprisal: (p: number) => 0 - Math.log10(p) },
  },
  {
    name: "missing minus",
    check: "surprisal",
    message: "A surprise is never negative: you lost the minus before the logarithm.",
    code: { surprisal: (p: number) => Math.log(p) },
  },
  {
    name: "one over p",
    check: "surprisal",
    message: "1/p also grows as p falls, but surprises of independent events must add: take its logarithm.",
    code: { surprisal: (p: number) => 1 / p },
  },
  {
    name: "minus zero",
    check: "limits",
    message:
      "-Math.log(1) is -0. A certain outcome has surprise 0: write 0 - Math.log(p), or Math.log(1 / p).",
    code: { surprisal: (p: number) => -Math.log(p) },
  },
  {
    name: "clipped",
    check: "limits",
    message: "An impossible outcome surprises without bound: the answer is Infinity, and a clip hides that.",
    code: { surprisal: (p: number) => 0 - Math.log(Math.max(p, 1e-10)) },
  },
  {
    name: "added epsilon",
    check: "surprisal",
    message: "p + 1e-10 is another number than p. −log 0 = Infinity needs no protection here.",
    code: { surprisal: (p: number) => 0 - Math.log(p + 1e-10) },
  },
  {
    name: "entropy in bits",
    check: "entropy",
    message: "Factor 0.693 off: entropy in bits where nats were asked.",
    code: {
      entropy: (p: number[]) => p.reduce((total, pi) => (pi > 0 ? total - pi * Math.log2(pi) : total), 0),
    },
  },
  {
    name: "mean for expectation",
    check: "entropy",
    message: "You divided by K. An expectation already weights by p: don't divide by the number of outcomes.",
    code: {
      entropy: (p: number[]) =>
        p.reduce((total, pi) => (pi > 0 ? total - pi * Math.log(pi) : total), 0) / p.length,
    },
  },
  {
    name: "unweighted",
    check: "entropy",
    message: "You added up the surprises. Expecting means weighting each one by its probability p[i].",
    code: { entropy: (p: number[]) => p.reduce((total, pi) => (pi > 0 ? total - Math.log(pi) : total), 0) },
  },
  {
    name: "negative entropy",
    check: "entropy",
    message: "Entropy is never negative: you lost the minus before the sum.",
    code: {
      entropy: (p: number[]) => p.reduce((total, pi) => (pi > 0 ? total + pi * Math.log(pi) : total), 0),
    },
  },
  {
    name: "NaN at zero",
    check: "zero-terms",
    message: "0·log 0 is a limit, and the limit is 0: guard p[i] = 0 before you take the logarithm.",
    code: { entropy: (p: number[]) => p.reduce((total, pi) => total - pi * Math.log(pi), 0) },
  },
  {
    name: "units the wrong way",
    check: "units",
    message: "You multiplied by log 2. One bit is the larger step in probability: n nats are n / log 2 bits.",
    code: { toBits: (nats: number) => nats * Math.LN2 },
  },
];
