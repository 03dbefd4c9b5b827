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
  // answer:begin
  const members: number[][] = Array.from({ length: bins }, () => []);
  if (equalMass) {
    const order = confidence.map((_, i) => i).sort((i, j) => confidence[i]! - confidence[j]!);
    for (let b = 0; b < bins; b++)
      members[b] = order.slice(
        Math.floor((b * order.length) / bins),
        Math.floor(((b + 1) * order.length) / bins),
      );
  }
  // the minimum keeps a confidence of exactly 1 inside
  else for (const [i, c] of confidence.entries()) members[Math.min(bins - 1, Math.floor(c * bins))]!.push(i);
  return members
    .filter((list) => list.length > 0)
    .map((list) => {
      const count = list.length;
      const accuracy = list.filter((i) => hit[i]).length / count;
      return {
        count,
        confidence: list.reduce((sum, i) => sum + confidence[i]!, 0) / count,
        accuracy,
        standardError: Math.sqrt((accuracy * (1 - accuracy)) / count),
      };
    });
  // answer:end
}

/** The expected calibration error: |accuracy − confidence| per bin (of equal width), weighted by the bin's count. */
export function expectedCalibrationError(
  confidence: readonly number[],
  hit: readonly boolean[],
  bins: number,
): number {
  // answer:begin
  return reliability(confidence, hit, bins).reduce(
    // the absolute value of the bin's difference, not of each forecast's: hits and misses should cancel in a bin
    (sum, bin) => sum + (bin.count / hit.length) * Math.abs(bin.accuracy - bin.confidence),
    0,
  );
  // answer:end
}

/**
 * Murphy's decomposition of the Brier score `mean (confidence − hit)²` = reliability − resolution + uncertainty,
 * exact when forecasts with the same confidence are taken as one group.
 */
export function brierDecomposition(
  confidence: readonly number[],
  hit: readonly boolean[],
): { reliability: number; resolution: number; uncertainty: number } {
  // answer:begin
  const n = hit.length;
  const base = hit.filter(Boolean).length / n;
  let [reliability, resolution] = [0, 0];
  for (const c of new Set(confidence)) {
    const group = hit.filter((_, i) => confidence[i] === c);
    const share = group.filter(Boolean).length / group.length;
    reliability += (group.length / n) * (c - share) ** 2;
    resolution += (group.length / n) * (share - base) ** 2;
  }
  return { reliability, resolution, uncertainty: base * (1 - base) };
  // answer:end
}

/** For distributions `Q` over classes and true classes `y`: the confidence of the predicted class, and whether it hit. */
export function topLabel(
  Q: readonly (readonly number[])[],
  y: readonly number[],
): { confidence: number[]; hit: boolean[] } {
  // answer:begin
  const confidence = Q.map((q) => Math.max(...q));
  return { confidence, hit: Q.map((q, n) => q.indexOf(confidence[n]!) === y[n]) };
  // answer:end
}
