import type { Mutant } from "../../specification";

type P = readonly number[];
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const loss = (y: number, z: number, c = 1) => c * y * softplus(-z) + (1 - y) * softplus(z);
const mean = (y: P, f: (yk: number, k: number) => number) =>
  y.reduce((s, yk, k) => s + f(yk, k), 0) / y.length;

export const mutants: readonly Mutant[] = [
  {
    name: "labels swapped",
    check: "loss",
    message: "Labels swapped: y = 1 must cost −log σ(z), little when z is large.",
    code: { bceWithLogits: (y: number, z: number, c = 1) => loss(1 - y, z, c) },
  },
  {
    name: "positives only",
    check: "loss",
    message: "Examples with y = 0 must cost −log(1 − σ(z)): you left out their term.",
    code: { bceWithLogits: (y: number, z: number, c = 1) => c * y * softplus(-z) },
  },
  {
    name: "logit taken for a probability",
    check: "loss",
    message: "z is a logit, not a probability: put it through σ first (inside the logarithm, see D11).",
    code: {
      bceWithLogits: (y: number, z: number) =>
        -y * Math.log(Math.abs(z)) - (1 - y) * Math.log(Math.abs(1 - z)),
    },
  },
  {
    name: "sigmoid twice",
    check: "loss",
    message: "You applied σ twice: a loss of σ(σ(z)) can never go below 0.31.",
    code: { bceWithLogits: (y: number, z: number, c = 1) => loss(y, sigmoid(z), c) },
  },
  {
    name: "squared error",
    check: "loss",
    message: "That is the squared error of σ(z). The log loss is −log of the probability of what happened.",
    code: { bceWithLogits: (y: number, z: number) => (sigmoid(z) - y) ** 2 },
  },
  {
    name: "sigmoid, then log",
    check: "extremes",
    message:
      "At z = −800 your σ is 0 and log 0 = −∞; at z = 40 it is 1 and the loss 0. Stay in logits: log(1 + e^(−z)).",
    code: {
      bceWithLogits: (y: number, z: number, c = 1) => {
        const s = 1 / (1 + Math.exp(-z));
        return (y === 0 ? 0 : -c * y * Math.log(s)) + (y === 1 ? 0 : -(1 - y) * Math.log(1 - s));
      },
    },
  },
  {
    name: "clipped",
    check: "extremes",
    message:
      "Your clip caps the loss near 16 to 28 and hides a gradient of 1 as 0. The stable form needs no clip.",
    code: {
      bceWithLogits: (y: number, z: number, c = 1) => {
        const s = Math.min(Math.max(sigmoid(z), 1e-12), 1 - 1e-12);
        return -c * y * Math.log(s) - (1 - y) * Math.log(1 - s);
      },
    },
  },
  {
    name: "log(1 + exp)",
    check: "extremes",
    message:
      "1 + e^(−40) is 1: the loss at z = 40 is 4.2e-18, not 0. Math.log1p(x) is log(1 + x) with all its digits.",
    code: {
      bceWithLogits: (y: number, z: number, c = 1) => {
        const plus = (x: number) => Math.max(x, 0) + Math.log(1 + Math.exp(-Math.abs(x)));
        return c * y * plus(-z) + (1 - y) * plus(z);
      },
    },
  },
  {
    name: "softplus overflows",
    check: "extremes",
    message: "e^800 is Infinity. Take max(z, 0) out first, so that the exponential is of something negative.",
    code: {
      bceWithLogits: (y: number, z: number, c = 1) => {
        const plus = (x: number) => Math.log1p(Math.exp(x));
        return (y === 0 ? 0 : c * y * plus(-z)) + (y === 1 ? 0 : (1 - y) * plus(z));
      },
    },
  },
  {
    name: "squared-error gradient",
    check: "gradient",
    message: "The factor σ(1 − σ) belongs to the squared error. Here it cancels: the gradient is σ − y.",
    code: {
      bceWithLogitsGradient: (y: number, z: number) => (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)),
    },
  },
  {
    name: "gradient uphill",
    check: "gradient",
    message: "Prediction minus target: σ(z) − y. With y − σ(z), descent would increase the loss.",
    code: { bceWithLogitsGradient: (y: number, z: number) => y - sigmoid(z) },
  },
  {
    name: "gradient by the probability",
    check: "gradient",
    message: "That is the derivative by the probability. By the logit, multiply with dσ/dz = σ(1 − σ).",
    code: {
      bceWithLogitsGradient: (y: number, z: number) => -y / sigmoid(z) + (1 - y) / (1 - sigmoid(z)),
    },
  },
  {
    name: "weight on both terms",
    check: "weight",
    message: "posWeight multiplies only the term of y = 1; negatives keep weight 1.",
    code: { bceWithLogits: (y: number, z: number, c = 1) => c * loss(y, z) },
  },
  {
    name: "weight ignored",
    check: "weight",
    message: "posWeight has no effect in your loss.",
    code: { bceWithLogits: (y: number, z: number) => loss(y, z) },
  },
  {
    name: "weight on the negatives",
    check: "weight",
    message: "You weighted the negatives. pos_weight belongs to the positive class, y = 1.",
    code: { bceWithLogits: (y: number, z: number, c = 1) => y * softplus(-z) + c * (1 - y) * softplus(z) },
  },
  {
    name: "gradient without weight",
    check: "weighted-gradient",
    message:
      "σ − y is the gradient without a weight. Differentiate the weighted loss: c multiplies the part of y.",
    code: { bceWithLogitsGradient: (y: number, z: number) => sigmoid(z) - y },
  },
  {
    name: "whole gradient weighted",
    check: "weighted-gradient",
    message: "You weighted the whole gradient: the part of the negatives, (1 − y)·σ, keeps weight 1.",
    code: { bceWithLogitsGradient: (y: number, z: number, c = 1) => c * (sigmoid(z) - y) },
  },
  {
    name: "sum over labels",
    check: "labels",
    message: "That is the sum over the labels. Divide by their number.",
    code: {
      multiLabelLoss: (y: P, z: P, c?: P) => y.length * mean(y, (yk, k) => loss(yk, z[k]!, c?.[k] ?? 1)),
    },
  },
  {
    name: "divided by the weights",
    check: "labels",
    message:
      "You divided by the sum of the weights. For pos_weight the mean is over the labels, whatever they weigh.",
    code: {
      multiLabelLoss: (y: P, z: P, c?: P) =>
        (y.length * mean(y, (yk, k) => loss(yk, z[k]!, c?.[k] ?? 1))) /
        y.reduce((s, yk, k) => s + (yk * (c?.[k] ?? 1) + 1 - yk), 0),
    },
  },
  {
    name: "softmax over labels",
    check: "labels",
    message:
      "Labels are independent here: each has its own σ, and several may be true. Softmax makes them compete.",
    code: {
      multiLabelLoss: (y: P, z: P) => {
        const top = Math.max(...z);
        const total = Math.log(z.reduce((s, x) => s + Math.exp(x - top), 0)) + top;
        return mean(y, (yk, k) => yk * (total - z[k]!));
      },
    },
  },
];
