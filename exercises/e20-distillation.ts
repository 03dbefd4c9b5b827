/**
 * E20 · Distillation and the rule of T²
 *
 * A student learns from a teacher's probabilities, both softened by a temperature T. Softening weakens the gradient,
 * and a factor T² makes up for it.
 */
import type { Step } from "cross-entropy";

/**
 * The gradient of the soft loss, from `diff(-sum(j, t[j] * log(phat[j])), z[k])` to `(phat[k] - t[k]) / T`, where you
 * may open and close
 *
 *     t[k]    = exp(v[k] / T) / sum(i, exp(v[i] / T))       (teacher)
 *     phat[k] = exp(z[k] / T) / sum(i, exp(z[i] / T))       (student)
 */
export const steps: Step[] = [
  // your steps, one line each
];

/**
 * Why T²: from `T^2 * ((phat[k] - t[k]) / T)` to its limit for large T,
 * `(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K`. The step into the limit has the relation "->", the rule
 * "limit", and `limit: { of: "T", to: "infinity" }`; subtract the uniform distribution from both probabilities first.
 */
export const limitSteps: Step[] = [
  // your steps, one line each
];

/**
 * The distillation loss `alpha · CE(e_y, softmax(zStudent)) + (1 − alpha) · T² · CE(teacher^T, student^T)` in nats, and
 * its gradient by `zStudent`; `teacher^T` and `student^T` are the softmax of logits divided by T.
 */
export function distillationLoss(
  zTeacher: readonly number[],
  zStudent: readonly number[],
  y: number,
  options: { temperature: number; alpha: number },
): { loss: number; grad: number[] } {
  throw new Error("Not implemented: distillationLoss. Delete this line and write your answer");
}

