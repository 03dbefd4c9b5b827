/**
 * E25 · Noisy labels and the focal loss
 *
 * Two ways in which the minimiser of a loss is not the true probability p any more, and how to get p back.
 */
import type { Step } from "cross-entropy";

/**
 * Labels are flipped with probability η before they are seen. From
 * `diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0` to `p == (q - eta) / (1 - 2 * eta)`, with the relation "<=>" and the
 * definition `r = (1 - eta) * p + eta * (1 - p)`.
 */
export const steps: Step[] = [
  // answer:begin list
  { expression: "diff(-r * log(q) - (1 - r) * log(1 - q), q) == 0", by: "start" },
  { expression: "-r / q + (1 - r) / (1 - q) == 0", relation: "<=>", by: "differentiate" },
  { expression: "q - r == 0", relation: "<=>", by: "both sides" },
  { expression: "q == r", relation: "<=>", by: "solve" },
  { expression: "q == (1 - eta) * p + eta * (1 - p)", relation: "<=>", by: "definition" },
  { expression: "p == (q - eta) / (1 - 2 * eta)", relation: "<=>", by: "solve" },
  // answer:end
];

/**
 * The slope of the expected focal loss, from
 * `diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)` to
 * `p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))`.
 */
export const focalSteps: Step[] = [
  // answer:begin list
  { expression: "diff(p * (1 - q)^gamma * (-log(q)) + (1 - p) * q^gamma * (-log(1 - q)), q)", by: "start" },
  {
    expression: "-p * diff((1 - q)^gamma * log(q), q) - (1 - p) * diff(q^gamma * log(1 - q), q)",
    by: "differentiate",
  },
  {
    expression:
      "p * (gamma * (1 - q)^(gamma - 1) * log(q) - (1 - q)^gamma / q) - (1 - p) * (gamma * q^(gamma - 1) * log(1 - q) - q^gamma / (1 - q))",
    by: "differentiate",
  },
  // answer:end
];

/** The prediction that minimises binary cross-entropy when labels of probability `p` are flipped with chance `noise`. */
export function noisyMinimiser(p: number, noise: number): number {
  // answer:begin
  return (1 - noise) * p + noise * (1 - p);
  // answer:end
}

/** The clean probability behind a prediction `q` that was learnt from labels flipped with chance `noise` < ½. */
export function forwardCorrected(q: number, noise: number): number {
  // answer:begin
  return (q - noise) / (1 - 2 * noise);
  // answer:end
}

/**
 * The focal loss in nats: `−(1 − p)^γ log p` for y = 1, `−p^γ log(1 − p)` for y = 0. For γ = 0 the cross-entropy.
 */
export function focal(y: number, p: number, gamma: number): number {
  // answer:begin
  const chance = y === 1 ? p : 1 - p;
  return (1 - chance) ** gamma * (0 - Math.log(chance));
  // answer:end
}

/** The prediction q that minimises the expected focal loss when y = 1 has probability `p`, 0 < p < 1; right to 1e-8. */
export function focalMinimiser(p: number, gamma: number): number {
  // answer:begin
  // unfocal is known in closed form and grows with q: invert it by bisection
  let [low, high] = [0, 1];
  for (let step = 0; step < 100; step++) {
    const q = (low + high) / 2;
    if (unfocal(q, gamma) < p) low = q;
    else high = q;
  }
  return (low + high) / 2;
  // answer:end
}

/** The probability p for which `q`, 0 < q < 1, minimises the expected focal loss: the inverse of `focalMinimiser`. */
export function unfocal(q: number, gamma: number): number {
  // answer:begin
  // the slope p·a(q) − (1 − p)·b(q) is 0 for p = b/(a + b); a and b are how fast each class's loss changes
  const rate = (x: number) => (1 - x) ** gamma / x - gamma * (1 - x) ** (gamma - 1) * Math.log(x);
  const [a, b] = [rate(q), rate(1 - q)];
  return b / (a + b);
  // answer:end
}
