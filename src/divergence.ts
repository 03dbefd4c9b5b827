import { half, low } from "./pair";
import { CompensatedSum, productError } from "./sum";
import { checkDistribution, checkSameLength, type Vector } from "./validate";

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
 * `p log(p/q) − (p − q)` for `s = (p − q)/(p + q)`, `|s| ≤ 1/3`: positive, about `(p − q)²/2q`.
 *
 * `log(p/q) = 2 artanh s`, and the terms of first order, which would cancel, drop out:
 * `(p − q) s [1 + (1 + s)(s/3 + s³/5 + s⁵/7 + …)]`. 17 terms reach 2⁻⁵³; the even and the odd ones are added side by side.
 */
function secondOrder(difference: number, s: number): number {
  const w = s * s;
  const v = w * w;
  const even =
    1 / 3 +
    v *
      (1 / 7 +
        v *
          (1 / 11 + v * (1 / 15 + v * (1 / 19 + v * (1 / 23 + v * (1 / 27 + v * (1 / 31 + v * (1 / 35))))))));
  const odd =
    1 / 5 +
    v * (1 / 9 + v * (1 / 13 + v * (1 / 17 + v * (1 / 21 + v * (1 / 25 + v * (1 / 29 + v * (1 / 33)))))));
  return difference * s * (1 + (1 + s) * s * (even + w * odd));
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
  checkPair("klDivergence", p, q);
  let total = 0;
  let lost = 0;
  for (let i = 0; i < p.length; i++) {
    const pi = p[i]!;
    const qi = q[i]!;
    if (pi === 0) continue;
    if (qi === 0) return Infinity;
    // Within a factor of 2 the difference is exact (Sterbenz), and over all i the differences nearly cancel; what is
    // left are positive terms of second order.
    const near = pi >= qi / 2 && pi <= 2 * qi;
    const term = near ? pi - qi : relativeEntropyTerm(pi, qi);
    const second = near ? secondOrder(term, term / (pi + qi)) : low[0]!;
    // Knuth's sum, twice: where the first terms cancel, the second ones are all there is
    const partly = total + term;
    const a = partly - total;
    const next = partly + second;
    const b = next - partly;
    lost += total - (partly - a) + (term - a) + (partly - (next - b) + (second - b));
    total = next;
  }
  return total + lost;
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
