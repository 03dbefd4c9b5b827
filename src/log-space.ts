import { log1pPair } from "./log-pair";
import { dividePair, expPair, low, sumPair } from "./pair";
import { checkNumber } from "./validate";

/**
 * Softplus `log(1 + eˣ)`: minus the log-probability of "no" when x is the logit of "yes".
 *
 * The textbook form is `Infinity` for `x > 710` and 0 for `x < −37`; this one is right everywhere, within 0.51 ulp.
 *
 * @param x - any number; NaN stays NaN
 * @returns nats, in `[max(0, x), Infinity]`: about `eˣ` for very negative x, about `x` for large x
 * @see D11 — and `logSigmoid`, which is `−log1pExp(−x)`; Mächler 2012, "Accurately computing log(1 − exp(−|a|))"
 * @example log1pExp(-40) // 4.24835e-18
 */
export function log1pExp(x: number): number {
  checkNumber("log1pExp", "x", x);
  return softplus(x);
}

/** `log(1 + eˣ)` with its low half in `low`. Internal. */
export function softplus(x: number): number {
  if (Number.isNaN(x)) return x;
  const e = expPair(-Math.abs(x), 0);
  const log = log1pPair(e, low[0]!);
  if (!(x > 0)) return log;
  const logLow = low[0]!;
  const high = sumPair(x, log);
  if (high === Infinity) {
    low[0] = 0;
    return high;
  }
  const tail = low[0]! + logLow;
  const sum = high + tail;
  low[0] = high - sum + tail;
  return sum;
}

/**
 * `log(1 − eˣ)` for `x ≤ 0`: the log-probability that an event of log-probability x does not happen.
 *
 * Switches between `log(−expm1(x))` and `log1p(−exp(x))` at `−log 2`, where neither cancels.
 *
 * @param x - a log-probability, `x ≤ 0`
 * @returns nats, in `[−Infinity, 0]`: `−Infinity` at 0; NaN for `x > 0`, as for the logarithm of a negative number
 * @see log1pExp — and Mächler 2012
 * @example log1mExp(-1e-20) // -46.0517
 */
export function log1mExp(x: number): number {
  checkNumber("log1mExp", "x", x);
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/**
 * Sigmoid `σ(x) = 1/(1 + e⁻ˣ)`: the probability of "yes" from its logit. Within 0.51 ulp.
 *
 * @param x - logit, any number; NaN stays NaN
 * @returns a probability, in `[0, 1]`; `sigmoid(x) + sigmoid(−x)` is 1
 * @see D11 — and `logSigmoid`, which does not underflow
 * @example sigmoid(-800) // 0
 */
export function sigmoid(x: number): number {
  checkNumber("sigmoid", "x", x);
  return sigma(x);
}

/** `σ(x)` with its low half in `low`. Internal. */
export function sigma(x: number): number {
  if (Number.isNaN(x)) return x;
  const e = expPair(-Math.abs(x), 0);
  const eLow = low[0]!;
  if (e < 1e-290) {
    // the quotient would lose its low half; 1 + e is 1
    low[0] = 0;
    return x > 0 ? 1 : e;
  }
  const s = 1 + e;
  const sLow = 1 - s + e + eLow;
  return x > 0 ? dividePair(1, 0, s, sLow) : dividePair(e, eLow, s, sLow);
}

/**
 * `log σ(x) = −log(1 + e⁻ˣ)`: the log-probability of "yes" from its logit.
 *
 * @param x - logit, any number; NaN stays NaN
 * @returns nats, in `[−Infinity, 0]`; about `x` for very negative x
 * @see D11 — and `sigmoid`, whose logarithm is `−Infinity` from `x = −746` on
 * @example logSigmoid(-800) // -800
 */
export function logSigmoid(x: number): number {
  checkNumber("logSigmoid", "x", x);
  return 0 - softplus(-x);
}

/**
 * `x log y` with `0 · log 0 = 0`, as in SciPy: 0 if `x = 0`, whatever y is, unless y is NaN.
 *
 * @param x - a factor
 * @param y - a number >= 0; below 0 the logarithm is NaN
 * @returns `x log y`
 * @see xlog1py, for y near 1
 * @example xlogy(0, 0) // 0
 */
export function xlogy(x: number, y: number): number {
  checkNumber("xlogy", "x", x);
  checkNumber("xlogy", "y", y);
  return x === 0 && !Number.isNaN(y) ? 0 : x * Math.log(y);
}

/**
 * `x log(1 + y)` with `0 · log 0 = 0`: 0 if `x = 0`, whatever y is, unless y is NaN.
 *
 * @param x - a factor
 * @param y - a number >= −1
 * @returns `x log(1 + y)`, with all its digits for small y
 * @see xlogy
 * @example xlog1py(2, 1e-20) // 2e-20
 */
export function xlog1py(x: number, y: number): number {
  checkNumber("xlog1py", "x", x);
  checkNumber("xlog1py", "y", y);
  return x === 0 && !Number.isNaN(y) ? 0 : x * Math.log1p(y);
}
