import { EXPONENTIALS, LOSS_ONLY, runBulk } from "./bulk/run";
import { log1pPair } from "./log-pair";
import {
  type CrossEntropyOptions,
  checkLossOptions,
  checkTargets,
  coefficients,
  denominator,
  type Target,
  type Targets,
} from "./loss-targets";
import { dividePair, low, sumPair } from "./pair";
import { plainGradient, plainLoss } from "./plain-row";
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
import { limitRow, minusLogProbability, probability, type RowSum, rowSum } from "./softmax";
import { CompensatedSum, productError } from "./sum";
import type { Vector } from "./validate";

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
    const loss = plainLoss(logits, 0, logits.length, target);
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
    const { out } = options;
    if (out === undefined || (isArray(out) && out.length === logits.length)) {
      const gradZ = out ?? emptyLike(logits, logits.length);
      const loss = plainGradient(logits, 0, logits.length, target, 1, gradZ, 0);
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

const isArray = (x: unknown): x is Float64Array =>
  Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));

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

/** `−log q_y`. */
function classLoss(z: Vector, at: number, y: number, { rest, restLow, max, argmax }: RowSum): number {
  const log = log1pPair(rest, restLow);
  if (Number.isNaN(rest) || y === argmax) return log;
  return minusLogProbability(z[at + y]!, max, log, low[0]!);
}

/** The loss and the gradient of one row after another. */
class RowLoss {
  private readonly a: Float64Array;
  private readonly masked: Float64Array | undefined;
  /** For class indices without smoothing: the class, whose coefficient is the only one that is not 0. */
  private y = -1;
  private total = 1;
  private z: Vector = [];
  private at = 0;
  private sum: RowSum = { max: NaN, argmax: -1, rest: NaN, restLow: 0 };

  constructor(
    private readonly batch: Batch,
    private readonly targets: Targets,
    private readonly options: CrossEntropyOptions,
  ) {
    this.a = new Float64Array(batch.V);
    this.masked = options.mask === undefined ? undefined : new Float64Array(batch.V);
  }

  /** Goes to row b; false if it is to be skipped, unread. */
  move(b: number): boolean {
    const { targets, options, a, batch } = this;
    const { V } = batch;
    this.y = targets.hard === undefined || (options.labelSmoothing ?? 0) > 0 ? -1 : targets.hard[b]!;
    if (this.y >= 0) this.total = options.weight === undefined ? 1 : options.weight[this.y]!;
    else {
      if (!coefficients(targets, b, options, a)) return false;
      const total = new CompensatedSum();
      for (let k = 0; k < V; k++) total.add(a[k]!);
      this.total = total.value;
    }
    this.z = batch.row(b);
    this.at = batch.offset(b);
    const { mask } = options;
    if (this.masked !== undefined && mask !== undefined) {
      for (let k = 0; k < V; k++) this.masked[k] = mask[k] ? this.z[this.at + k]! : -Infinity;
      this.z = this.masked;
      this.at = 0;
    }
    this.sum = rowSum(this.z, this.at, V);
    if (options.limits === true && this.sum.max === Infinity) {
      this.z = limitRow(this.z, this.at, V);
      this.at = 0;
      this.sum = rowSum(this.z, 0, V);
    }
    return true;
  }

  /** `−Σₖ aₖ log qₖ = Σₖ aₖ (max − zₖ) + (Σₖ aₖ) log(1 + rest)`: no term is negative. */
  loss(): number {
    const { rest, restLow, max, argmax } = this.sum;
    if (Number.isNaN(rest)) return NaN;
    if (this.y >= 0) return this.total === 0 ? 0 : this.total * classLoss(this.z, this.at, this.y, this.sum); // 0 · Infinity is 0
    const log = log1pPair(rest, restLow);
    const logLow = low[0]!;
    const loss = new CompensatedSum();
    loss.addProduct(this.total, log);
    loss.add(this.total * logLow);
    for (let k = 0; k < this.a.length; k++) {
      const ak = this.a[k]!;
      if (ak === 0 || k === argmax) continue;
      const gap = sumPair(max, -this.z[this.at + k]!);
      if (gap === Infinity) return Infinity;
      const gapLow = low[0]!;
      loss.addProduct(ak, gap);
      loss.add(ak * gapLow);
    }
    return loss.value;
  }

  /** `((Σⱼ aⱼ) qₖ − aₖ)/D`. */
  gradient(k: number, D: number): number {
    const { sum, total } = this;
    if (Number.isNaN(sum.rest)) return NaN;
    if (total === 0) return 0;
    let high: number;
    if (k === this.y && k === sum.argmax) {
      // q − 1 = −rest/(1 + rest), without rounding q to 1
      const s = 1 + sum.rest;
      const sLow = (sum.rest < 1 ? 1 - s + sum.rest : sum.rest - s + 1) + sum.restLow;
      high = dividePair(-sum.rest, -sum.restLow, s, sLow);
    } else {
      high = probability(this.z, this.at, k, sum);
      if (k === this.y) high = subtract(high, 1);
    }
    if (this.y >= 0) {
      if (total !== 1) high = times(high, total);
    } else {
      if (total !== 1) high = times(high, total);
      high = subtract(high, this.a[k]!);
    }
    return D === 1 ? high : dividePair(high, low[0]!, D, 0);
  }
}

/** The pair (high, `low`) minus b; the low half in `low`. */
function subtract(high: number, b: number): number {
  const highLow = low[0]!;
  const d = sumPair(high, -b);
  const tail = low[0]! + highLow;
  const sum = d + tail;
  low[0] = d - sum + tail;
  return sum;
}

/** The pair (high, `low`) times b; the low half in `low`. */
function times(high: number, b: number): number {
  const product = high * b;
  low[0] = productError(high, b, product) + low[0]! * b;
  return product;
}
