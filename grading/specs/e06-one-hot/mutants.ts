import type { Mutant } from "../../specification";

type Q = readonly number[];
const at = (q: Q, c: number): number => {
  const x = q[c];
  if (x === undefined) throw new RangeError("no such class");
  return x;
};

export const mutants: readonly Mutant[] = [
  {
    name: "linear loss",
    check: "collapse",
    message: "1 − q never exceeds 1: a confident error must be able to cost 13.8 and more. Take −log.",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 1 - at(q, c) },
  },
  {
    name: "classes from 1",
    check: "collapse",
    message: "Classes are counted from 0: class c is q[c].",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 0 - Math.log(q[c - 1] ?? q[q.length - 1]!) },
  },
  {
    name: "scored the favourite",
    check: "collapse",
    message: "You scored the model's favourite (the largest q). Score what happened: q[c].",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 0 - Math.log(Math.max(at(q, c), ...q)) },
  },
  {
    name: "renormalised",
    check: "collapse",
    message:
      "You renormalised: (.333, .333, .333) sums to .999. Compute what was given, −log .333 = 1.09961.",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 0 - Math.log(at(q, c) / q.reduce((s, x) => s + x, 0)) },
  },
  {
    name: "lost minus",
    check: "collapse",
    message: "The loss came out negative: you lost the minus before the logarithm.",
    code: { oneHotCrossEntropy: (c: number, q: Q) => Math.log(at(q, c)) },
  },
  {
    name: "all classes",
    check: "collapse",
    message: "You added up −log q over all classes. A one-hot target has weight 0 everywhere but at c.",
    code: { oneHotCrossEntropy: (c: number, q: Q) => q.reduce((s, x) => s - Math.log(x), at(q, c) * 0) },
  },
  {
    name: "weighted by q",
    check: "collapse",
    message: "−q log q weights by the prediction. The target gives class c weight 1, not q[c].",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 0 - at(q, c) * Math.log(at(q, c)) },
  },
  {
    name: "clipped",
    check: "extremes",
    message: "A certain miss costs Infinity. Your clip reports a finite number and hides it.",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 0 - Math.log(Math.max(at(q, c), 1e-10)) },
  },
  {
    name: "undefined class",
    check: "class",
    message:
      "q[c] is undefined for a class that does not exist, and its logarithm NaN: refuse the class instead.",
    code: { oneHotCrossEntropy: (c: number, q: Q) => 0 - Math.log(q[c]!) },
  },
  {
    name: "ratio of probabilities",
    check: "ratio",
    message: "You divided the probabilities. The penalty is their −log: divide the logarithms.",
    code: { penaltyRatio: (a: number, b: number) => a / b },
  },
  {
    name: "difference of losses",
    check: "ratio",
    message: "log(q2/q1) is the difference of the two losses. How many times larger is a quotient.",
    code: { penaltyRatio: (a: number, b: number) => Math.log(b / a) },
  },
  {
    name: "ratio upside down",
    check: "ratio",
    message: "That is how much larger the loss at q2 is. The loss at q1 stands above the fraction bar.",
    code: { penaltyRatio: (a: number, b: number) => Math.log(b) / Math.log(a) },
  },
  {
    name: "forgets n",
    check: "bound",
    message: "One wrong example among n adds only (log 2)/n to the mean: compare with that, not with log 2.",
    code: { allCorrectBound: (mean: number, _n: number) => mean < Math.LN2 },
  },
  {
    name: "bound in bits",
    check: "bound",
    message: "In nats a coin flip costs log 2 = 0.693, not 1.",
    code: { allCorrectBound: (mean: number, n: number) => mean * n < 1 },
  },
  {
    name: "bound reversed",
    check: "bound",
    message:
      "A small mean loss proves that all are right, a large one proves nothing: turn the comparison round.",
    code: { allCorrectBound: (mean: number, n: number) => mean * n > Math.LN2 },
  },
];
