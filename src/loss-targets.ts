// The targets and options of a loss over classes, checked once and reduced to one form: row b of the logits is scored
// with coefficients a, loss −Σₖ aₖ log qₖ. This file is internal.
import { type Batch, checkOptions, checkVector } from "./rows";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkNumber,
  checkWeights,
  type Matrix,
  rangeError,
  show,
  typeError,
  type Vector,
} from "./validate";

export type Reduction = "mean" | "sum" | "none";

/** Class indices (one per row) or distributions (one per row); for a single row a number or one distribution. */
export type Target = number | Vector | Matrix;

export interface CrossEntropyOptions {
  /** Length of a row, when flat arrays hold several rows one after another. */
  readonly classes?: number | undefined;
  /** Weight of each class, shape `[V]`, finite and >= 0. */
  readonly weight?: Vector | undefined;
  /** Rows with this class index are skipped: not read, loss 0, gradient 0, not counted by the mean. */
  readonly ignoreIndex?: number | undefined;
  /** Share ε of the target that is spread over all (unmasked) classes, in `[0, 1]`. */
  readonly labelSmoothing?: number | undefined;
  /** Which classes take part, shape `[V]`; the logits of the others count as −Infinity. */
  readonly mask?: ArrayLike<boolean> | undefined;
  /** `"mean"` (default), `"sum"`, or `"none"` for one loss per row. */
  readonly reduction?: Reduction | undefined;
  /** The mean over no rows, or over total weight 0: NaN (default, as in PyTorch) or 0. */
  readonly emptyMean?: "nan" | 0 | undefined;
  /** With a logit of +Infinity: the limit instead of NaN. */
  readonly limits?: boolean | undefined;
}

export interface Targets {
  /** The class of each row, −1 for rows to skip; undefined for distributions. */
  readonly hard: Int32Array | undefined;
  /** Row b of the target distributions, and where in it the row begins. */
  soft(b: number): Vector;
  softAt(b: number): number;
}

export function checkReduction(
  where: string,
  reduction: unknown,
): asserts reduction is Reduction | undefined {
  if (reduction !== undefined && reduction !== "mean" && reduction !== "sum" && reduction !== "none")
    throw rangeError(where, "reduction", 'be "mean", "sum" or "none"', show(reduction));
}

export function checkLossOptions(where: string, batch: Batch, options: CrossEntropyOptions): void {
  checkOptions(where, options);
  const { weight, labelSmoothing, mask, emptyMean, ignoreIndex } = options;
  if (weight !== undefined) {
    checkWeights(where, "weight", weight);
    if (weight.length !== batch.V)
      throw rangeError(where, "weight", `have length ${batch.V}`, String(weight.length));
  }
  if (labelSmoothing !== undefined) {
    checkNumber(where, "labelSmoothing", labelSmoothing);
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
      throw rangeError(where, "labelSmoothing", "be in [0, 1]", labelSmoothing);
  }
  if (mask !== undefined) checkMask(where, mask, batch.V);
  if (ignoreIndex !== undefined) checkInteger(where, "ignoreIndex", ignoreIndex, Number.MIN_SAFE_INTEGER);
  if (emptyMean !== undefined && emptyMean !== "nan" && emptyMean !== 0)
    throw rangeError(where, "emptyMean", 'be "nan" or 0', show(emptyMean));
  checkReduction(where, options.reduction);
}

function checkMask(where: string, mask: ArrayLike<boolean>, V: number): void {
  checkArray(where, "mask", mask);
  if (mask.length !== V) throw rangeError(where, "mask", `have length ${V}`, String(mask.length));
  let some = false;
  for (let k = 0; k < V; k++) {
    if (typeof mask[k] !== "boolean") throw typeError(where, `mask[${k}]`, "be true or false", mask[k]);
    if (mask[k]) some = true;
  }
  if (!some) throw rangeError(where, "mask", "be true for at least 1 class", "none");
}

const noSoft = { soft: (): Vector => [], softAt: () => 0 };

