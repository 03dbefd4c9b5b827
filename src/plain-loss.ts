// The loss of one row at one class, in one function without calls or objects: small losses are computed by the million.
// The same steps as rowSum (softmax.ts), expPair and sumPair (pair.ts), where each is explained. This file is internal.
import { INVERSE, log1pPair, low, powers, ROUND, STEP_HIGH, STEP_LOW, tableHigh, tableLow } from "./pair";
import type { Vector } from "./validate";

/**
 * `−log softmax(z)_y` within 0.51 ulp; −1 if the row or y is not plain: an entry that is no finite number, a gap of
 * more than 650, or a y that is no index. The caller then does it step by step.
 */
export function plainLoss(z: Vector, y: number): number {
  const V = z.length;
  if (!(y >= 0 && y < V && y === (y | 0))) return -1;
  let max = -Infinity;
  let argmax = 0;
  for (let i = 0; i < V; i++) {
    const x = z[i]!;
    if (typeof x !== "number") return -1;
    if (x > max) {
      max = x;
      argmax = i;
    }
  }
  let total = 0;
  let lost = 0;
  for (let i = 0; i < V; i++) {
    if (i === argmax) continue;
    const x = z[i]!;
    const d = x - max;
    if (!(d > -650)) return -1; // also for NaN, and for a maximum that is infinite
    const a = d - x;
    const n = d * INVERSE + ROUND - ROUND;
    const whole = n | 0;
    const r = d - n * STEP_HIGH - (n * STEP_LOW - (x - (d - a) - (max + a)));
    const start = tableHigh[whole & 511]!;
    const scale = powers[(whole >> 9) + 1100]!;
    const correction =
      tableLow[whole & 511]! + start * (r + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
    const e = start + correction;
    const term = e * scale;
    const next = total + term;
    const part = next - total;
    lost += total - (next - part) + (term - part) + (correction - (e - start)) * scale;
    total = next;
  }
  const rest = total + lost;
  const log = log1pPair(rest, total - rest + lost);
  if (y === argmax) return log;
  const x = z[y]!;
  const gap = max - x;
  const a = gap - max;
  const gapLow = max - (gap - a) - (x + a);
  const sum = gap + log;
  const b = sum - gap;
  return sum + (gap - (sum - b) + (log - b) + (gapLow + low[0]!));
}
