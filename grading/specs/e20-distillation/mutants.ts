import { derivationTasks, type Step } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

type P = readonly number[];
interface Options {
  readonly temperature: number;
  readonly alpha: number;
}
const right = stepsOf([
  ["diff(-sum(j, t[j] * log(phat[j])), z[k])", "start"],
  ["diff(-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T)))), z[k])", "definition"],
  ["diff(-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T))))), z[k])", "log of a quotient"],
  ["diff(-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T))))), z[k])", "log of exp"],
  ["-t[k] / T + sum(j, t[j]) * (exp(z[k] / T) / sum(i, exp(z[i] / T)) / T)", "differentiate"],
  ["-t[k] / T + exp(z[k] / T) / sum(i, exp(z[i] / T)) / T", "sums to 1"],
  ["-t[k] / T + phat[k] / T", "definition"],
  ["(phat[k] - t[k]) / T", "algebra"],
]);
const limit: Step["limit"] = { of: "T", to: "infinity" };
const limitRight: Step[] = [
  ...stepsOf([
    ["T^2 * ((phat[k] - t[k]) / T)", "start"],
    ["T * (phat[k] - t[k])", "algebra"],
    ["T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", "algebra"],
  ]),
  {
    expression: "(z[k] - sum(i, z[i]) / K) / K - (v[k] - sum(i, v[i]) / K) / K",
    by: "limit",
    relation: "->",
    limit,
  },
  { expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K", by: "algebra" },
];

const logSoftmax = (z: P) => {
  const top = Math.max(...z);
  const rest = Math.log(z.reduce((s, x) => s + Math.exp(x - top), 0));
  return z.map((x) => x - top - rest);
};
const divide = (z: P, T: number) => z.map((x) => x / T);
const cross = (t: P, logQ: P) => t.reduce((s, x, k) => s - x * logQ[k]!, 0);
interface Choices {
  readonly teacherT?: (T: number) => number;
  readonly studentT?: (T: number) => number;
  readonly lossFactor?: (T: number) => number;
  readonly gradFactor?: (T: number) => number;
  readonly hardFactor?: (T: number) => number;
  readonly weights?: (alpha: number) => [hard: number, soft: number];
  readonly hardT?: (T: number) => number;
}
/** the loss with one choice made wrongly; gradients follow the loss unless a factor is given */
const distil =
  (c: Choices) =>
  (v: P, z: P, y: number, { temperature: T, alpha }: Options) => {
    const t = logSoftmax(divide(v, c.teacherT?.(T) ?? T)).map(Math.exp);
    const studentT = c.studentT?.(T) ?? T;
    const soft = logSoftmax(divide(z, studentT));
    const hardT = c.hardT?.(T) ?? 1;
    const hard = logSoftmax(divide(z, hardT));
    const factor = c.lossFactor?.(T) ?? T * T;
    const [wh, ws] = c.weights?.(alpha) ?? [alpha, 1 - alpha];
    const h = wh * (c.hardFactor?.(T) ?? 1);
    return {
      loss: h * -hard[y]! + ws * factor * cross(t, soft),
      grad: z.map(
        (_, k) =>
          (h * (Math.exp(hard[k]!) - (k === y ? 1 : 0))) / hardT +
          ws * (c.gradFactor?.(T) ?? factor / studentT) * (Math.exp(soft[k]!) - t[k]!),
      ),
    };
  };

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "steps", derivationTasks.E20!, right),
  ...derivationMutants("limit-steps", "limitSteps", derivationTasks["E20 limit"]!, limitRight),
  {
    name: "student for teacher",
    check: "plain",
    message:
      "The teacher is the first argument: its probabilities are the target, and the gradient goes to the student.",
    code: { distillationLoss: (v: P, z: P, y: number, o: Options) => distil({})(z, v, y, o) },
  },
  {
    name: "reverse divergence",
    check: "plain",
    message:
      "You averaged under the student, KL(student‖teacher). The teacher's probabilities are the weights.",
    code: {
      distillationLoss: (v: P, z: P, y: number, o: Options) => {
        const [t, s] = [logSoftmax(divide(v, o.temperature)), logSoftmax(divide(z, o.temperature))];
        const q = s.map(Math.exp);
        const kl = cross(q, t) - cross(q, s);
        return { loss: kl, grad: s.map((l, k) => q[k]! * (l - t[k]! - kl)).map((g) => g + 0 * y) };
      },
    },
  },
  {
    name: "divergence instead of cross-entropy",
    check: "plain",
    message: "You subtracted the teacher's entropy: that is KL. The gradient is the same, the loss is not.",
    code: {
      distillationLoss: (v: P, z: P, y: number, o: Options) => {
        const t = logSoftmax(divide(v, o.temperature));
        const entropy = cross(t.map(Math.exp), t);
        const { loss, grad } = distil({})(v, z, y, o);
        return { loss: loss - (1 - o.alpha) * o.temperature ** 2 * entropy, grad };
      },
    },
  },
  {
    name: "teacher's favourite",
    check: "plain",
    message:
      "You kept only the teacher's most likely class. Its small probabilities are what the student should learn.",
    code: {
      distillationLoss: (v: P, z: P, y: number, o: Options) => distil({ teacherT: () => 1e-9 })(v, z, y, o),
    },
  },
  {
    name: "teacher not softened",
    check: "tempered",
    message: "Soften both sides: the teacher's logits are divided by T too.",
    code: { distillationLoss: distil({ teacherT: () => 1 }) },
  },
  {
    name: "student not softened",
    check: "tempered",
    message: "Student log-probs at the same T: divide its logits too.",
    code: { distillationLoss: distil({ studentT: () => 1 }) },
  },
  {
    name: "T² missing",
    check: "tempered",
    message: "The gradient fell like 1/T²: multiply the soft term by T².",
    code: { distillationLoss: distil({ lossFactor: () => 1 }) },
  },
  {
    name: "T for T²",
    check: "tempered",
    message: "One factor T is not enough: the gradient falls like 1/T², so the soft term carries T².",
    code: { distillationLoss: distil({ lossFactor: (T) => T }) },
  },
  {
    name: "logits multiplied",
    check: "tempered",
    message: "A high temperature softens: divide the logits by T.",
    code: { distillationLoss: distil({ teacherT: (T) => 1 / T, studentT: (T) => 1 / T }) },
  },
  {
    name: "inner derivative missing",
    check: "tempered",
    message: "The loss is right; its gradient lacks the inner derivative 1/T of z/T.",
    code: { distillationLoss: distil({ gradFactor: (T) => T * T }) },
  },
  {
    name: "T² on the hard term",
    check: "mixed",
    message: "T² belongs to the soft term only.",
    code: { distillationLoss: distil({ hardFactor: (T) => T * T }) },
  },
  {
    name: "hard term softened",
    check: "mixed",
    message: "The hard loss takes the student's logits as they are, without T.",
    code: { distillationLoss: distil({ hardT: (T) => T }) },
  },
  {
    name: "alpha the wrong way",
    check: "plain",
    message: "alpha weighs the hard loss, 1 − alpha the soft one.",
    code: { distillationLoss: distil({ weights: (alpha) => [1 - alpha, alpha] }) },
  },
];
