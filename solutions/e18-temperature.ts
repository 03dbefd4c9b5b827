/**
 * E18 · Temperature scaling
 *
 * After training, all logits are multiplied by one number β = 1/τ so that the probabilities mean what they say. The
 * loss as a function of β is convex: its second derivative is a variance.
 */
import type { Step } from "cross-entropy";

/**
 * The slope of the mean loss over N examples, from
 * `diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)` to
 * `sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N`, where you may open and close
 *
 *     q[n, k] = exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i]))
 */
export const steps: Step[] = [
  // answer:begin list
  { expression: "diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", by: "start" },
  {
    expression:
      "sum(n, sum(k, exp(beta * z[n, k]) * z[n, k]) / sum(i, exp(beta * z[n, i])) - z[n, y[n]]) / N",
    by: "differentiate",
  },
  {
    expression:
      "sum(n, sum(k, exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])) * z[n, k]) - z[n, y[n]]) / N",
    by: "linearity",
  },
  { expression: "sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", by: "definition" },
  // answer:end
];

/**
 * The second derivative of one example's loss, from
 * `diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)` to `sum(k, q[k] * z[k]^2) - m^2`, where
 *
 *     q[k] = exp(beta * z[k]) / sum(i, exp(beta * z[i]))      m = sum(i, q[i] * z[i])
 */
export const secondSteps: Step[] = [
  // answer:begin list
  // a variance under q, so never negative: the loss is convex in β
  { expression: "diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", by: "start" },
  {
    expression:
      "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - (sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])))^2",
    by: "differentiate",
  },
  {
    expression:
      "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
    by: "linearity",
  },
  { expression: "sum(k, q[k] * z[k]^2) - m^2", by: "definition" },
  // answer:end
];

/**
 * First and second derivative by β of the mean loss of the logits `Z` for the classes `y` (counted from 0), in nats.
 */
export function temperatureGradient(
  y: readonly number[],
  Z: readonly (readonly number[])[],
  beta: number,
): { first: number; second: number } {
  // answer:begin
  let [first, second] = [0, 0];
  for (const [n, z] of Z.entries()) {
    const top = Math.max(...z);
    const e = z.map((zk) => Math.exp(beta * (zk - top)));
    const total = e.reduce((a, b) => a + b, 0);
    const mean = z.reduce((sum, zk, k) => sum + (e[k]! / total) * zk, 0);
    first += mean - z[y[n]!]!;
    // centred before squaring: no cancellation of two large sums
    second += z.reduce((sum, zk, k) => sum + (e[k]! / total) * (zk - mean) ** 2, 0);
  }
  return { first: first / Z.length, second: second / Z.length };
  // answer:end
}

/**
 * The temperature τ = 1/β that minimises the mean loss, right to 1e-8.
 *
 * @returns τ; 0 if the loss keeps falling as β grows (every true class has its row's largest logit), Infinity if it
 * does not fall for β > 0 at all
 */
export function fitTemperature(y: readonly number[], Z: readonly (readonly number[])[]): number {
  // answer:begin
  if (Z.every((z, n) => z[y[n]!] === Math.max(...z))) return 0;
  // convex in β: if it does not fall at 0, it falls nowhere
  if (temperatureGradient(y, Z, 0).first >= 0) return Number.POSITIVE_INFINITY;
  let [low, high] = [0, 1];
  while (temperatureGradient(y, Z, high).first < 0) [low, high] = [high, 2 * high];
  let beta = high;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const { first, second } = temperatureGradient(y, Z, beta);
    if (first < 0) low = beta;
    else high = beta;
    // Newton in β, where the loss is convex (in τ it is not); bisection if a step leaves the bracket
    const next = beta - first / second;
    beta = next > low && next < high ? next : (low + high) / 2;
  }
  return 1 / beta;
  // answer:end
}
