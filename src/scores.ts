import { klDivergence } from "./divergence";
import { entropy, minusLog } from "./entropy";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkProbability,
  checkSameLength,
  rangeError,
  show,
  typeError,
  type Vector,
} from "./validate";

// A score here is a loss: lower is better. It is proper if honesty is optimal, Σ pₖ S(k, q) is least at q = p.

/** A loss for having predicted the distribution q when class c happened. */
export type Score = (c: number, q: Vector) => number;

function checkForecast(where: string, c: unknown, q: unknown): asserts q is Vector {
  checkDistribution(where, "q", q);
  checkInteger(where, "c", c, 0, q.length - 1);
}

/**
 * Logarithmic score `−log q_c`: proper, and for three or more classes the only proper score that looks at nothing but
 * the probability of what happened.
 *
 * @param c - class that happened
 * @param q - forecast, shape `[V]`, sums to 1
 * @returns nats, in `[0, Infinity]`
 * @throws RangeError if `c` is no index of `q` or `q` no distribution
 * @see D15 — and `oneHotCrossEntropy`, the same without the check of the sum
 * @example logScore(0, [0.25, 0.75]) // 1.38629
 */
export function logScore(c: number, q: Vector): number {
  checkForecast("logScore", c, q);
  return minusLog(q[c]!);
}

/**
 * Brier score `Σₖ (qₖ − δ_ck)²`: proper and bounded. For two classes it is twice the `(p − y)²` of weather forecasters.
 *
 * @param c - class that happened
 * @param q - forecast, shape `[V]`, sums to 1
 * @returns without unit, in `[0, 2]`
 * @throws RangeError if `c` is no index of `q` or `q` no distribution
 * @see D15
 * @example brierScore(0, [0.7, 0.2, 0.1]) // 0.14
 */
export function brierScore(c: number, q: Vector): number {
  checkForecast("brierScore", c, q);
  const total = new CompensatedSum();
  for (let k = 0; k < q.length; k++) total.add((q[k]! - (k === c ? 1 : 0)) ** 2);
  return total.value;
}

/**
 * Spherical score `1 − q_c/‖q‖`: proper and bounded.
 *
 * @param c - class that happened
 * @param q - forecast, shape `[V]`, sums to 1
 * @returns without unit, in `[0, 1]`
 * @throws RangeError if `c` is no index of `q` or `q` no distribution
 * @see brierScore
 * @example sphericalScore(0, [0.6, 0.8].map((x) => x / 1.4)) // 0.4
 */
export function sphericalScore(c: number, q: Vector): number {
  checkForecast("sphericalScore", c, q);
  const total = new CompensatedSum();
  for (let k = 0; k < q.length; k++) total.addProduct(q[k]!, q[k]!);
  return 1 - q[c]! / Math.sqrt(total.value);
}

/**
 * Absolute score `1 − q_c`: not proper. It is least for the forecast that gives the likeliest class everything.
 *
 * @param c - class that happened
 * @param q - forecast, shape `[V]`, sums to 1
 * @returns without unit, in `[0, 1]`
 * @throws RangeError if `c` is no index of `q` or `q` no distribution
 * @see logScore, which is proper
 * @example absoluteScore(0, [0.7, 0.3]) // 0.3
 */
export function absoluteScore(c: number, q: Vector): number {
  checkForecast("absoluteScore", c, q);
  return 1 - q[c]!;
}

/**
 * Zero–one loss: 0 if the likeliest class happened, else 1. Its mean is the error rate. Proper, but not strictly: any
 * forecast with the right favourite is optimal.
 *
 * @param c - class that happened
 * @param q - forecast, shape `[V]`, sums to 1; of equal entries the first counts as the favourite
 * @returns 0 or 1
 * @throws RangeError if `c` is no index of `q` or `q` no distribution
 * @example zeroOneScore(1, [0.7, 0.3]) // 1
 */
export function zeroOneScore(c: number, q: Vector): number {
  checkForecast("zeroOneScore", c, q);
  let favourite = 0;
  for (let k = 1; k < q.length; k++) if (q[k]! > q[favourite]!) favourite = k;
  return favourite === c ? 0 : 1;
}

/**
 * Expected score `Σₖ pₖ S(k, q)` of the forecast q when p is the truth.
 *
 * @param score - a loss for a class and a forecast
 * @param p - truth, shape `[V]`, sums to 1
 * @param q - forecast, shape `[V]`, sums to 1
 * @returns in the unit of the score; for the logarithmic score it is `crossEntropy(p, q)`
 * @throws TypeError, RangeError if `score` is no function or a distribution is wrong
 * @see D15
 * @example expectedScore(absoluteScore, [0.7, 0.3], [1, 0]) // 0.3
 */
export function expectedScore(score: Score, p: Vector, q: Vector): number {
  if (typeof score !== "function") throw typeError("expectedScore", "score", "be a function", score);
  checkDistribution("expectedScore", "p", p);
  checkDistribution("expectedScore", "q", q);
  checkSameLength("expectedScore", "p", p, "q", q);
  const total = new CompensatedSum();
  for (let k = 0; k < p.length; k++) if (p[k]! > 0) total.addProduct(p[k]!, score(k, q));
  return total.value;
}

