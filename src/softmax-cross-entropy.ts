import { EXPONENTIALS, LOSS_ONLY, runBulk } from "./bulk/run";
import {
  type CrossEntropyOptions,
  checkLossOptions,
  checkTargets,
  denominator,
  type Target,
  type Targets,
} from "./loss-targets";
import { plainGradient, plainLoss } from "./plain-row";
import { RowLoss } from "./row-loss";
import {
  type Batch,
  checkLogits,
  checkOptions,
  type Destination,
  destination,
  emptyLike,
  type Logits,
  type Output,
} from "./rows";
import { CompensatedSum } from "./sum";
import { isArray, type Vector } from "./validate";

/** A loss with its gradient by the logits. */
export interface LossWithGradient<L, G> {
  /** In nats. */
  readonly loss: L;
  /** `∂L/∂z`, in the shape and kind of the logits. */
  readonly gradZ: G;
}

const plain: CrossEntropyOptions = {};

type None = { readonly reduction: "none" };

/**
 * Cross-entropy from logits: `−Σₖ tₖ log softmax(z)ₖ`, or `−log softmax(z)_y` for a class y that happened.
 *
 * The two steps are fused, so that no probability is ever rounded to 0 or 1: each row's loss is within 0.51 ulp.
 * The mean over rows divides by the total weight of their classes (class indices) or by their number (distributions).
 * A class with `t = 0` adds 0 even if its logit is −Infinity; with `t > 0` there the loss is `Infinity`, not clipped.
 * A row with NaN, +Infinity (unless `limits`) or only −Infinity is NaN.
 *
 * @param target - what happened: a class per row, shape `[B]`, or a distribution per row, shape `[B, V]`; for one row
 *   of logits a number or shape `[V]`
 * @param logits - scores of the model, shape `[B, V]` or `[V]`; not probabilities; flat rows with `options.classes`
 * @param options - see `CrossEntropyOptions`
 * @returns nats, in `[0, Infinity]`; with `reduction: "none"` one loss per row, 0 for ignored rows
 * @throws RangeError if a class is no index of the logits, a distribution does not sum to 1, or a shape is wrong
 * @see D13 — and `crossEntropy`, which takes probabilities; `binaryCrossEntropyWithLogits` for independent labels
 * @example softmaxCrossEntropy([0, 2], [[40, 0, 0], [0, 0, 0]]) // 0.549306
 */
export function softmaxCrossEntropy(
  target: Target,
  logits: Logits,
  options: CrossEntropyOptions & None,
): number[];
export function softmaxCrossEntropy(target: Target, logits: Logits, options?: CrossEntropyOptions): number;
export function softmaxCrossEntropy(
  target: Target,
  logits: Logits,
  options: CrossEntropyOptions = plain,
): number | number[] {
  if (typeof target === "number" && isPlain(options) && isArray(logits)) {
    const loss = plainLoss(logits as Vector, 0, logits.length, target);
    if (loss >= 0) return loss;
  }
  return evaluate("softmaxCrossEntropy", target, logits, options, undefined).loss;
}

/**
 * Cross-entropy from logits with its gradient `∂L/∂z = q − t`: prediction minus target, `q = softmax(z)`.
 *
 * In general `∂L/∂zₖ = (Σⱼ aⱼ) qₖ − aₖ` with aₖ the weighted, smoothed target, divided by the mean's denominator.
 * At a confident right class it is `−(1 − q_y)` without forming `q_y`. Each entry within 1 ulp. Rows that are ignored
 * have gradient 0 whatever their logits; NaN rows have gradient NaN.
 *
 * @param target - as for `softmaxCrossEntropy`
 * @param logits - as for `softmaxCrossEntropy`
 * @param options - as for `softmaxCrossEntropy`, and `out` for the gradient: a flat array with as many entries as
 *   there are logits; with `reduction: "none"` each row's gradient is that of its own loss
 * @returns `{ loss, gradZ }`: nats, and nats per nat in the shape and kind of the logits
 * @throws RangeError as `softmaxCrossEntropy`
 * @see D13 — and `hessianVectorProduct`, the next derivative
 * @example softmaxCrossEntropyWithGradient(0, [40, 0]).gradZ // [-4.24835e-18, 4.24835e-18]
 */
