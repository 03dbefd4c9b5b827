import {
  bits,
  factor,
  LN2_HIGH,
  LN2_LOW,
  logTail,
  minusLogHigh,
  minusLogLow,
  SIZE,
  UPPER,
  words,
} from "./log-table";
import { half, low, powers } from "./pair";
import { CompensatedSum, productError } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkSameLength,
  isOne,
  probabilityEntry,
  type Vector,
} from "./validate";

function checkPair(where: string, p: Vector, q: Vector): void {
  checkDistribution(where, "p", p);
  checkDistribution(where, "q", q);
  checkSameLength(where, "p", p, "q", q);
}

/**
 * `p log(p/q)` for `p, q > 0`, its low half in `low`: the product is exact, and what rounding took from the quotient is
 * put back into the logarithm.
 */
function relativeEntropyTerm(p: number, q: number): number {
  const r = p / q;
  // A quotient that over- or underflows says nothing; the two logarithms then differ by hundreds and nothing cancels.
  const extreme = r === Infinity || r < 1e-300;
  const log = extreme ? Math.log(p) - Math.log(q) : Math.log(r);
  const logUpper = half(log);
  const pUpper = half(p);
  const product = r * q; // p = r q + residual, so log(p/q) ≈ log r + residual/(r q), and r q ≈ p
  const residual = extreme ? 0 : p - product - productError(r, q, product);
  low[0] = (p - pUpper) * logUpper + p * (log - logUpper) + residual;
  return pUpper * logUpper;
}

/**
 * `p log(p/q) − (p − q)` for `s = (p − q)/(p + q)`, `|s| ≤ 1/16`: positive, about `(p − q)²/2q`.
 *
 * `log(p/q) = 2 artanh s`, and the terms of first order, which would cancel, drop out:
 * `(p − q) s [1 + (1 + s)(s/3 + s³/5 + s⁵/7 + …)]`. Six terms reach 2⁻⁵³.
 */
function secondOrder(difference: number, s: number): number {
  const w = s * s;
  const v = w * w;
  const series = 1 / 3 + w * (1 / 5) + v * (1 / 7 + w * (1 / 9) + v * (1 / 11 + w * (1 / 13)));
  return difference * s * (1 + (1 + s) * s * series);
}

/**
 * Kullback–Leibler divergence `D(p‖q) = Σᵢ pᵢ log(pᵢ/qᵢ)`: the surprise that `q` costs beyond `p`'s own.
 *
 * A term with `p[i] = 0` is 0; `p[i] > 0` with `q[i] = 0` makes the result `Infinity`. Single terms may be negative,
 * the sum is not. Accurate even where `p ≈ q` and the textbook sum loses every digit.
 *
 * @param p - true distribution, shape `[V]`, sums to 1
 * @param q - model distribution, shape `[V]`, sums to 1
 * @returns nats, in `[0, Infinity]`; 0 iff `p = q`. If the sums differ within the tolerance, the formula as it stands
 * @throws RangeError if a shape, sign or sum is wrong
 * @see D5, D6 — and `jsDivergence`, which is symmetric and finite
 * @example klDivergence([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]) // 0.0851228
 */
export function klDivergence(p: Vector, q: Vector): number {
  checkArray("klDivergence", "p", p);
  checkArray("klDivergence", "q", q);
  checkSameLength("klDivergence", "p", p, "q", q);
  let total = 0;
  let lost = 0;
  let pTotal = 0;
  let qTotal = 0;
  let impossible = false;
  // As in crossEntropy, the distributions are checked on the way, and the logarithm stands in the loop.
  for (let i = 0; i < p.length; i++) {
    const pi = probabilityEntry("klDivergence", "p", p, i);
    const qi = probabilityEntry("klDivergence", "q", q, i);
    pTotal += pi;
    qTotal += qi;
    if (pi === 0) continue;
    if (qi === 0) {
      impossible = true;
      continue;
    }
    let term: number;
    let rest: number;
    const difference = pi - qi;
    if (16 * Math.abs(difference) <= pi + qi) {
      // The difference of near neighbours is exact (Sterbenz), and over all i the differences nearly cancel; what is
      // left are positive terms of second order.
      term = difference;
      rest = secondOrder(difference, difference / (pi + qi));
    } else if (pi > 1e-290 && qi > 1e-290) {
      // log(p/q) = log + last, where log has 26 digits. Only k and j are read from the quotient: c p/(q 2^k) − 1 is
      // computed as (c/2^k p − q)/q, whose numerator is exact but for its last digits.
      const pHigh = half(pi);
      const inverse = 1 / qi;
      bits[0] = pi * inverse;
      const upper = words[UPPER]!;
      const k = (upper >> 20) - 1023;
      const j = (upper >> 12) & (SIZE - 1);
      const c = factor[j]! * powers[1100 - k]!;
      const r = (c * pHigh - qi + c * (pi - pHigh)) * inverse;
      const log = k * LN2_HIGH + minusLogHigh[j]!;
      const last = minusLogLow[j]! + k * LN2_LOW + (r + logTail(r));
      term = pHigh * log;
      rest = (pi - pHigh) * log + pi * last;
    } else {
      term = relativeEntropyTerm(pi, qi);
      rest = low[0]!;
    }
    // Knuth's sum, twice: where the first terms cancel, the second ones are all there is
    const partly = total + term;
    const a = partly - total;
    const next = partly + rest;
    const b = next - partly;
    lost += total - (partly - a) + (term - a) + (partly - (next - b) + (rest - b));
    total = next;
  }
  if (!(isOne(pTotal) && isOne(qTotal))) checkPair("klDivergence", p, q);
  return impossible ? Infinity : total + lost;
}