/** The targets of each row: classes for numbers, distributions for arrays of V entries. */
export function checkTargets(where: string, target: unknown, batch: Batch, ignoreIndex?: number): Targets {
  const { B, V, many } = batch;
  if (!many) {
    if (!isArray(target)) {
      checkNumber(where, "target", target);
      return { hard: Int32Array.of(checkClass(where, "target", target, V, ignoreIndex)), ...noSoft };
    }
    checkDistribution(where, "target", target);
    checkLength(where, "target", target, V);
    return { hard: undefined, soft: () => target, softAt: () => 0 };
  }
  checkArray(where, "target", target);
  if (isArray(target[0])) {
    if (target.length !== B)
      throw rangeError(where, "target", `have ${B} rows like the logits`, String(target.length));
    for (let b = 0; b < B; b++) {
      checkDistribution(where, `target[${b}]`, target[b]);
      checkLength(where, `target[${b}]`, target[b] as Vector, V);
    }
    const rows = target as Matrix;
    return { hard: undefined, soft: (b) => rows[b]!, softAt: () => 0 };
  }
  if (target.length !== B && target.length === B * V) {
    checkVector(where, "target", target);
    for (let b = 0; b < B; b++)
      checkDistribution(where, `target[${b}]`, Array.prototype.slice.call(target, b * V, (b + 1) * V));
    return { hard: undefined, soft: () => target, softAt: (b) => b * V };
  }
  if (target.length !== B)
    throw rangeError(where, "target", `have ${B} entries, one per row of the logits`, String(target.length));
  const hard = new Int32Array(B);
  for (let b = 0; b < B; b++) {
    const y = target[b];
    // The message is only put together for a class that needs a closer look.
    const plain = typeof y === "number" && y >= 0 && y < V && y === (y | 0) && y !== ignoreIndex;
    hard[b] = plain ? y : checkClass(where, `target[${b}]`, y, V, ignoreIndex);
  }
  return { hard, ...noSoft };
}

const isArray = (x: unknown): x is ArrayLike<unknown> => typeof x === "object" && x !== null;

function checkLength(where: string, argument: string, x: Vector, V: number): void {
  if (x.length !== V) throw rangeError(where, argument, `have length ${V} like the logits`, String(x.length));
}

function checkClass(where: string, argument: string, y: unknown, V: number, ignoreIndex?: number): number {
  if (ignoreIndex !== undefined && y === ignoreIndex) return -1;
  checkInteger(where, argument, y, 0, V - 1);
  return y;
}

/**
 * Writes the coefficients of row b: `aₖ = wₖ ((1 − ε) tₖ + ε uₖ)`, with t the target and u uniform over the unmasked
 * classes. Returns false for a row to skip.
 */
export function coefficients(
  targets: Targets,
  b: number,
  { weight, labelSmoothing: smoothing = 0, mask }: CrossEntropyOptions,
  a: Float64Array,
): boolean {
  const V = a.length;
  if (targets.hard !== undefined) {
    const y = targets.hard[b]!;
    if (y === -1) return false;
    a.fill(0);
    a[y] = 1;
  } else {
    const t = targets.soft(b);
    const at = targets.softAt(b);
    for (let k = 0; k < V; k++) a[k] = t[at + k]!;
  }
  if (smoothing > 0) {
    let allowed = V;
    if (mask !== undefined) for (let k = 0; k < V; k++) if (!mask[k]) allowed--;
    for (let k = 0; k < V; k++)
      a[k] = (1 - smoothing) * a[k]! + (mask === undefined || mask[k] ? smoothing / allowed : 0);
  }
  if (weight !== undefined) for (let k = 0; k < V; k++) a[k]! *= weight[k]!;
  return true;
}

/** What a mean divides by: the total weight of the classes for class indices, the number of rows for distributions. */
export function denominator(targets: Targets, B: number, weight: Vector | undefined): number {
  if (targets.hard === undefined) return B;
  let total = 0;
  if (weight === undefined) {
    for (let b = 0; b < B; b++) if (targets.hard[b] !== -1) total++;
    return total;
  }
  for (const y of targets.hard) if (y !== -1) total += weight[y]!;
  return total;
}