export function softmaxCrossEntropyWithGradient<T extends Output>(
  target: Target,
  logits: Logits,
  options: CrossEntropyOptions & None & { readonly out: T },
): LossWithGradient<number[], T>;
export function softmaxCrossEntropyWithGradient<T extends Output>(
  target: Target,
  logits: Logits,
  options: CrossEntropyOptions & { readonly out: T },
): LossWithGradient<number, T>;
export function softmaxCrossEntropyWithGradient(
  target: Target,
  logits: ArrayLike<Vector>,
  options: CrossEntropyOptions & None,
): LossWithGradient<number[], number[][]>;
export function softmaxCrossEntropyWithGradient(
  target: Target,
  logits: ArrayLike<Vector>,
  options?: CrossEntropyOptions,
): LossWithGradient<number, number[][]>;
export function softmaxCrossEntropyWithGradient<T extends Output>(
  target: Target,
  logits: T,
  options: CrossEntropyOptions & None,
): LossWithGradient<number[], T>;
export function softmaxCrossEntropyWithGradient<T extends Output>(
  target: Target,
  logits: T,
  options?: CrossEntropyOptions,
): LossWithGradient<number, T>;
export function softmaxCrossEntropyWithGradient(
  target: Target,
  logits: Vector,
  options?: CrossEntropyOptions,
): LossWithGradient<number, number[]>;
export function softmaxCrossEntropyWithGradient(
  target: Target,
  logits: Logits,
  options: CrossEntropyOptions & { readonly out?: Output | undefined } = {},
): LossWithGradient<number | number[], unknown> {
  if (typeof target === "number" && isPlain(options) && isArray(logits)) {
    const z = logits as Vector;
    const { out } = options;
    if (out === undefined || (isArray(out) && out.length === z.length)) {
      const gradZ = out ?? emptyLike(z, z.length);
      const loss = plainGradient(z, 0, z.length, target, 1, gradZ, 0);
      if (loss >= 0) return { loss, gradZ };
    }
  }
  return evaluate("softmaxCrossEntropyWithGradient", target, logits, options, { out: options.out });
}

/** Whether the options, `out` apart, are as if none were given. */
function isPlain(options: CrossEntropyOptions): boolean {
  return (
    options === plain ||
    (typeof options === "object" &&
      options !== null &&
      options.classes === undefined &&
      options.weight === undefined &&
      options.ignoreIndex === undefined &&
      options.labelSmoothing === undefined &&
      options.mask === undefined &&
      options.reduction === undefined &&
      options.emptyMean === undefined &&
      options.limits === undefined)
  );
}

function evaluate(
  where: string,
  target: Target,
  logits: Logits,
  options: CrossEntropyOptions,
  gradient: { out: Output | undefined } | undefined,
): LossWithGradient<number | number[], unknown> {
  checkOptions(where, options);
  const batch = checkLogits(where, "logits", logits, options.classes);
  checkLossOptions(where, batch, options);
  const targets = checkTargets(where, target, batch, options.ignoreIndex);
  const { reduction = "mean" } = options;
  const D = reduction === "mean" ? denominator(targets, batch.B, options.weight) : 1;
  const to = gradient === undefined ? undefined : destination(where, batch, gradient.out);
  const { V } = batch;
  const { weight, labelSmoothing = 0, mask } = options;
  const classes =
    weight === undefined && labelSmoothing === 0 && mask === undefined ? targets.hard : undefined;
  let row: RowLoss | undefined;
  /** Row b's loss, and its gradient from `at` on. */
  const write = (b: number, into: Output, at: number): number => {
    const y = classes === undefined ? -1 : classes[b]!;
    if (y >= 0) {
      const [z, from] = [batch.row(b), batch.offset(b)];
      const loss = to === undefined ? plainLoss(z, from, V, y) : plainGradient(z, from, V, y, D, into, at);
      if (loss >= 0) return loss;
    }
    row ??= new RowLoss(batch, targets, options);
    const counts = row.move(b);
    const loss = counts ? row.loss() : 0; // first: `into` may be the logits themselves
    if (to !== undefined) for (let k = 0; k < V; k++) into[at + k] = counts ? row.gradient(k, D) : 0;
    return loss;
  };
  let losses: ArrayLike<number> | undefined = bulkLosses(batch, targets, options, D, to, write);
  if (losses === undefined) {
    const each = new Float64Array(batch.B);
    for (let b = 0; b < batch.B; b++)
      each[b] = to?.rows === undefined ? write(b, to?.flat ?? [], b * batch.V) : write(b, to.rows[b]!, 0);
    losses = each;
  }
  const gradZ = to?.result;
  if (reduction === "none") return { loss: Array.from(losses), gradZ };
  const total = new CompensatedSum();
  for (let b = 0; b < losses.length; b++) total.add(losses[b]!);
  if (D === 0) return { loss: options.emptyMean === 0 ? 0 : NaN, gradZ };
  return { loss: total.value / D, gradZ };
}

/** Each row's loss, and the gradients, by a kernel; undefined if the batch or what is asked is not for one. */
function bulkLosses(
  batch: Batch,
  { hard: y }: Targets,
  { weight, labelSmoothing = 0, mask }: CrossEntropyOptions,
  D: number,
  to: Destination | undefined,
  write: (b: number, into: Output, at: number) => number,
): Float64Array | undefined {
  if (y === undefined || labelSmoothing > 0 || mask !== undefined || D === 0) return undefined;
  const task = {
    mode: to === undefined ? LOSS_ONLY : EXPONENTIALS,
    y,
    flat: to?.flat,
    rows: to?.rows,
  } as const;
  if (weight === undefined) return runBulk(batch, { ...task, scale: 1 / D, slow: write });
  const weights = Float64Array.from(y, (class_) => (class_ < 0 ? 0 : weight[class_]!));
  const slow = (b: number, into: Output, at: number) => {
    const loss = write(b, into, at);
    return weights[b] === 0 ? 0 : loss / weights[b]!;
  };
  const losses = runBulk(batch, { ...task, scales: weights.map((w) => w / D), slow });
  return losses?.map((loss, b) => (weights[b] === 0 ? 0 : weights[b]! * loss));
}
