// The natural logarithm as a pair, good for about 62 binary digits: see pair.ts. This file is internal.
import { low, powers } from "./pair";

// log x = k ln 2 + log m = k ln 2 − log c + log(c m), for m = x/2^k in [1, 2) and c a number of 12 digits near 1/m, so
// that r = c m − 1 is small, and exact when m is taken in two halves (Tang 1990, ACM TOMS 16(4)). c is 1 in the first
// interval and 1/2 in the last: on both sides of x = 1 the table adds nothing to r, and no digit of a small logarithm
// is lost.
const SIZE = 256;
const STEPS = 4096;
/** c, and −log c as the sum of a multiple of 2⁻⁴⁰ and the rest. */
const factor = new Float64Array(SIZE);
const minusLogHigh = new Float64Array(SIZE);
const minusLogLow = new Float64Array(SIZE);
const [LN2_HIGH, LN2_LOW] = fillTables();

/** Fills the tables and returns ln 2 as such a sum, in integers of 120 bits. */
function fillTables(): readonly [number, number] {
  const BITS = 120n;
  let n = STEPS;
  let sum = 0n; // −log(n/STEPS)
  /** Goes down to the next factor: log(n/next) = 2 artanh((n − next)/(n + next)). */
  const move = (next: number): void => {
    const d = BigInt(n - next);
    const s = BigInt(n + next);
    let power = (d << (BITS + 1n)) / s;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += power / k;
      power = (power * d * d) / (s * s);
    }
    n = next;
  };
  const halves = (): readonly [number, number] => {
    const high = Number((sum + (1n << 79n)) >> 80n); // in steps of 2⁻⁴⁰: times k, |k| < 1100, it is exact
    return [high * 2 ** -40, Number(sum - (BigInt(high) << 80n)) * 2 ** -120];
  };
  for (let j = 0; j < SIZE; j++) {
    const middle = Math.round(STEPS / (1 + (j + 0.5) / SIZE));
    move(j === 0 ? STEPS : j === SIZE - 1 ? STEPS / 2 : middle);
    factor[j] = n / STEPS;
    [minusLogHigh[j], minusLogLow[j]] = halves() as [number, number];
  }
  return halves();
}

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);
/** Which of the two words of a float64 has the exponent: on nearly all machines the second. */
const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

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
  const tail =
    r * r * (-1 / 2 + r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 + r * (-1 / 8)))))));
  const big = k * LN2_HIGH + minusLogHigh[j]!; // 0, or at least twice as large as r
  const s = big + r;
  const rest = big - s + r + (tail + (b - (r - a) + (k * LN2_LOW + minusLogLow[j]!)));
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
