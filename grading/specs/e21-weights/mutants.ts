import type { Mutant } from "../../specification";

type P = readonly number[];
type Reduction = "mean" | "sum";
const logSoftmax = (z: P) => {
  const top = Math.max(...z);
  const rest = Math.log(z.reduce((s, x) => s + Math.exp(x - top), 0));
  return z.map((x) => x - top - rest);
};
const add = (xs: P) => xs.reduce((a, b) => a + b, 0);
const argmax = (z: P) => z.indexOf(Math.max(...z));
/** the weighted loss with one choice made wrongly */
const weighted =
  (choices: {
    weight?: (y: number, z: P, w: P) => number;
    loss?: (c: number, z: P, w: P) => number;
    denominator?: (y: P, Z: readonly P[], w: P) => number;
  }) =>
  (y: P, Z: readonly P[], w: P, reduction: Reduction = "mean") => {
    const weight = choices.weight ?? ((c: number) => w[c]!);
    const loss = choices.loss ?? ((c: number, z: P) => -weight(c, z, w) * logSoftmax(z)[c]!);
    const total = add(Z.map((z, n) => loss(y[n]!, z, w)));
    const over = choices.denominator?.(y, Z, w) ?? add(Z.map((z, n) => weight(y[n]!, z, w)));
    return reduction === "mean" ? total / over : total;
  };
const normalise = (xs: P) => xs.map((x) => x / add(xs));

export const mutants: readonly Mutant[] = [
  {
    name: "divided by N",
    check: "mean",
    message:
      "The mean over N gives 2000 here; PyTorch divides by the sum of the weights: 133.33 (pytorch #8062).",
    code: { weightedCrossEntropy: weighted({ denominator: (y) => y.length }) },
  },
  {
    name: "divided by all class weights",
    check: "mean",
    message:
      "You divided by the sum over the classes. Each row adds the weight of its own class to the denominator.",
    code: { weightedCrossEntropy: weighted({ denominator: (_y, _Z, w) => add(w) }) },
  },
  {
    name: "weight of the prediction",
    check: "mean",
    message: "You took the weight of the predicted class. Weight by the true class.",
    code: { weightedCrossEntropy: weighted({ weight: (_c, z, w) => w[argmax(z)]! }) },
  },
  {
    name: "weight inside the logarithm",
    check: "mean",
    message:
      "w·log q, not log(w·q): inside the logarithm a weight only adds a constant, and teaches nothing.",
    code: { weightedCrossEntropy: weighted({ loss: (c, z, w) => -logSoftmax(z)[c]! - Math.log(w[c]!) }) },
  },
  {
    name: "weighted logits",
    check: "mean",
    message: "You scaled the logits by the weights: that is another model. Weights multiply losses.",
    code: {
      weightedCrossEntropy: weighted({
        loss: (c, z, w) => -w[c]! * logSoftmax(z.map((x, k) => x * w[k]!))[c]!,
      }),
    },
  },
  {
    name: "weights ignored",
    check: "mean",
    message: "The weights have no effect in your loss.",
    code: { weightedCrossEntropy: weighted({ weight: () => 1 }) },
  },
  {
    name: "negative log-likelihood without minus",
    check: "mean",
    message: "The loss came out negative: the minus before the logarithm is missing.",
    code: { weightedCrossEntropy: weighted({ loss: (c, z, w) => w[c]! * logSoftmax(z)[c]! }) },
  },
  {
    name: "reduction ignored",
    check: "sum",
    message: 'reduction was "sum": leave out the division.',
    code: { weightedCrossEntropy: (y: P, Z: readonly P[], w: P) => weighted({})(y, Z, w, "mean") },
  },
  {
    name: "sum without weights",
    check: "sum",
    message: "In the sum the weights have gone missing: they multiply each loss, whatever the reduction.",
    code: {
      weightedCrossEntropy: (y: P, Z: readonly P[], w: P, r: Reduction = "mean") =>
        weighted(r === "sum" ? { weight: () => 1 } : {})(y, Z, w, r),
    },
  },
  {
    name: "naive softmax",
    check: "extremes",
    message: "exp of a large logit is Infinity: subtract the row's maximum first.",
    code: {
      weightedCrossEntropy: weighted({
        loss: (c, z, w) => -w[c]! * Math.log(Math.exp(z[c]!) / add(z.map(Math.exp))),
      }),
    },
  },
  {
    name: "minimiser divided",
    check: "minimiser",
    message: "An up-weighted class becomes more likely: q ∝ w·p, not p/w.",
    code: { weightedMinimiser: (p: P, w: P) => normalise(p.map((x, k) => x / w[k]!)) },
  },
  {
    name: "not normalised",
    check: "minimiser",
    message: "w·p does not sum to 1: divide by its sum.",
    code: { weightedMinimiser: (p: P, w: P) => p.map((x, k) => x * w[k]!) },
  },
  {
    name: "p stays",
    check: "minimiser",
    message: "With weights the minimiser is no longer p: the loss rewards predicting up-weighted classes.",
    code: { weightedMinimiser: (p: P) => [...p] },
  },
  {
    name: "weights as exponents",
    check: "minimiser",
    message:
      "p to the power w would be a weight inside the logarithm of p. Differentiate −Σ w p log q + λ(Σ q − 1).",
    code: { weightedMinimiser: (p: P, w: P) => normalise(p.map((x, k) => x ** w[k]!)) },
  },
  {
    name: "weighted again",
    check: "unweight",
    message: "You multiplied by the weights again. Undoing q ∝ w·p means dividing.",
    code: { unweight: (q: P, w: P) => normalise(q.map((x, k) => x * w[k]!)) },
  },
  {
    name: "unweight not normalised",
    check: "unweight",
    message: "q/w does not sum to 1: divide by its sum.",
    code: { unweight: (q: P, w: P) => q.map((x, k) => x / w[k]!) },
  },
  {
    name: "one half",
    check: "threshold",
    message: "½ is right only for equal costs. Act when (1 − p)·FP < p·FN.",
    code: { costThreshold: () => 0.5 },
  },
  {
    name: "costs exchanged",
    check: "threshold",
    message: "Exchanged: the dearer a missed positive, the lower the threshold.",
    code: { costThreshold: (a: number, b: number) => b / (a + b) },
  },
  {
    name: "ratio of costs",
    check: "threshold",
    message: "FP/FN is the threshold for the odds p/(1 − p). As a probability it is FP/(FP + FN).",
    code: { costThreshold: (a: number, b: number) => a / b },
  },
];
