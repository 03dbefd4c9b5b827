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
  // your steps, one line each
];

/**
 * The second derivative of one example's loss, from
 * `diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)` to `sum(k, q[k] * z[k]^2) - m^2`, where
 *
 *     q[k] = exp(beta * z[k]) / sum(i, exp(beta * z[i]))      m = sum(i, q[i] * z[i])
 */
export const secondSteps: Step[] = [
  // your steps, one line each
];

/**
 * First and second derivative by β of the mean loss of the logits `Z` for the classes `y` (counted from 0), in nats.
 */
export function temperatureGradient(
  y: readonly number[],
  Z: readonly (readonly number[])[],
  beta: number,
): { first: number; second: number } {
  throw new Error("Not implemented: temperatureGradient. Delete this line and write your answer");
}

/**
 * The temperature τ = 1/β that minimises the mean loss, right to 1e-8.
 *
 * @returns τ; 0 if the loss keeps falling as β grows (every true class has its row's largest logit), Infinity if it
 * does not fall for β > 0 at all
 */
export function fitTemperature(y: readonly number[], Z: readonly (readonly number[])[]): number {
  throw new Error("Not implemented: fitTemperature. Delete this line and write your answer");
}
