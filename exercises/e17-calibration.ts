/**
 * E17 · Reliability diagram, calibration error, Brier decomposition
 *
 * A forecaster is calibrated if of all events called with 70 % some 70 % happen. Forecasts go into bins; in each bin
 * the mean confidence is compared with the share of hits.
 */

/** One bin of a reliability diagram. Bins without forecasts are left out. */
export interface Bin {
  readonly count: number;
  /** mean confidence of the forecasts in the bin */
  readonly confidence: number;
  /** share of hits */
  readonly accuracy: number;
  /** standard error of that share: √(a(1 − a)/count) */
  readonly standardError: number;
}

/**
 * The bins of a reliability diagram, from low to high confidence.
 *
 * Bin b of `bins` holds confidences from b/bins (included) to (b + 1)/bins (excluded); the last one holds 1 too.
 * With `equalMass` the forecasts, sorted by confidence, are cut into `bins` groups at positions ⌊i·n/bins⌋ instead.
 */
export function reliability(
  confidence: readonly number[],
  hit: readonly boolean[],
  bins: number,
  equalMass = false,
): Bin[] {
  throw new Error("Not implemented: reliability. Delete this line and write your answer");
}

/** The expected calibration error: |accuracy − confidence| per bin (of equal width), weighted by the bin's count. */
export function expectedCalibrationError(
  confidence: readonly number[],
  hit: readonly boolean[],
  bins: number,
): number {
  throw new Error("Not implemented: expectedCalibrationError. Delete this line and write your answer");
}

/**
 * Murphy's decomposition of the Brier score `mean (confidence − hit)²` = reliability − resolution + uncertainty,
 * exact when forecasts with the same confidence are taken as one group.
 */
export function brierDecomposition(
  confidence: readonly number[],
  hit: readonly boolean[],
): { reliability: number; resolution: number; uncertainty: number } {
  throw new Error("Not implemented: brierDecomposition. Delete this line and write your answer");
}

/** For distributions `Q` over classes and true classes `y`: the confidence of the predicted class, and whether it hit. */
export function topLabel(
  Q: readonly (readonly number[])[],
  y: readonly number[],
): { confidence: number[]; hit: boolean[] } {
  throw new Error("Not implemented: topLabel. Delete this line and write your answer");
}
