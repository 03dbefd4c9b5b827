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
  // answer:begin list
  // the quotient is opened first: the logarithm of an exponential is just the logit
  { expression: "diff(-log(phat[c]), z[k])", by: "start" },
  { expression: "diff(-log(exp(z[c]) / sum(j, exp(z[j]))), z[k])", by: "definition" },
  { expression: "diff(-(log(exp(z[c])) - log(sum(j, exp(z[j])))), z[k])", by: "log of a quotient" },
  { expression: "diff(-z[c] + log(sum(j, exp(z[j]))), z[k])", by: "log of exp" },
  { expression: "-delta(c, k) + exp(z[k]) / sum(j, exp(z[j]))", by: "differentiate" },
  { expression: "phat[k] - delta(k, c)", by: "definition" },
  // answer:end
];

/** Any target t that sums to 1. From `diff(-sum(i, t[i] * log(phat[i])), z[k])` to `phat[k] - t[k]`. */
export const softSteps: Step[] = [
  // answer:begin list
  // the log-sum-exp does not depend on i: it comes out of the sum, times Σ t = 1
  { expression: "diff(-sum(i, t[i] * log(phat[i])), z[k])", by: "start" },
  { expression: "diff(-sum(i, t[i] * log(exp(z[i]) / sum(j, exp(z[j])))), z[k])", by: "definition" },
  {
    expression: "diff(-sum(i, t[i] * (log(exp(z[i])) - log(sum(j, exp(z[j]))))), z[k])",
    by: "log of a quotient",
  },
  { expression: "diff(-sum(i, t[i] * (z[i] - log(sum(j, exp(z[j]))))), z[k])", by: "log of exp" },
  { expression: "diff(-sum(i, t[i] * z[i]) + log(sum(j, exp(z[j]))) * sum(i, t[i]), z[k])", by: "linearity" },
  { expression: "diff(-sum(i, t[i] * z[i]) + log(sum(j, exp(z[j]))), z[k])", by: "sums to 1" },
  { expression: "-t[k] + exp(z[k]) / sum(j, exp(z[j]))", by: "differentiate" },
  { expression: "phat[k] - t[k]", by: "definition" },
  // answer:end
];
