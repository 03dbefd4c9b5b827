import { log1pPair } from "./log-pair";
import type { Target } from "./loss-targets";
import { expPair, low } from "./pair";
import { checkLogits, type Logits, mapRows, type Output } from "./rows";
import { probability, rowSum } from "./softmax";
import { type LossWithGradient, softmaxCrossEntropyWithGradient } from "./softmax-cross-entropy";
import { CompensatedSum } from "./sum";
import { checkNumber, checkObject, rangeError, type Vector } from "./validate";

export interface DistillationOptions {
  /** Both softmaxes are taken of `z/temperature`; > 0, default 1. */
  readonly temperature?: number | undefined;
  /** Share of the soft part, in `[0, 1]`, default 1; the rest is the cross-entropy of `target` at temperature 1. */
  readonly alpha?: number | undefined;
  /** What happened, needed if `alpha < 1`. */
  readonly target?: Target | undefined;
}

/**
 * Distillation loss `α T² D(t ‖ q) + (1 − α) H(target, softmax(z))` with `t = softmax(z_teacher/T)` and
 * `q = softmax(z_student/T)`; the mean over rows.
 *
 * The divergence, not the cross-entropy: it is 0 when the student agrees, and has the same gradient. T² keeps the size
 * of the gradient, which falls like 1/T².
 *
 * @param teacher - logits, shape `[V]` or `[B, V]`, finite
 * @param student - logits in the same shape, finite
 * @param options - see `DistillationOptions`
 * @returns nats (times T²), >= 0
 * @throws RangeError if shapes differ, a logit is not finite, or an option is out of range
 * @see D18 — Hinton, Vinyals & Dean 2015
 * @example distillationLoss([2, 0, -1], [1, 1, 0], { temperature: 4 }) // 0.491104
 */
export function distillationLoss(
  teacher: Logits,
  student: Logits,
  options: DistillationOptions = {},
): number {
  return evaluate("distillationLoss", teacher, student, options).loss;
}

/**
 * `distillationLoss` with its gradient by the student's logits, `α T (q − t) + (1 − α)(softmax(z) − target)`.
 *
 * @param teacher - as for `distillationLoss`
 * @param student - as for `distillationLoss`
 * @param options - as for `distillationLoss`
 * @returns `{ loss, gradZ }`; for large T the gradient tends to `(z_student − z_teacher)/V`, both with mean 0
 * @throws RangeError as `distillationLoss`
 * @see D18
 * @example distillationLossWithGradient([2, 0], [0, 0]).gradZ // [-0.380797, 0.380797]
 */
export function distillationLossWithGradient(
  teacher: Logits,
  student: ArrayLike<Vector>,
  options?: DistillationOptions,
): LossWithGradient<number, number[][]>;
export function distillationLossWithGradient<T extends Output>(
  teacher: Logits,
  student: T,
  options?: DistillationOptions,
): LossWithGradient<number, T>;
export function distillationLossWithGradient(
  teacher: Logits,
  student: Logits,
  options: DistillationOptions = {},
): LossWithGradient<number, unknown> {
  return evaluate("distillationLossWithGradient", teacher, student, options);
}

