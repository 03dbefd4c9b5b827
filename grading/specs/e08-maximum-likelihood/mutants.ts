import type { Mutant } from "../../specification";

type P = readonly number[];
interface Options {
  readonly rate: number;
  readonly steps: number;
}
const count = (labels: P, classes: number) => {
  const n = Array<number>(classes).fill(0);
  for (const y of labels) n[y]! += 1;
  return n;
};
const softmax = (z: P) => {
  const e = z.map((x) => Math.exp(x - Math.max(...z)));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / total);
};
const descend = (classes: number, { rate, steps }: Options, gradient: (q: number[]) => number[]) => {
  let z = Array<number>(classes).fill(0);
  for (let s = 0; s < steps; s++) {
    const g = gradient(softmax(z));
    z = z.map((x, k) => x - rate * g[k]!);
  }
  return softmax(z);
};
const nll = (labels: P, q: P) => labels.reduce((t, y) => t - Math.log(q[y]!), 0);

export const mutants: readonly Mutant[] = [
  {
    name: "pseudo-counts",
    check: "counts",
    message: "You added 1 to every count: that is Laplace's prior (MAP), not maximum likelihood.",
    code: {
      countsMle: (labels: P, classes: number) =>
        count(labels, classes).map((n) => (n + 1) / (labels.length + classes)),
    },
  },
  {
    name: "raw counts",
    check: "counts",
    message: "Those are counts. A distribution sums to 1: divide by the number of labels.",
    code: { countsMle: count },
  },
  {
    name: "divides by the classes",
    check: "counts",
    message: "You divided by the number of classes. Frequencies are counts per label.",
    code: { countsMle: (labels: P, classes: number) => count(labels, classes).map((n) => n / classes) },
  },
  {
    name: "only seen classes",
    check: "counts",
    message: "A class that never occurs needs its place too: its frequency is 0.",
    code: {
      countsMle: (labels: P, classes: number) =>
        count(labels, classes)
          .filter((n) => n > 0)
          .map((n) => n / labels.length),
    },
  },
  {
    name: "labels from 1",
    check: "counts",
    message: "Labels are counted from 0: label y is entry y.",
    code: {
      countsMle: (labels: P, classes: number) =>
        count(
          labels.map((y) => (y + classes - 1) % classes),
          classes,
        ).map((n) => n / labels.length),
    },
  },
  {
    name: "sum for mean",
    check: "nll",
    message: "That is the sum. Report the mean per example, or the loss grows with the data set.",
    code: { meanNll: nll },
  },
  {
    name: "mean over classes",
    check: "nll",
    message: "You divided by the number of classes. The mean is over the labels.",
    code: { meanNll: (labels: P, q: P) => nll(labels, q) / q.length },
  },
  {
    name: "log-likelihood",
    check: "nll",
    message: "That is the log-likelihood, to be maximised. The loss is its negative.",
    code: { meanNll: (labels: P, q: P) => -nll(labels, q) / labels.length },
  },
  {
    name: "log of the mean",
    check: "nll",
    message:
      "You averaged the probabilities and took one logarithm. Likelihoods multiply: average the logarithms.",
    code: { meanNll: (labels: P, q: P) => -Math.log(labels.reduce((t, y) => t + q[y]!, 0) / labels.length) },
  },
  {
    name: "product underflows",
    check: "long",
    message: "The product of many probabilities underflows to 0 and its logarithm is −Infinity: sum logs.",
    code: {
      meanNll: (labels: P, q: P) => -Math.log(labels.reduce((t, y) => t * q[y]!, 1)) / labels.length,
    },
  },
  {
    name: "uniform answer",
    check: "counts",
    message: "Equal probabilities fit no data in particular: count the labels.",
    code: { countsMle: (_labels: P, classes: number) => Array(classes).fill(1 / classes) },
  },
  {
    name: "uphill",
    check: "steps",
    message: "Check the sign: the loss must go down. Step against the gradient, z − rate·(q − frequencies).",
    code: {
      fitSoftmax: (labels: P, classes: number, o: Options) => {
        const n = count(labels, classes);
        return descend(classes, o, (q) => q.map((x, k) => n[k]! / labels.length - x));
      },
    },
  },
  {
    name: "gradient of the sum",
    check: "steps",
    message:
      "That gradient belongs to the sum over the labels, n times too large. Divide by n, or steps overshoot.",
    code: {
      fitSoftmax: (labels: P, classes: number, o: Options) => {
        const n = count(labels, classes);
        return descend(classes, o, (q) => q.map((x, k) => labels.length * x - n[k]!));
      },
    },
  },
  {
    name: "logits returned",
    check: "steps",
    message: "Those are the logits z. The model is q = softmax(z).",
    code: {
      fitSoftmax: (labels: P, classes: number, { rate, steps }: Options) => {
        const n = count(labels, classes);
        let z = Array<number>(classes).fill(0);
        for (let s = 0; s < steps; s++) {
          const q = softmax(z);
          z = z.map((x, k) => x - rate * (q[k]! - n[k]! / labels.length));
        }
        return z;
      },
    },
  },
  {
    name: "no descent",
    check: "steps",
    message:
      "You returned the counts without descending: take the steps, and watch how the counts are reached.",
    code: {
      fitSoftmax: (labels: P, classes: number) => count(labels, classes).map((n) => n / labels.length),
    },
  },
  {
    name: "one step too few",
    check: "steps",
    message: "You took one step fewer than asked.",
    code: {
      fitSoftmax: (labels: P, classes: number, o: Options) => {
        const n = count(labels, classes);
        return descend(classes, { ...o, steps: o.steps - 1 }, (q) =>
          q.map((x, k) => x - n[k]! / labels.length),
        );
      },
    },
  },
  {
    name: "step shrinks",
    check: "converges",
    message: "Your step shrinks so fast that the descent stops before it arrives. Keep the rate constant.",
    code: {
      fitSoftmax: (labels: P, classes: number, { rate, steps }: Options) => {
        const n = count(labels, classes);
        let z = Array<number>(classes).fill(0);
        for (let s = 0; s < steps; s++) {
          const q = softmax(z);
          const r = s < 4 ? rate : rate / (s * s);
          z = z.map((x, k) => x - r * (q[k]! - n[k]! / labels.length));
        }
        return softmax(z);
      },
    },
  },
];
