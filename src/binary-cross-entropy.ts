import { minusLog } from "./entropy";
import { sigma, softplus } from "./log-space";
import { checkReduction, type Reduction } from "./loss-targets";
import { low, sumPair } from "./pair";
import { type Batch, checkLogits, checkOptions, type Logits, mapRows, type Output } from "./rows";
import type { LossWithGradient } from "./softmax-cross-entropy";
import { CompensatedSum, productError } from "./sum";
import { checkNumber, checkProbability, checkWeights, rangeError, type Vector } from "./validate";

export interface BinaryOptions {
  /** Factor of each term: a number, or one per label (the last axis). */
  readonly weight?: number | Vector | undefined;
  /** Factor of the term of `target = 1` only: a number, or one per label (the last axis). */
  readonly posWeight?: number | Vector | undefined;
  /** `"mean"` (default) over all labels of all rows, `"sum"`, or `"none"` for one loss per label. */
  readonly reduction?: Reduction | undefined;
}

type None = { readonly reduction: "none" };
type Values = number | Logits;

/**
 * Binary cross-entropy of probabilities, `−y log p − (1 − y) log(1 − p)`: the surprise of a yes/no forecast.
 *
 * A term with factor 0 is 0; a certain forecast that fails costs `Infinity`, never a clipped number.
 *
 * @param y - what happened, 0 or 1, or the probability of 1, in `[0, 1]`
 * @param p - forecast probability of 1, in `[0, 1]`
 * @returns nats, in `[0, Infinity]`; at least the entropy of y
 * @throws RangeError if an argument is not in `[0, 1]`
 * @see D11 — and `binaryCrossEntropyWithLogits`, which keeps its digits where p rounds to 1
 * @example binaryCrossEntropy(1, 0.8) // 0.223144
 */
export function binaryCrossEntropy(y: number, p: number): number {
  checkProbability("binaryCrossEntropy", "y", y);
  checkProbability("binaryCrossEntropy", "p", p);
  const total = new CompensatedSum();
  if (y > 0) total.addProduct(y, minusLog(p));
  if (y < 1) total.addProduct(1 - y, 0 - Math.log1p(-p));
  return total.value;
}

/**
 * Binary cross-entropy from logits, `−y log σ(z) − (1 − y) log σ(−z)`: independent yes/no labels, one logit each.
 *
 * Computed as `(1 − y) max(z, 0) + y max(−z, 0) + log(1 + e^−|z|)`, whose terms are never negative: within 1 ulp. At
 * `z = ±Infinity` it is the limit: 0 for the right label, `Infinity` else. With `posWeight` c the term of y is c times.
 *
 * @param target - labels or probabilities of 1, in `[0, 1]`: a number, shape `[N]` or `[B, K]`
 * @param logit - scores, in the shape of the target
 * @param options - see `BinaryOptions`; the mean divides by the number of labels, whatever the weights
 * @returns nats, in `[0, Infinity]`; with `reduction: "none"` one loss per label in the shape of the logits
 * @throws RangeError if a target is not in `[0, 1]`, a weight is negative, or shapes differ
 * @see D11 — and `softmaxCrossEntropy`, for labels of which exactly one holds
 * @example binaryCrossEntropyWithLogits([1, 0], [40, 0]) // 0.346574
 */
export function binaryCrossEntropyWithLogits(
  target: number,
  logit: number,
  options: BinaryOptions & None,
): number;
export function binaryCrossEntropyWithLogits(
  target: ArrayLike<Vector>,
  logit: ArrayLike<Vector>,
  options: BinaryOptions & None,
): number[][];
export function binaryCrossEntropyWithLogits<T extends Output>(
  target: Vector,
  logit: T,
  options: BinaryOptions & None,
): T;
export function binaryCrossEntropyWithLogits(target: Values, logit: Values, options?: BinaryOptions): number;
export function binaryCrossEntropyWithLogits(
  target: Values,
  logit: Values,
  options: BinaryOptions = {},
): unknown {
  const where = "binaryCrossEntropyWithLogits";
  const { batch, terms, scalar } = prepare(where, target, logit, options);
  if (options.reduction === "none") {
    const losses = mapRows(where, batch, undefined, (b, into, at) => {
      for (let k = 0; k < batch.V; k++) into[at + k] = terms(b, k, termLoss);
    });
    return scalar ? (losses as number[])[0] : losses;
  }
  const total = new CompensatedSum();
  for (let b = 0; b < batch.B; b++) for (let k = 0; k < batch.V; k++) total.add(terms(b, k, termLoss));
  return options.reduction === "sum" ? total.value : total.value / (batch.B * batch.V);
}

/**
 * Binary cross-entropy from logits with its gradient `∂L/∂z = σ(z) − y`, here `(1 − y) σ(z) − c y σ(−z)`.
 *
 * The factor `σ(1 − σ)` of a squared error, which dies where the model is confidently wrong, does not occur.
 *
 * @param target - as for `binaryCrossEntropyWithLogits`
 * @param logit - as for `binaryCrossEntropyWithLogits`
 * @param options - as for `binaryCrossEntropyWithLogits`, and `out`: a flat array for the gradient
 * @returns `{ loss, gradZ }`, the gradient in the shape of the logits
 * @throws RangeError as `binaryCrossEntropyWithLogits`
 * @see D11
 * @example binaryCrossEntropyWithLogitsWithGradient(1, -800).gradZ // -1
 */
