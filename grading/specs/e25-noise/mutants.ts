import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

const right = stepsOf([
  ["diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", "start"],
  ["-r / q + (1 - r) / (1 - q) == 0", "differentiate", "<=>"],
  ["q - r == 0", "both sides", "<=>"],
  ["q == r", "solve", "<=>"],
  ["q == (1 - eta) * p + eta * (1 - p)", "definition", "<=>"],
  ["p == (q - eta) / (1 - 2 * eta)", "solve", "<=>"],
]);
const focalRight = stepsOf([
  ["diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", "start"],
  ["-p * diff((1 - q)^gamma * log(q), q) - (1 - p) * diff(q^gamma * log(1 - q), q)", "differentiate"],
  [
    "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
    "differentiate",
  ],
]);
const noisy = (p: number, n: number) => (1 - n) * p + n * (1 - p);
const rate = (x: number, g: number) => (1 - x) ** g / x - g * (1 - x) ** (g - 1) * Math.log(x);
const unfocal = (q: number, g: number) => rate(1 - q, g) / (rate(q, g) + rate(1 - q, g));
const solve = (f: (q: number) => number, p: number) => {
  let [low, high] = [0, 1];
  for (let i = 0; i < 100; i++) {
    const q = (low + high) / 2;
    if (f(q) < p) low = q;
    else high = q;
  }
  return (low + high) / 2;
};
const both = (
  noisyMinimiser: (p: number, n: number) => number,
  forwardCorrected: (q: number, n: number) => number = (q, n) => (q - n) / (1 - 2 * n),
) => ({ noisyMinimiser, forwardCorrected });

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "steps", derivationTasks.E25!, right),
  ...derivationMutants("focal-steps", "focalSteps", derivationTasks["E25 focal"]!, focalRight),
  {
    name: "clean labels assumed",
    check: "noisy",
    message: "The loss sees only the flipped labels: its minimiser is their probability, not p.",
    code: both((p) => p),
  },
  {
    name: "flips one way",
    check: "noisy",
    message: "Labels of class 0 are flipped too: add η(1 − p).",
    code: both((p, n) => (1 - n) * p),
  },
  {
    name: "uniform relabelling",
    check: "noisy",
    message: "That replaces a label by a coin flip with chance η. Here a flip always gives the other label.",
    code: both((p, n) => (1 - n) * p + n / 2),
  },
  {
    name: "correction inverted",
    check: "corrected",
    message: "You applied the noise once more. Invert: (q − η)/(1 − 2η).",
    code: both(noisy, noisy),
  },
  {
    name: "correction by 1 − η",
    check: "corrected",
    message: "A flip moves mass both ways: divide by 1 − 2η, not 1 − η.",
    code: both(noisy, (q, n) => (q - n) / (1 - n)),
  },
  {
    name: "focus on the easy",
    check: "focal",
    message: "(1 − p_t)^γ: easy examples (p_t near 1) must count less. You wrote p_t^γ.",
    code: {
      focal: (y: number, p: number, g: number) => {
        const x = y === 1 ? p : 1 - p;
        return x ** g * -Math.log(x);
      },
    },
  },
  {
    name: "weight for focus",
    check: "focal",
    message: "γ focuses, α weights: γ is an exponent, not a factor.",
    code: {
      focal: (y: number, p: number, g: number) => {
        const x = y === 1 ? p : 1 - p;
        return g * (1 - x) * -Math.log(x);
      },
    },
  },
  {
    name: "positives only",
    check: "focal",
    message: "For y = 0 what happened has probability 1 − p: both the factor and the logarithm use it.",
    code: { focal: (_y: number, p: number, g: number) => (1 - p) ** g * -Math.log(p) },
  },
  {
    name: "no focus",
    check: "focal",
    message: "γ has no effect: that is the plain cross-entropy.",
    code: { focal: (y: number, p: number) => -Math.log(y === 1 ? p : 1 - p) },
  },
  {
    name: "focal is calibrated",
    check: "minimiser",
    message: "Focal is not proper: for p = .9 and γ = 2 its minimum lies at .694, not at .9.",
    code: { focalMinimiser: (p: number) => p },
  },
  {
    name: "factor kept fixed",
    check: "minimiser",
    message: "You treated (1 − p_t)^γ as a constant weight. It depends on q and has a derivative too.",
    code: {
      focalMinimiser: (p: number, g: number) =>
        solve((q) => {
          const [a, b] = [(1 - q) ** g / q, q ** g / (1 - q)];
          return b / (a + b);
        }, p),
    },
  },
  {
    name: "minimiser inverted",
    check: "minimiser",
    message: "That is the way back, from q to p. The minimiser lies nearer to ½ than p.",
    code: { focalMinimiser: unfocal },
  },
  {
    name: "coarse grid",
    check: "minimiser",
    message: "A grid of 1,000 points is right to three digits. Bisect the slope: 1e-8 was asked.",
    code: {
      focalMinimiser: (p: number, g: number) => Math.round(1000 * solve((q) => unfocal(q, g), p)) / 1000,
    },
  },
  {
    name: "focused again",
    check: "unfocal",
    message: "You applied the focal map once more. Its inverse moves away from ½.",
    code: { unfocal: (q: number, g: number) => solve((x) => unfocal(x, g), q) },
  },
  {
    name: "odds returned",
    check: "unfocal",
    message: "That is p/(1 − p): turn the odds into a probability.",
    code: { unfocal: (q: number, g: number) => rate(1 - q, g) / rate(q, g) },
  },
  {
    name: "nothing to undo",
    check: "unfocal",
    message: "A focal prediction is not a probability: .694 means .9 for γ = 2.",
    code: { unfocal: (q: number) => q },
  },
];
