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
import { half, powers } from "./pair";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkNumber,
  checkProbability,
  checkSameLength,
  isOne,
  probabilityEntry,
  rangeError,
  type Vector,
} from "./validate";

const SMALLEST_NORMAL = 2 ** -1022;

/**
 * `−log p`, for `p` already checked to lie in `[0, 1]`. Internal.
 *
 * Above 1/2, `p − 1` is exact (Sterbenz), and log1p keeps every digit of a small surprise. `0 −` turns −0 into 0.
 */
export function minusLog(p: number): number {
  return 0 - (p > 0.5 ? Math.log1p(p - 1) : Math.log(p));
}

/**
 * Surprisal `I(p) = −log p`: how surprising an outcome of probability `p` is when it happens.
 *
 * A certain outcome has surprisal 0; an impossible one, `p = 0`, has surprisal `Infinity`.
 *
 * @param p - probability of the outcome that happened, in `[0, 1]`
 * @returns nats, in `[0, Infinity]`
 * @throws RangeError if `p` is not in `[0, 1]`
 * @see D1 — and `entropy`, its mean under the distribution itself
 * @example surprisal(0.01) // 4.60517
 */
export function surprisal(p: number): number {
  checkProbability("surprisal", "p", p);
  return minusLog(p);
}

/**
 * `−Σᵢ pᵢ log qᵢ`, in one pass: the distributions are checked on the way, and the logarithm stands in the loop
 * (log-table.ts explains it), because engines do not copy so long a function into it.
 */
function meanSurprisal(where: string, p: Vector, q: Vector): number {
  let total = 0;
  let lost = 0;
  let pTotal = 0;
  let qTotal = 0;
  let impossible = false;
  for (let i = 0; i < p.length; i++) {
    const pi = probabilityEntry(where, "p", p, i);
    const qi = q === p ? pi : probabilityEntry(where, "q", q, i);
    pTotal += pi;
    qTotal += qi;
    if (pi === 0) continue; // outcomes that p never produces are never scored: 0 · log 0 = 0
    if (qi === 0) {
      impossible = true;
      continue;
    }
    // log q = log + rest, where log has 26 digits
    const normal = qi < SMALLEST_NORMAL ? qi * 2 ** 54 : qi;
    bits[0] = normal;
    const upper = words[UPPER]!;
    const exponent = (upper >> 20) - 1023;
    const j = (upper >> 12) & (SIZE - 1);
    const c = factor[j]!;
    const m = normal * powers[1100 - exponent]!;
    const mHigh = m + 100663296 - 100663296;
    const r = mHigh * c - 1 + (m - mHigh) * c;
    const k = normal === qi ? exponent : exponent - 54;
    const log = k * LN2_HIGH + minusLogHigh[j]!;
    const rest = minusLogLow[j]! + k * LN2_LOW + (r + logTail(r));
    // p times that: the first product is exact, and the others weigh little
    const pHigh = half(pi);
    const term = pHigh * log;
    const next = total + term;
    const part = next - total;
    lost += total - (next - part) + (term - part) + ((pi - pHigh) * log + pi * rest);
    total = next;
  }
  if (!isOne(pTotal)) checkDistribution(where, "p", p);
  if (!isOne(qTotal)) checkDistribution(where, "q", q);
  return impossible ? Infinity : 0 - (total + lost);
}

/**
 * Entropy `H(p) = −Σᵢ pᵢ log pᵢ`: the mean surprise of someone who predicts with the true distribution.
 *
 * A term with `p[i] = 0` is 0, the limit of `x log x`. Within 1 ulp for ordinary vectors.
 *
 * @param p - distribution, shape `[V]`, sums to 1
 * @returns nats, in `[0, log V]`: 0 for a certain outcome, `log V` for the uniform distribution
 * @throws RangeError if a sign or the sum is wrong
 * @see D3 — and `crossEntropy`, the mean surprise of someone who predicts with another distribution
 * @example entropy([0.7, 0.2, 0.1]) // 0.801819
 */
export function entropy(p: Vector): number {
  checkArray("entropy", "p", p);
  return Math.max(0, meanSurprisal("entropy", p, p)); // an entry may exceed 1 by the tolerance of the sum
}

/**
 * Cross-entropy `H(p, q) = −Σᵢ pᵢ log qᵢ`: the mean surprise when outcomes follow `p` but are predicted by `q`.
 *
 * A term with `p[i] = 0` is 0 whatever `q[i]` is; `p[i] > 0` with `q[i] = 0` makes the result `Infinity`, and
 * nothing is clipped to hide it. Not symmetric: the true distribution comes first.
 *
 * @param p - true distribution, shape `[V]`, sums to 1
 * @param q - model distribution, shape `[V]`, sums to 1
 * @returns nats, in `[entropy(p), Infinity]`; equal to `entropy(p)` iff `p = q`
 * @throws RangeError if a shape, sign or sum is wrong
 * @see D5 — and `klDivergence`, which subtracts `entropy(p)`
 * @example crossEntropy([0.5, 0.5], [0.25, 0.75]) // 0.836988
 */
export function crossEntropy(p: Vector, q: Vector): number {
  checkArray("crossEntropy", "p", p);
  checkArray("crossEntropy", "q", q);
  checkSameLength("crossEntropy", "p", p, "q", q);
  return meanSurprisal("crossEntropy", p, q);
}

/**
 * Cross-entropy with a one-hot target, `H(δ_c, q) = −log q_c`: the loss when class `c` happened.
 *
 * Only `0 ≤ q[i] ≤ 1` is checked, not the sum: a rounded vector such as (.333, .333, .333) is scored as it stands.
 *
 * @param c - index of the class that happened, an integer in `[0, V − 1]`
 * @param q - model distribution, shape `[V]`
 * @returns nats, in `[0, Infinity]`; the other entries of `q` do not matter
 * @throws RangeError if `c` is no index of `q`, or an entry is outside `[0, 1]`
 * @see crossEntropy, which takes a whole target distribution
 * @example oneHotCrossEntropy(2, [0.1, 0.2, 0.6, 0.1]) // 0.510826
 */
export function oneHotCrossEntropy(c: number, q: Vector): number {
  checkArray("oneHotCrossEntropy", "q", q);
  for (let i = 0; i < q.length; i++) checkProbability("oneHotCrossEntropy", `q[${i}]`, q[i]);
  checkInteger("oneHotCrossEntropy", "c", c, 0, q.length - 1);
  return minusLog(q[c]!);
}

/**
 * Perplexity `e^H`: the number of equally likely choices that would be as surprising on average.
 *
 * @param nats - a mean loss, cross-entropy or entropy in nats; NaN stays NaN
 * @returns a number of choices, without unit; `perplexity(entropy(uniform(V)))` is `V`
 * @throws RangeError if `nats` is negative (a mean over discrete outcomes never is)
 * @see D21 — and `toBits`, which shows the same loss on the logarithmic scale
 * @example perplexity(Math.log(50)) // 50
 */
export function perplexity(nats: number): number {
  checkNumber("perplexity", "nats", nats);
  if (nats < 0) throw rangeError("perplexity", "nats", "be >= 0", nats);
  return Math.exp(nats);
}
