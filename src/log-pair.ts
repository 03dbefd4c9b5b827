// The natural logarithm as a pair, good for about 62 binary digits: see pair.ts. This file is internal.
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
import { low, powers } from "./pair";

/** `log(x + dx)` for a normal number `x > 0` and `|dx|` below an ulp of `x`, the low half in `low`. */
function logPair(x: number, dx: number): number {
  bits[0] = x;
  const upper = words[UPPER]!;
  const k = (upper >> 20) - 1023;
  const j = (upper >> 12) & (SIZE - 1);
  const scale = powers[1100 - k]!;
  const c = factor[j]!;
  const m = x * scale;
  const mHigh = m + 100663296 - 100663296; // 1.5 · 2²⁶: 27 digits, whose product with c is exact
  const a = mHigh * c - 1;
  const b = (m - mHigh + dx * scale) * c;
  const r = a + b;
  const big = k * LN2_HIGH + minusLogHigh[j]!; // 0, or at least twice as large as r
  const s = big + r;
  const rest = big - s + r + (logTail(r) + (b - (r - a) + (k * LN2_LOW + minusLogLow[j]!)));
  const high = s + rest;
  low[0] = s - high + rest;
  return high;
}

/** `log(1 + x)` as a pair for `x + dx >= 0`. */
export function log1pPair(x: number, dx: number): number {
  if (x < 1 / 128) {
    // x − x²/2 + x³/3 − … : all but the first term is below 1/256 of it
    const series =
      1 / 2 - x * (1 / 3 - x * (1 / 4 - x * (1 / 5 - x * (1 / 6 - x * (1 / 7 - x * (1 / 8 - x * (1 / 9)))))));
    const tail = dx - dx * x - x * x * series;
    const high = x + tail;
    low[0] = x - high + tail;
    return high;
  }
  if (!(x < Infinity)) {
    low[0] = 0; // Infinity or NaN
    return x;
  }
  const s = 1 + x;
  return logPair(s, (x < 1 ? 1 - s + x : x - s + 1) + dx);
}
