import type { Mutant } from "../../specification";

type P = readonly number[];
type Convention = "all" | "others" | "padded";
const fill = (classes: number, f: (k: number) => number) => Array.from({ length: classes }, (_, k) => f(k));
const all = (c: number, n: number, e: number) => fill(n, (k) => e / n + (k === c ? 1 - e : 0));
const others = (c: number, n: number, e: number) => fill(n, (k) => (k === c ? 1 - e : e / (n - 1)));
const padded = (c: number, n: number, e: number) =>
  fill(n, (k) => (k === 0 ? 0 : k === c ? 1 - e : e / (n - 2)));
/** wrong in one convention, right in the others */
const smoothing =
  (wrong: Partial<Record<Convention, (c: number, n: number, e: number) => number[]>>) =>
  (c: number, n: number, e: number, convention: Convention) =>
    ({ all, others, padded, ...wrong })[convention](c, n, e);
const entropy = (t: P) => t.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);
const logSoftmax = (z: P) => {
  const top = Math.max(...z);
  const rest = Math.log(z.reduce((s, x) => s + Math.exp(x - top), 0));
  return z.map((x) => x - top - rest);
};
const loss = (t: P, z: P) => logSoftmax(z).reduce((s, l, k) => s - t[k]! * l, 0);
const grad = (t: P, z: P) => logSoftmax(z).map((l, k) => Math.exp(l) - t[k]!);
const oneHot = (c: number, n: number) => fill(n, (k) => (k === c ? 1 : 0));

export const mutants: readonly Mutant[] = [
  {
    name: "others for all",
    check: "all",
    message:
      "You spread ε over the wrong classes only; this convention includes the true one: ε/K to every class.",
    code: { smooth: smoothing({ all: others }) },
  },
  {
    name: "1/K for ε/K",
    check: "all",
    message: "The row does not sum to 1: the share of a class is ε/K, not 1/K (ConvE #55).",
    code: { smooth: smoothing({ all: (c, n, e) => fill(n, (k) => 1 / n + (k === c ? 1 - e : 0)) }) },
  },
  {
    name: "true class kept whole",
    check: "all",
    message: "The row sums to more than 1: what is spread must be taken from the true class.",
    code: { smooth: smoothing({ all: (c, n, e) => fill(n, (k) => (k === c ? 1 : e / n)) }) },
  },
  {
    name: "ε left with the true class",
    check: "all",
    message: "ε is what is taken away, not what is left: the true class keeps nearly everything.",
    code: { smooth: smoothing({ all: (c, n, e) => all(c, n, 1 - e) }) },
  },
  {
    name: "all for others",
    check: "others",
    message: "You gave the true class a share of ε; in this convention only the others share it: ε/(K − 1).",
    code: { smooth: smoothing({ others: all }) },
  },
  {
    name: "others over K",
    check: "others",
    message: "There are K − 1 wrong classes: with ε/K each the row sums to less than 1.",
    code: { smooth: smoothing({ others: (c, n, e) => fill(n, (k) => (k === c ? 1 - e : e / n)) }) },
  },
  {
    name: "padding gets mass",
    check: "padded",
    message: "The padding token must stay 0: nobody should learn to predict it.",
    code: { smooth: smoothing({ padded: others }) },
  },
  {
    name: "padded over K − 1",
    check: "padded",
    message: "Without the padding and the true class K − 2 are left to share ε: the row must sum to 1.",
    code: {
      smooth: smoothing({
        padded: (c, n, e) => fill(n, (k) => (k === 0 ? 0 : k === c ? 1 - e : e / (n - 1))),
      }),
    },
  },
  {
    name: "one-hot loss",
    check: "loss",
    message: "That is the plain loss, without smoothing.",
    code: {
      smoothedLoss: (c: number, z: P) => ({
        loss: loss(oneHot(c, z.length), z),
        grad: grad(oneHot(c, z.length), z),
      }),
    },
  },
  {
    name: "gradient of the plain loss",
    check: "loss",
    message: "The loss is smoothed, its gradient is not: prediction minus the smoothed target.",
    code: {
      smoothedLoss: (c: number, z: P, e: number) => ({
        loss: loss(all(c, z.length, e), z),
        grad: grad(oneHot(c, z.length), z),
      }),
    },
  },
  {
    name: "scaled loss",
    check: "loss",
    message: "(1 − ε)·CE is only half of it: ε times the mean loss over all classes must be added.",
    code: {
      smoothedLoss: (c: number, z: P, e: number) => ({
        loss: (1 - e) * loss(oneHot(c, z.length), z),
        grad: grad(oneHot(c, z.length), z).map((g) => (1 - e) * g),
      }),
    },
  },
  {
    name: "sum over the classes",
    check: "loss",
    message: "ε times the sum over all classes is K times too much: the uniform part is a mean.",
    code: {
      smoothedLoss: (c: number, z: P, e: number) => {
        const t = fill(z.length, (k) => e + (k === c ? 1 - e : 0));
        return { loss: loss(t, z), grad: grad(all(c, z.length, e), z) };
      },
    },
  },
  {
    name: "divergence instead of cross-entropy",
    check: "loss",
    message:
      "You subtracted the target's entropy: that is the KL divergence. Its gradient is the same, the loss is not.",
    code: {
      smoothedLoss: (c: number, z: P, e: number) => {
        const t = all(c, z.length, e);
        return { loss: loss(t, z) - entropy(t), grad: grad(t, z) };
      },
    },
  },
  {
    name: "floor of 0",
    check: "floor",
    message: "A smoothed target has entropy: no prediction gets below .3897 (K = 5, ε = 0.1), not 0.",
    code: { smoothedFloor: () => 0 },
  },
  {
    name: "floor of the kept part",
    check: "floor",
    message: "−log(1 − ε) counts the true class only. The floor is the entropy of the whole target.",
    code: { smoothedFloor: (_n: number, e: number) => -Math.log(1 - e) },
  },
  {
    name: "floor of the other convention",
    check: "floor",
    message: "That is the entropy with ε spread over the wrong classes only. Here the true class shares it.",
    code: { smoothedFloor: (n: number, e: number) => entropy(others(0, n, e)) },
  },
  {
    name: "gap of the other convention",
    check: "gap",
    message: 'log((1 − ε)(K − 1)/ε) belongs to the convention "others". Here t_c/t_k = (K(1 − ε) + ε)/ε.',
    code: { optimalGap: (n: number, e: number) => Math.log(((1 - e) * (n - 1)) / e) },
  },
  {
    name: "gap without K",
    check: "gap",
    message: "Each other class has only ε/K: the ratio of true to other is larger by K.",
    code: { optimalGap: (_n: number, e: number) => Math.log((1 - e) / e) },
  },
  {
    name: "ratio for the gap",
    check: "gap",
    message: "That is t_c/t_k. Logits are logarithms: take its log.",
    code: { optimalGap: (n: number, e: number) => (n * (1 - e) + e) / e },
  },
];
