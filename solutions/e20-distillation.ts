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
  // answer:begin list
  { expression: "diff(-sum(j, t[j] * log(phat[j])), z[k])", by: "start" },
  { expression: "diff(-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T)))), z[k])", by: "definition" },
  {
    expression: "diff(-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T))))), z[k])",
    by: "log of a quotient",
  },
  { expression: "diff(-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T))))), z[k])", by: "log of exp" },
  {
    expression: "diff(log(sum(i, exp(z[i] / T))) * sum(j, t[j]) - sum(j, t[j] * z[j]) / T, z[k])",
    by: "linearity",
  },
  { expression: "diff(log(sum(i, exp(z[i] / T))) - sum(j, t[j] * z[j]) / T, z[k])", by: "sums to 1" },
  { expression: "(exp(z[k] / T) / sum(i, exp(z[i] / T)) - t[k]) / T", by: "differentiate" },
  { expression: "(phat[k] - t[k]) / T", by: "definition" },
  // answer:end
];

/**
 * Why T²: from `T^2 * ((phat[k] - t[k]) / T)` to its limit for large T,
 * `(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K`. The step into the limit has the relation "->", the rule
 * "limit", and `limit: { of: "T", to: "infinity" }`; subtract the uniform distribution from both probabilities first.
 */
export const limitSteps: Step[] = [
  // answer:begin list
  { expression: "T^2 * ((phat[k] - t[k]) / T)", by: "start" },
  { expression: "T * (phat[k] - t[k])", by: "algebra" },
  { expression: "T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", by: "algebra" },
  {
    expression: "(z[k] - sum(i, z[i]) / K) / K - (v[k] - sum(i, v[i]) / K) / K",
    relation: "->",
    by: "limit",
    limit: { of: "T", to: "infinity" },
  },
  { expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K", by: "algebra" },
  // answer:end
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
  // answer:begin
  const { temperature: T, alpha } = options;
  const teacher = logSoftmax(zTeacher.map((v) => v / T)).map(Math.exp);
  const soft = logSoftmax(zStudent.map((z) => z / T));
  const hard = logSoftmax(zStudent);
  const softLoss = teacher.reduce((sum, t, k) => (t > 0 ? sum - t * soft[k]! : sum), 0);
  return {
    // T² on the soft term only: the hard one has no temperature whose effect would have to be undone
    loss: alpha * (0 - hard[y]!) + (1 - alpha) * T * T * softLoss,
    grad: zStudent.map(
      (_, k) =>
        alpha * (Math.exp(hard[k]!) - (k === y ? 1 : 0)) +
        // T²·(1/T): the inner derivative of z/T takes one factor away
        (1 - alpha) * T * (Math.exp(soft[k]!) - teacher[k]!),
    ),
  };
  // answer:end
}

// answer:begin remove
function logSoftmax(z: readonly number[]): number[] {
  const top = Math.max(...z);
  const rest = Math.log(z.reduce((sum, zk) => sum + Math.exp(zk - top), 0));
  return z.map((zk) => zk - top - rest);
}
// answer:end
