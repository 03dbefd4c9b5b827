import { checkLogits, type Logits } from "./rows";
import { checkHits } from "./scores";
import { CompensatedSum } from "./sum";
import {
  checkInteger,
  checkNumber,
  checkObject,
  type Matrix,
  rangeError,
  show,
  type Vector,
} from "./validate";

/** Forecasts that were about equal, taken together. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
  /** Mean forecast. */
  readonly confidence: number;
  /** Share of the forecasts that came true. */
  readonly frequency: number;
  /** Standard error of that share, `√(f(1 − f)/count)`. */
  readonly se: number;
}

export interface BinOptions {
  /** Number of bins (15). */
  readonly bins?: number | undefined;
  /** Bins with equal numbers of forecasts instead of equal widths. */
  readonly equalMass?: boolean | undefined;
}

/**
 * Reliability diagram: forecasts in bins, each with its mean forecast and how often it came true.
 *
 * Bins of equal width are `[low, high)`, the last one closed, so that a forecast of 1 is in it. Empty bins are left out.
 *
 * @param hit - whether it came true, each true or false (or 1 or 0), shape `[N]`
 * @param confidence - probability of true, in `[0, 1]`, shape `[N]`
 * @param options - see `BinOptions`
 * @returns the bins from low to high; a calibrated forecaster's frequencies are within about 2 `se` of the confidences
 * @throws RangeError if lengths differ or a forecast is no probability
 * @see calibrationError, their summary in one number; `topLabel`, for forecasts of several classes
 * @example reliability([1, 0, 1], [0.9, 0.8, 0.1], { bins: 2 }).map((bin) => bin.frequency) // [1, 0.5]
 */
export function reliability(
  hit: ArrayLike<boolean | number>,
  confidence: Vector,
  options: BinOptions = {},
): ReliabilityBin[] {
  return binned("reliability", hit, confidence, options);
}

function binned(where: string, hit: unknown, confidence: Vector, options: BinOptions): ReliabilityBin[] {
  const outcomes = checkHits(where, hit, "confidence", confidence);
  checkObject(where, "options", options);
  const { bins = 15, equalMass = false } = options;
  checkInteger(where, "bins", bins, 1);
  const N = confidence.length;
  const members: number[][] = Array.from({ length: bins }, () => []);
  if (equalMass) {
    const order = Array.from({ length: N }, (_, n) => n).sort((i, j) => confidence[i]! - confidence[j]!);
    order.forEach((n, place) => {
      members[Math.floor((place * bins) / N)]!.push(n);
    });
  } else for (let n = 0; n < N; n++) members[Math.min(bins - 1, Math.floor(confidence[n]! * bins))]!.push(n);
  return members.flatMap((list, b) => {
    if (list.length === 0) return [];
    const total = new CompensatedSum();
    let hits = 0;
    for (const n of list) {
      total.add(confidence[n]!);
      hits += outcomes[n]!;
    }
    const count = list.length;
    const frequency = hits / count;
    return {
      low: equalMass ? confidence[list[0]!]! : b / bins,
      high: equalMass ? confidence[list[count - 1]!]! : (b + 1) / bins,
      count,
      confidence: total.value / count,
      frequency,
      se: Math.sqrt((frequency * (1 - frequency)) / count),
    };
  });
}

export interface CalibrationOptions extends BinOptions {
  /** `"l1"` (default, the expected calibration error), `"l2"` (root mean square) or `"max"`. */
  readonly norm?: "l1" | "l2" | "max" | undefined;
}

/**
 * Calibration error: the gap between forecast and frequency per bin, averaged by the bins' counts.
 *
 * With norm `"l1"`, `"l2"` and `"max"` as torchmetrics defines them. It depends on the bins, is biased upwards (a bin of
 * few forecasts has a gap by chance), and says nothing about how much was known: the constant average has error 0.
 *
 * @param hit - whether it came true, each true or false (or 1 or 0), shape `[N]`
 * @param confidence - probability of true, in `[0, 1]`, shape `[N]`
 * @param options - `norm`, `bins` (15), `equalMass`
 * @returns without unit, in `[0, 1]`
 * @throws RangeError if lengths differ, a forecast is no probability, or an option is out of range
 * @see reliability — and `scoreDecomposition`, which counts what was known as well
 * @example calibrationError([1, 0, 1], [0.9, 0.8, 0.1], { bins: 2 }) // 0.533333
 */
export function calibrationError(
  hit: ArrayLike<boolean | number>,
  confidence: Vector,
  options: CalibrationOptions = {},
): number {
  checkObject("calibrationError", "options", options);
  const { norm = "l1" } = options;
  if (norm !== "l1" && norm !== "l2" && norm !== "max")
    throw rangeError("calibrationError", "norm", 'be "l1", "l2" or "max"', show(norm));
  const bins = binned("calibrationError", hit, confidence, options);
  const total = new CompensatedSum();
  let largest = 0;
  for (const bin of bins) {
    const gap = Math.abs(bin.frequency - bin.confidence);
    const share = bin.count / hit.length;
    total.add(share * (norm === "l2" ? gap * gap : gap));
    largest = Math.max(largest, gap);
  }
  if (norm === "max") return largest;
  return norm === "l2" ? Math.sqrt(total.value) : total.value;
}

/**
 * For forecasts of several classes: the probability of the predicted class, and whether it was right.
 *
 * @param y - true classes, shape `[N]`
 * @param Q - forecasts, shape `[N, V]`; of equal entries the first is the prediction
 * @returns `{ hit, confidence }`, for `reliability` and `calibrationError`
 * @throws RangeError if a length or a class is wrong
 * @example topLabel([0, 0], [[0.9, 0.1], [0.3, 0.7]]) // { hit: [true, false], confidence: [0.9, 0.7] }
 */
export function topLabel(y: Vector, Q: Matrix): { hit: boolean[]; confidence: number[] } {
  const { batch } = checkClasses("topLabel", y, "Q", Q);
  const hit: boolean[] = [];
  const confidence: number[] = [];
  for (let n = 0; n < batch.B; n++) {
    const q = Q[n]!;
    let best = 0;
    for (let k = 1; k < batch.V; k++) if (q[k]! > q[best]!) best = k;
    hit.push(best === y[n]);
    confidence.push(q[best]!);
  }
  return { hit, confidence };
}

/** One class per row of Z. Internal. */
export function checkClasses(where: string, y: Vector, argument: string, Z: Logits) {
  const batch = checkLogits(where, argument, Z);
  if (!batch.many) throw rangeError(where, argument, "be rows, shape [N, V]", "one row");
  if (y?.length !== batch.B)
    throw rangeError(where, `y and ${argument}`, "have the same length", `${y?.length} and ${batch.B}`);
  for (let n = 0; n < batch.B; n++) {
    checkNumber(where, `y[${n}]`, y[n]);
    checkInteger(where, `y[${n}]`, y[n], 0, batch.V - 1);
  }
  return { batch };
}