export function binaryCrossEntropyWithLogitsWithGradient<T extends Output>(
  target: Values,
  logit: Values,
  options: BinaryOptions & { readonly out: T },
): LossWithGradient<number, T>;
export function binaryCrossEntropyWithLogitsWithGradient(
  target: number,
  logit: number,
  options?: BinaryOptions,
): LossWithGradient<number, number>;
export function binaryCrossEntropyWithLogitsWithGradient(
  target: ArrayLike<Vector>,
  logit: ArrayLike<Vector>,
  options?: BinaryOptions,
): LossWithGradient<number, number[][]>;
export function binaryCrossEntropyWithLogitsWithGradient<T extends Output>(
  target: Vector,
  logit: T,
  options?: BinaryOptions,
): LossWithGradient<number, T>;
export function binaryCrossEntropyWithLogitsWithGradient(
  target: Values,
  logit: Values,
  options: BinaryOptions & { readonly out?: Output | undefined } = {},
): LossWithGradient<unknown, unknown> {
  const where = "binaryCrossEntropyWithLogitsWithGradient";
  const { batch, terms, scalar } = prepare(where, target, logit, options);
  const D = (options.reduction ?? "mean") === "mean" ? batch.B * batch.V : 1;
  const gradZ = mapRows(where, batch, options.out, (b, into, at) => {
    for (let k = 0; k < batch.V; k++) into[at + k] = terms(b, k, termGradient) / D;
  });
  const loss = binaryCrossEntropyWithLogits(target as Vector, logit as number[], options);
  return { loss, gradZ: scalar && options.out === undefined ? (gradZ as number[])[0] : gradZ };
}

/** Checks everything and gives access to the terms: `terms(b, k, f)` is f at label k of row b, times its weight. */
function prepare(where: string, target: Values, logit: Values, options: BinaryOptions) {
  checkOptions(where, options);
  checkReduction(where, options.reduction);
  const scalar = typeof logit === "number";
  const batch = checkLogits(where, "logit", scalar ? [logit] : logit);
  const labels: Batch = checkLogits(where, "target", typeof target === "number" ? [target] : target);
  if (labels.B !== batch.B || labels.V !== batch.V || labels.many !== batch.many)
    throw rangeError(
      where,
      "target and logit",
      "have the same shape",
      `${shape(labels)} and ${shape(batch)}`,
    );
  for (let b = 0; b < labels.B; b++)
    for (let k = 0; k < labels.V; k++)
      checkProbability(where, labels.many ? `target[${b}][${k}]` : `target[${k}]`, labels.row(b)[k]);
  const weight = perLabel(where, "weight", options.weight, batch.V);
  const posWeight = perLabel(where, "posWeight", options.posWeight, batch.V);
  const terms = (b: number, k: number, f: (y: number, z: number, c: number) => number): number => {
    const w = weight(k);
    return w === 0 ? 0 : w * f(labels.row(b)[k]!, batch.row(b)[k]!, posWeight(k)); // 0 · Infinity is 0
  };
  return { batch, terms, scalar };
}

const shape = ({ B, V, many }: Batch): string => (many ? `[${B}, ${V}]` : `[${V}]`);

function perLabel(where: string, argument: string, w: unknown, K: number): (k: number) => number {
  if (w === undefined) return () => 1;
  if (typeof w !== "object") {
    checkNumber(where, argument, w);
    if (!(w >= 0 && w < Infinity)) throw rangeError(where, argument, "be finite and >= 0", w);
    return () => w;
  }
  checkWeights(where, argument, w);
  if (w.length !== K)
    throw rangeError(where, argument, `have length ${K} like the last axis`, String(w.length));
  return (k) => w[k]!;
}

/** `c y log(1 + e^−z) + (1 − y) log(1 + e^z)`. */
function termLoss(y: number, z: number, c: number): number {
  if (Number.isNaN(z)) return NaN;
  if (y === 0) return softplus(z);
  const yes = c * y;
  const no = 1 - y;
  if (no === 0) return yes === 0 ? 0 : yes * softplus(-z);
  if (z === Infinity || z === -Infinity) return z > 0 || yes > 0 ? Infinity : 0;
  const log = softplus(-Math.abs(z)); // log(1 + e^−|z|)
  const logLow = low[0]!;
  const total = new CompensatedSum();
  const both = sumPair(yes, no);
  const bothLow = low[0]!;
  total.addProduct(both, log);
  total.add(both * logLow + bothLow * log);
  total.addProduct(z > 0 ? no : yes, Math.abs(z));
  if (z > 0) total.add((1 - no - y) * z); // what rounding took from 1 − y
  return total.value;
}

/** `(1 − y) σ(z) − c y σ(−z)`. */
function termGradient(y: number, z: number, c: number): number {
  if (Number.isNaN(z)) return NaN;
  if (y === 0) return sigma(z);
  const yes = c * y;
  const no = 1 - y;
  if (no === 0) return 0 - yes * sigma(-z);
  const up = sigma(z);
  const upLow = low[0]!;
  const down = sigma(-z);
  const downLow = low[0]!;
  const a = no * up;
  const b = yes * down;
  const tail =
    productError(no, up, a) - productError(yes, down, b) + (no * upLow + (1 - no - y) * up - yes * downLow);
  const difference = sumPair(a, -b);
  return difference + (low[0]! + tail);
}