/**
 * Jensen–Shannon divergence `½ D(p‖m) + ½ D(q‖m)` with `m = (p + q)/2`: how far two distributions are from their mean.
 *
 * Symmetric, and finite whatever the supports. Its square root is a metric (Endres & Schindelin 2003).
 *
 * @param p - distribution, shape `[V]`, sums to 1
 * @param q - distribution, shape `[V]`, sums to 1
 * @returns nats, in `[0, log 2]`; 0 iff `p = q`, log 2 iff no outcome is possible under both
 * @throws RangeError if a shape, sign or sum is wrong
 * @see klDivergence, which is not symmetric and may be infinite
 * @example jsDivergence([1, 0], [0, 1]) // 0.693147
 */
export function jsDivergence(p: Vector, q: Vector): number {
  checkPair("jsDivergence", p, q);
  const total = new CompensatedSum();
  for (let i = 0; i < p.length; i++) {
    const more = Math.max(p[i]!, q[i]!);
    const less = Math.min(p[i]!, q[i]!);
    if (more === 0) continue;
    const both = more + less; // 2m
    const s = (more - less) / both; // p/m and q/m are 1 + s and 1 − s
    if (s < 0.5) total.add(symmetricSecondOrder(more, less, s));
    else {
      total.add(relativeEntropyTerm(more / 2, both / 4));
      total.add(low[0]!);
      if (less > 0) {
        total.add(relativeEntropyTerm(less / 2, both / 4));
        total.add(low[0]!);
      }
      total.add((both - more - less) / 2); // what rounding took from m, to first order
    }
  }
  return total.value;
}

/**
 * `½ p log(p/m) + ½ q log(q/m) = (m/2) [(1 + s) log(1 + s) + (1 − s) log(1 − s)] = (m/2) Σₖ s²ᵏ/(k(2k − 1))` for
 * `0 ≤ s = |p − q|/2m < 1/2`.
 */
function symmetricSecondOrder(more: number, less: number, s: number): number {
  const w = s * s; // w < 1/4, so 24 terms reach 2⁻⁵³
  let series = 0;
  for (let k = 24; k >= 1; k--) series = series * w + 1 / (k * (2 * k - 1));
  return ((more - less) * s * series) / 4;
}

/**
 * Total variation distance `½ Σᵢ |pᵢ − qᵢ|`: the largest difference in probability that any event can have.
 *
 * Pinsker's inequality bounds it: `2 · totalVariation(p, q)² ≤ klDivergence(p, q)`.
 *
 * @param p - distribution, shape `[V]`, sums to 1
 * @param q - distribution, shape `[V]`, sums to 1
 * @returns a probability, in `[0, 1]`
 * @throws RangeError if a shape, sign or sum is wrong
 * @see klDivergence, in nats and not symmetric
 * @example totalVariation([0.7, 0.2, 0.1], [0.5, 0.3, 0.2]) // 0.2
 */
export function totalVariation(p: Vector, q: Vector): number {
  checkPair("totalVariation", p, q);
  const total = new CompensatedSum();
  for (let i = 0; i < p.length; i++) total.add(Math.abs(p[i]! - q[i]!));
  return total.value / 2;
}
