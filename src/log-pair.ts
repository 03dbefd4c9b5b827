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

/** `log(1 + x + dx)` as a pair, for `x + dx >= 0` and `|dx|` below an ulp of `x`. log-table.ts explains the steps. */
export function log1pPair(x: number, dx: number): number {
  if (!(x < Infinity)) {
    low[0] = 0; // Infinity or NaN
    return x;
  }
  const sum = 1 + x;
  const rounded = sum - 1;
  const lost = 1 - (sum - rounded) + (x - rounded); // without a branch on which is larger (Knuth)
  bits[0] = sum;
  const upper = words[UPPER]!;
  const k = (upper >> 20) - 1023;
  const j = (upper >> 12) & (SIZE - 1);
  const scale = powers[1100 - k]!;
  const c = factor[j]!;
  const m = sum * scale;
  const mHigh = m + 100663296 - 100663296; // 1.5 · 2²⁶: 27 digits, whose product with c is exact
  const a = mHigh * c - 1;
  const b = (m - mHigh + lost * scale) * c;
  const r = a + b;
  const big = k * LN2_HIGH + minusLogHigh[j]!; // 0, or at least twice as large as r
  const s = big + r;
  const rest = big - s + r + (logTail(r) + (b - (r - a) + dx * scale * c + (k * LN2_LOW + minusLogLow[j]!)));
  const high = s + rest;
  low[0] = s - high + rest;
  return high;
}