function evaluate(where: string, teacher: Logits, student: Logits, options: DistillationOptions) {
  checkObject(where, "options", options);
  const { temperature: T = 1, alpha = 1, target } = options;
  checkNumber(where, "temperature", T);
  if (!(T > 0 && T < Infinity)) throw rangeError(where, "temperature", "be > 0 and finite", T);
  checkNumber(where, "alpha", alpha);
  if (!(alpha >= 0 && alpha <= 1)) throw rangeError(where, "alpha", "be in [0, 1]", alpha);
  const from = checkLogits(where, "teacher", teacher);
  const to = checkLogits(where, "student", student);
  if (from.B !== to.B || from.V !== to.V || from.many !== to.many)
    throw rangeError(
      where,
      "teacher and student",
      "have the same shape",
      `[${from.B}, ${from.V}] and [${to.B}, ${to.V}]`,
    );
  for (let b = 0; b < to.B; b++)
    for (let k = 0; k < to.V; k++)
      for (const [name, batch] of [["teacher", from] as const, ["student", to] as const])
        if (!Number.isFinite(batch.row(b)[k])) {
          const place = to.many ? `${name}[${b}][${k}]` : `${name}[${k}]`;
          throw rangeError(where, place, "be finite", batch.row(b)[k]);
        }
  if (alpha < 1 && target === undefined)
    throw rangeError(where, "target", "be given when alpha < 1", undefined);
  const hard = alpha < 1 ? softmaxCrossEntropyWithGradient(target!, student as Vector) : undefined;
  const total = new CompensatedSum();
  const gradZ = mapRows(where, to, undefined, (b, into, at) => {
    const { divergence, t, q } = compare(from.row(b), to.row(b), T);
    total.add(divergence);
    const hardRow = to.many ? (hard?.gradZ as unknown as number[][] | undefined)?.[b] : hard?.gradZ;
    for (let k = 0; k < to.V; k++)
      into[at + k] =
        (alpha * T * (q[k]! - t[k]!)) / to.B + (hardRow === undefined ? 0 : (1 - alpha) * hardRow[k]!);
  });
  const soft = (total.value * T * T) / to.B;
  return { loss: hard === undefined ? soft : alpha * soft + (1 - alpha) * hard.loss, gradZ };
}

/**
 * `D(t ‖ q)` from logits, also where t and q nearly agree and `Σ t log(t/q)` cancels.
 *
 * With δ the difference of the scaled logits and `D = log Σ t e^δ`, q is `t e^(δ − D)`. Since both sum to 1,
 * `Σ t log(t/q) = Σ t (e^x − 1 − x)` with `x = δ − D`: no term is negative.
 */
function compare(
  teacher: Vector,
  student: Vector,
  T: number,
): { divergence: number; t: Float64Array; q: Float64Array } {
  const V = teacher.length;
  const u = Float64Array.from({ length: V }, (_, k) => teacher[k]! / T);
  const v = Float64Array.from({ length: V }, (_, k) => student[k]! / T);
  const uSum = rowSum(u, 0, V);
  const vSum = rowSum(v, 0, V);
  const t = u.map((_, k) => probability(u, 0, k, uSum));
  const q = v.map((_, k) => probability(v, 0, k, vSum));
  const a = uSum.argmax;
  // Before dividing by T, relative to the teacher's favourite, and without rounding: near agreement only this is left.
  const delta = u.map((_, k) => {
    const total = new CompensatedSum();
    for (const x of [student[k]!, -teacher[k]!, -student[a]!, teacher[a]!]) total.add(x);
    return total.value / T;
  });
  let D: number;
  if (delta.some((d) => d > 30)) {
    // e^δ is large or overflows; the two normalisers do not cancel then
    D =
      difference(vSum.max, log1pPair(vSum.rest, vSum.restLow), low[0]!, v[a]!) -
      difference(uSum.max, log1pPair(uSum.rest, uSum.restLow), low[0]!, u[a]!);
  } else {
    const inner = new CompensatedSum();
    for (let k = 0; k < V; k++) if (k !== a) inner.addProduct(t[k]!, Math.expm1(delta[k]!));
    D = Math.log1p(inner.value);
  }
  const total = new CompensatedSum();
  for (let k = 0; k < V; k++) {
    const x = delta[k]! - D;
    if (x > 30)
      total.add(q[k]! - t[k]! * (1 + x)); // t e^x is q; e^x may overflow
    else if (t[k]! > 0) total.addProduct(t[k]!, secondOrder(x));
    else total.add(q[k]!);
  }
  return { divergence: total.value, t, q };
}

/** `max + log − z`, the large numbers first. */
function difference(max: number, log: number, logLow: number, z: number): number {
  return max - z + log + logLow;
}

/** `e^x − 1 − x`, by its series where it would cancel. */
function secondOrder(x: number): number {
  if (Math.abs(x) > 0.5) return x < -1 ? expPair(x, 0) - 1 - x : Math.expm1(x) - x;
  let series = 0;
  for (let k = 16; k >= 2; k--) series = (series * x) / (k + 1) + 1; // 1 + x/3 + x²/12 + …
  return (x * x * series) / 2;
}
