import type { Mutant } from "../../specification";

type P = readonly number[];
type Random = () => number;
const mean = (xs: P) => xs.reduce((a, b) => a + b, 0) / xs.length;
const variance = (xs: P, less = 1) => xs.reduce((s, x) => s + (x - mean(xs)) ** 2, 0) / (xs.length - less);
const summary = (xs: P) => ({ mean: mean(xs), standardError: Math.sqrt(variance(xs) / xs.length) });
const enough = (xs: P) => {
  if (xs.length < 2) throw new RangeError("too few");
  return xs;
};
const H = (p: P) => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);
const kl = (p: P, q: P) => p.reduce((s, x, k) => (x > 0 ? s + x * Math.log(x / q[k]!) : s), 0);
function draw(p: P, n: number, random: Random): number[] {
  const counts = p.map(() => 0);
  for (let i = 0; i < n; i++) {
    let u = random();
    let k = 0;
    while (k < p.length - 1 && u >= p[k]!) u -= p[k++]!;
    counts[k]! += 1;
  }
  return counts.map((c) => c / n);
}
const simulate =
  (f: (phat: P, p: P) => number, own?: Random, summarise: (xs: P) => object = summary) =>
  (p: P, n: number, repetitions: number, random: Random) =>
    summarise(Array.from({ length: repetitions }, () => f(draw(p, n, own ?? random), p)));
const spread = (xs: P) => ({ mean: mean(xs), standardError: Math.sqrt(variance(xs)) });

export const mutants: readonly Mutant[] = [
  {
    name: "n for n − 1",
    check: "mean",
    message: "Bessel: n − 1. The mean was fitted to the same values, so their squares are too small.",
    code: {
      monteCarloMean: (xs: P) => ({
        mean: mean(enough(xs)),
        standardError: Math.sqrt(variance(xs, 0) / xs.length),
      }),
    },
  },
  {
    name: "standard deviation",
    check: "mean",
    message: "SE = s/√n: that is the spread of one value, not of the mean.",
    code: { monteCarloMean: (xs: P) => ({ mean: mean(enough(xs)), standardError: Math.sqrt(variance(xs)) }) },
  },
  {
    name: "variance",
    check: "mean",
    message: "That is the variance of the mean: take the square root.",
    code: {
      monteCarloMean: (xs: P) => ({ mean: mean(enough(xs)), standardError: variance(xs) / xs.length }),
    },
  },
  {
    name: "s/n",
    check: "mean",
    message: "s/n is too small: errors average out like √n, not like n.",
    code: {
      monteCarloMean: (xs: P) => ({
        mean: mean(enough(xs)),
        standardError: Math.sqrt(variance(xs)) / xs.length,
      }),
    },
  },
  {
    name: "mean absolute deviation",
    check: "mean",
    message: "The standard error is built from squares, not from absolute deviations.",
    code: {
      monteCarloMean: (xs: P) => ({
        mean: mean(enough(xs)),
        standardError: mean(xs.map((x) => Math.abs(x - mean(xs)))) / Math.sqrt(xs.length),
      }),
    },
  },
  {
    name: "one value",
    check: "too-few",
    message: "One value says nothing about its spread: 0/0 is NaN. Refuse fewer than two.",
    code: { monteCarloMean: summary },
  },
  {
    name: "bias: sign",
    check: "bias",
    message: "Plug-in entropy is biased down: H(p̂) − H(p), estimate minus truth.",
    code: { plugInEntropyBias: simulate((phat, p) => H(p) - H(phat)) },
  },
  {
    name: "bias: own randomness",
    check: "bias",
    message: "Pass the rng: results must repeat. Draw from random(), not from Math.random() or a formula.",
    code: { plugInEntropyBias: simulate((phat, p) => H(phat) - H(p), Math.random) },
  },
  {
    name: "bias: spread",
    check: "bias",
    message: "That is the spread over the repetitions. The mean of them is √repetitions times better known.",
    code: { plugInEntropyBias: simulate((phat, p) => H(phat) - H(p), undefined, spread) },
  },
  {
    name: "entropy without the truth",
    check: "bias",
    message: "You returned the mean of H(p̂). The bias is its distance from H(p).",
    code: { plugInEntropyBias: simulate((phat) => H(phat)) },
  },
  {
    name: "risk: sign",
    check: "risk",
    message: "KL came out negative: log(p̂/p), weighted by p̂.",
    code: { excessRisk: simulate((phat, p) => -kl(phat, p)) },
  },
  {
    name: "risk: infinite",
    check: "risk",
    message: "D(p‖p̂) has an infinite mean: an outcome that did not occur has p̂ = 0. D(p̂‖p) was asked.",
    code: { excessRisk: simulate((phat, p) => kl(p, phat)) },
  },
  {
    name: "risk: own randomness",
    check: "risk",
    message: "Pass the rng: results must repeat. Draw from random(), not from Math.random() or a formula.",
    code: { excessRisk: simulate((phat, p) => kl(phat, p), Math.random) },
  },
  {
    name: "risk: spread",
    check: "risk",
    message: "That is the spread over the repetitions. The mean of them is √repetitions times better known.",
    code: { excessRisk: simulate((phat, p) => kl(phat, p), undefined, spread) },
  },
  {
    name: "training loss",
    check: "risk",
    message:
      "Training CE uses the same data twice: H(p̂) is the loss on the sample, not the excess over the truth.",
    code: { excessRisk: simulate((phat) => H(phat)) },
  },
];
