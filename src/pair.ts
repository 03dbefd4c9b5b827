// Numbers as an unevaluated sum of two float64, high + low, good for about 62 binary digits: enough to round a softmax,
// a loss or a gradient once, at its very end. JavaScript functions return one number, so `high` is the result and `low`
// is left in `low[0]`: read it at once, the next call overwrites it. This file is internal.

export const low = new Float64Array(1);

/**
 * Writes 2^(j/N) for j = 0 … N − 1, N = 2^k the length of `high`, with the low halves if wanted: k square roots of 2,
 * then products, in integers of 160 bits.
 */
export function powersOfTwo(high: Float64Array, lows: Float64Array | undefined): void {
  const BITS = 160n;
  let root = 2n << BITS;
  for (let n = high.length; n > 1; n /= 2) root = integerRoot(root << BITS);
  for (let j = 0, power = 1n << BITS; j < high.length; j++, power = (power * root) >> BITS) {
    high[j] = Number(power) * 2 ** -160;
    if (lows !== undefined) lows[j] = Number(power - BigInt(high[j]! * 2 ** 160)) * 2 ** -160;
  }
}

/** `⌊√x⌋` by Newton's method from above. */
function integerRoot(x: bigint): bigint {
  for (let r = 1n << BigInt((x.toString(2).length / 2 + 1) | 0); ; ) {
    const next = (r + x / r) >> 1n;
    if (next >= r) return r;
    r = next;
  }
}

const SIZE = 512;
export const tableHigh = new Float64Array(SIZE);
export const tableLow = new Float64Array(SIZE);
powersOfTwo(tableHigh, tableLow);

/** 2^k for k = −1100 … 1099 stands at k + 1100: `2 ** k` is slow. */
export const powers = Float64Array.from({ length: 2200 }, (_, i) => 2 ** (i - 1100));

export const INVERSE = SIZE / Math.LN2;
export const ROUND = 6755399441055744; // 1.5 · 2⁵²: adding and subtracting it rounds to an integer
// ln 2/512 as the sum of 33 bits, whose product with any n that occurs is exact, and the rest.
export const STEP_HIGH = Math.round((Math.LN2 / SIZE) * 2 ** 42) * 2 ** -42;
export const STEP_LOW = Math.LN2 / SIZE - STEP_HIGH + 2.3190468138462996e-17 / SIZE; // ln 2 − Math.LN2 is 2.319…e−17

/**
 * `e^(x + dx)` as a pair, for `|dx|` below an ulp of `x`. 0 below the smallest float64, `Infinity` above the largest.
 *
 * With n the multiple of ln 2/512 nearest to x and r what is left, the result is 2^(n/512) · (1 + (e^r − 1)): a table
 * entry, and a correction below 1/1400 of it, whose rounding errors therefore weigh little (Tang 1989, ACM TOMS 15(2)).
 */
export function expPair(x: number, dx: number): number {
  if (!(x > -745.2)) {
    low[0] = 0;
    return Number.isNaN(x) ? x : 0;
  }
  if (x > 709.79) {
    low[0] = 0;
    return Infinity;
  }
  const n = x * INVERSE + ROUND - ROUND;
  const j = n & (SIZE - 1);
  const k = (n - j) / SIZE;
  const r = x - n * STEP_HIGH - (n * STEP_LOW - dx);
  const rest = r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))));
  const start = tableHigh[j]!;
  const correction = tableLow[j]! + start * rest;
  const high = start + correction;
  if (k > -960 && k < 1023) {
    const scale = powers[k + 1100]!;
    low[0] = (correction - (high - start)) * scale;
    return high * scale;
  }
  low[0] = 0; // the low half would be subnormal; scaling in two steps rounds once
  return k > 0 ? high * 2 * powers[k + 1099]! : high * powers[k + 1700]! * powers[500]!;
}

/** `a + b` as a pair, exactly (Knuth 1969, TAOCP 2, §4.2.2). */
export function sumPair(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  low[0] = a - (s - t) + (b - t);
  return s;
}

/** The upper 26 digits of x, for `|x| < 2^996`: products of two such halves are exact (Dekker 1971). */
export function half(x: number): number {
  const c = 134217729 * x; // 2²⁷ + 1
  return c - (c - x);
}

/** `(a + da)/(b + db)` rounded once: the quotient's remainder is computed exactly and divided once more. */
export function dividePair(a: number, da: number, b: number, db: number): number {
  const q = a / b;
  const size = Math.abs(q);
  if (!(size > 1e-290 && size < 1e290)) {
    low[0] = 0;
    return q;
  }
  const correction = (remainder(a, q, b) + (da - q * db)) / b;
  const high = q + correction;
  low[0] = q - high + correction;
  return high;
}

/** `a − q·b` exactly, for q the rounded quotient a/b (Dekker 1971): each factor is split into halves of 26 digits. */
function remainder(a: number, q: number, b: number): number {
  const c = 134217729 * q; // 2²⁷ + 1
  const qHigh = c - (c - q);
  const qLow = q - qHigh;
  const d = 134217729 * b;
  const bHigh = d - (d - b);
  const bLow = b - bHigh;
  const product = q * b;
  return a - product - (qLow * bLow - (product - qHigh * bHigh - qLow * bHigh - qHigh * bLow));
}
