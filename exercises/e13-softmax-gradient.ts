/**
 * E13 · The gradient is prediction minus target
 *
 * Two derivations, one rule at a time; NOTATION.md lists the rules. `diff(f, z[k])` is the derivative of f by the k-th
 * logit, `delta(k, c)` is 1 for k = c and 0 otherwise, and
 *
 *     phat[k] = exp(z[k]) / sum(i, exp(z[i]))
 *
 * is a definition that you may open and close. Classes are counted from 1 here.
 */
import type { Step } from "cross-entropy";

/**
 * A true class c, for k = c and k ≠ c at once. From `diff(-log(phat[c]), z[k])` or
 * `diff(-z[c] + log(sum(i, exp(z[i]))), z[k])` to `phat[k] - delta(k, c)`.
 */
export const steps: Step[] = [
  // your steps, one line each
];

/** Any target t that sums to 1. From `diff(-sum(i, t[i] * log(phat[i])), z[k])` to `phat[k] - t[k]`. */
export const softSteps: Step[] = [
  // your steps, one line each
];