/** A mean score taken apart: `score = reliability − resolution + uncertainty`. */
export interface ScoreDecomposition {
  readonly score: number;
  /** How far each forecast is from what happened when it was given; 0 is perfect. */
  readonly reliability: number;
  /** How far what happened after each forecast is from the average; more is better. */
  readonly resolution: number;
  /** The score of the forecaster who always says the average. */
  readonly uncertainty: number;
}

/**
 * Murphy's decomposition of a mean score of yes/no forecasts, exact when equal forecasts are taken together.
 *
 * For `"brier"` the score is `(p − y)²` (Murphy 1973); for `"log"` squares become divergences and the variance becomes
 * the entropy (Bröcker 2009).
 *
 * @param hit - what happened, each true or false (or 1 or 0), shape `[N]`
 * @param forecast - probability of true, in `[0, 1]`, shape `[N]`
 * @param score - `"brier"` (default) or `"log"`
 * @returns the mean score and its three parts, without unit or in nats
 * @throws RangeError if lengths differ or a forecast is no probability
 * @see reliability, the same comparison as a diagram
 * @example scoreDecomposition([1, 0, 1, 1], [0.5, 0.5, 1, 1]) // { score: 0.125, reliability: 0, resolution: 0.0625, uncertainty: 0.1875 }
 */
export function scoreDecomposition(
  hit: ArrayLike<boolean | number>,
  forecast: Vector,
  score: "brier" | "log" = "brier",
): ScoreDecomposition {
  const where = "scoreDecomposition";
  const outcomes = checkHits(where, hit, "forecast", forecast);
  if (score !== "brier" && score !== "log")
    throw rangeError(where, "score", 'be "brier" or "log"', show(score));
  const groups = new Map<number, { count: number; hits: number }>();
  let hits = 0;
  for (let n = 0; n < forecast.length; n++) {
    const group = groups.get(forecast[n]!) ?? { count: 0, hits: 0 };
    group.count++;
    group.hits += outcomes[n]!;
    hits += outcomes[n]!;
    groups.set(forecast[n]!, group);
  }
  const N = forecast.length;
  const two = (p: number): number[] => [1 - p, p];
  const distance = (p: number, q: number): number =>
    score === "brier" ? (p - q) ** 2 : klDivergence(two(p), two(q));
  const spread = (p: number): number => (score === "brier" ? p * (1 - p) : entropy(two(p)));
  const average = hits / N;
  const total = new CompensatedSum();
  const reliability = new CompensatedSum();
  const resolution = new CompensatedSum();
  for (const [p, { count, hits: h }] of groups) {
    const share = h / count;
    const weight = count / N;
    reliability.add(weight * distance(share, p));
    resolution.add(weight * distance(share, average));
    total.add(weight * (distance(share, p) + spread(share)));
  }
  return {
    score: total.value,
    reliability: reliability.value,
    resolution: resolution.value,
    uncertainty: spread(average),
  };
}

/** Outcomes as 0 and 1, and forecasts as probabilities of equal number. Internal. */
export function checkHits(where: string, hit: unknown, argument: string, p: unknown): Uint8Array {
  checkArray(where, "hit", hit);
  checkArray(where, argument, p);
  checkSameLength(where, "hit", hit, argument, p);
  for (let n = 0; n < p.length; n++) {
    const h = hit[n];
    if (h !== true && h !== false && h !== 0 && h !== 1)
      throw typeError(where, `hit[${n}]`, "be true, false, 1 or 0", h);
    checkProbability(where, `${argument}[${n}]`, p[n]);
  }
  return Uint8Array.from({ length: hit.length }, (_, n) => Number(hit[n]));
}

/**
 * Growth rate `Σₖ pₖ log(bₖ/rₖ)` of the money of someone who bets the shares b at the prices r, per bet: Kelly's
 * doubling rate in nats. Best for b = p, where it is `klDivergence(p, r)`; betting q instead loses `klDivergence(p, q)`.
 *
 * @param p - truth, shape `[V]`, sums to 1
 * @param bets - shares of the money put on each class, shape `[V]`, sum to 1
 * @param prices - price of a ticket that pays 1 if the class happens, shape `[V]`, sum to 1
 * @returns nats per bet; `−Infinity` if nothing was put on a class that can happen
 * @throws RangeError if a distribution is wrong
 * @see D15
 * @example growthRate([0.6, 0.4], [0.6, 0.4], [0.5, 0.5]) // 0.0201355
 */
export function growthRate(p: Vector, bets: Vector, prices: Vector): number {
  checkDistribution("growthRate", "p", p);
  checkDistribution("growthRate", "bets", bets);
  checkDistribution("growthRate", "prices", prices);
  checkSameLength("growthRate", "p", p, "bets", bets);
  checkSameLength("growthRate", "p", p, "prices", prices);
  const total = new CompensatedSum();
  for (let k = 0; k < p.length; k++)
    if (p[k]! > 0) total.addProduct(p[k]!, minusLog(prices[k]!) - minusLog(bets[k]!));
  return total.value;
}
