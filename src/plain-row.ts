// One row of logits, without options: small rows come by the million, so this is written without objects or calls in
// its loops. The row is shifted by the logit of one class c, not by the largest: one pass is enough, and with the logits
// within 300 of each other nothing overflows. The steps are those of expPair and dividePair (pair.ts), where each is
// explained. A row that is not plain is left to rowSum (softmax.ts). This file is internal.
import { log1pPair } from "./log-pair";
import {
  dividePair,
  half,
  INVERSE,
  low,
  powers,
  ROUND,
  STEP_HIGH,
  STEP_LOW,
  tableHigh,
  tableLow,
} from "./pair";
import type { Output } from "./rows";
import { productError } from "./sum";
import type { Vector } from "./validate";

/** Of the last row: the low half of its sum. */
const sumLow = new Float64Array(1);
/** Of the last row: each `e^(z − z_c)` and its low half. */
let exponentials = new Float64Array(128);

/**
 * `Σ e^(z − z_c)` over the others of the `V` logits from `z[at]` on, its low half in `sumLow`; with `keep` also each
 * term in `exponentials`. −1 if an entry is no finite number, or 300 or more away from `z_c`.
 */
function plainSum(z: Vector, at: number, V: number, c: number, keep: boolean): number {
  if (keep && exponentials.length < 2 * V) exponentials = new Float64Array(2 * V);
  const kept = exponentials;
  const zc = z[at + c]!;
  if (typeof zc !== "number") return -1;
  let total = 0;
  let lost = 0;
  for (let i = 0; i < V; i++) {
    if (i === c) continue;
    const x = z[at + i]!;
    if (typeof x !== "number") return -1;
    const d = x - zc;
    if (!(d > -300 && d < 300)) return -1; // also for NaN
    const a = d - x;
    const n = d * INVERSE + ROUND - ROUND;
    const whole = n | 0;
    const r = d - n * STEP_HIGH - (n * STEP_LOW - (x - (d - a) - (zc + a)));
    const start = tableHigh[whole & 511]!;
    const scale = powers[(whole >> 9) + 1100]!;
    const correction =
      tableLow[whole & 511]! + start * (r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
    const e = start + correction;
    const term = e * scale;
    const termLow = (correction - (e - start)) * scale;
    if (keep) {
      kept[2 * i] = term;
      kept[2 * i + 1] = termLow;
    }
    const next = total + term;
    const part = next - total;
    lost += total - (next - part) + (term - part) + termLow;
    total = next;
  }
  const rest = total + lost;
  sumLow[0] = total - rest + lost;
  return rest;
}

/** `−log softmax(z)_y` within 0.51 ulp; −1 if the row or y is not plain. */
export function plainLoss(z: Vector, at: number, V: number, y: number): number {
  if (!(y >= 0 && y < V && y === (y | 0))) return -1;
  const rest = plainSum(z, at, V, y, false);
  return rest < 0 ? -1 : log1pPair(rest, sumLow[0]!);
}

/**
 * Writes `softmax(z)/D` for the row that was summed last. Multiplying by a rounded 1/(s D) leaves a remainder, which is
 * computed exactly and multiplied once more: each entry is rounded once.
 */
function writeSoftmax(V: number, c: number, rest: number, D: number, into: Output, to: number): void {
  const one = 1 + rest;
  const rounded = one - 1;
  const oneLow = 1 - (one - rounded) + (rest - rounded) + sumLow[0]!;
  const s = one * D;
  const sLow = D === 1 ? oneLow : productError(one, D, s) + oneLow * D;
  const inverse = 1 / s;
  const sHigh = half(s);
  const sRest = s - sHigh;
  const kept = exponentials;
  kept[2 * c] = 1;
  kept[2 * c + 1] = 0;
  for (let k = 0; k < V; k++) {
    const e = kept[2 * k]!;
    const q = e * inverse;
    const g = 134217729 * q;
    const qHigh = g - (g - q);
    const qRest = q - qHigh;
    const product = q * s;
    const error = qRest * sRest - (product - qHigh * sHigh - qRest * sHigh - qHigh * sRest);
    into[to + k] = q + (e - product - error + (kept[2 * k + 1]! - q * sLow)) * inverse;
  }
}

/** Writes `softmax(z)` from `into[to]` on, each entry within 0.51 ulp; false if the row is not plain. */
export function plainSoftmax(z: Vector, at: number, V: number, into: Output, to: number): boolean {
  const rest = plainSum(z, at, V, 0, true);
  if (rest < 0) return false;
  writeSoftmax(V, 0, rest, 1, into, to);
  return true;
}

/** `plainLoss`, and `(softmax(z) − t)/D` from `into[to]` on, t being 1 at y and 0 elsewhere. */
export function plainGradient(
  z: Vector,
  at: number,
  V: number,
  y: number,
  D: number,
  into: Output,
  to: number,
): number {
  if (!(y >= 0 && y < V && y === (y | 0))) return -1;
  const rest = plainSum(z, at, V, y, true);
  if (rest < 0) return -1;
  writeSoftmax(V, y, rest, D, into, to);
  // q − 1 = −rest/(1 + rest), without rounding q to 1
  const restLow = sumLow[0]!;
  const s = 1 + rest;
  const rounded = s - 1;
  const sLow = 1 - (s - rounded) + (rest - rounded) + restLow;
  const high = dividePair(-rest, -restLow, s, sLow);
  into[to + y] = D === 1 ? high : dividePair(high, low[0]!, D, 0);
  return log1pPair(rest, restLow);
}
