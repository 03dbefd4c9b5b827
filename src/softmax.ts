import { EXPONENTIALS, LOGARITHMS, LOSS_ONLY, runBulk } from "./bulk/run";
import { logSumExpNearZero } from "./fixed-point";
import { log1pPair } from "./log-pair";
import { dividePair, expPair, low, sumPair } from "./pair";
import { plainSoftmax } from "./plain-row";
import {
  type Batch,
  checkLogits,
  checkOptions,
  destination,
  type Logits,
  type Output,
  type RowOptions,
  writeRows,
} from "./rows";
import type { Matrix, Vector } from "./validate";

/**
 * What one pass over a row of logits finds: the largest logit, its index, and the others' `Σ e^(z − max)` as a pair.
 *
 * Keeping the winner's own 1 out of the sum is what keeps the digits of a confident prediction: its loss is
 * `log1p(rest)`, where `log(1 + rest)` would round `1 + rest` to 1. Internal.
 */
export interface RowSum {
  readonly max: number;
  readonly argmax: number;
  /** NaN if the row has no softmax: a NaN, a +Infinity, or nothing but −Infinity. */
  readonly rest: number;
  readonly restLow: number;
}

/** Internal. */
export function rowSum(z: Vector, at: number, V: number): RowSum {
  let max = -Infinity;
  let argmax = -1;
  for (let i = 0; i < V; i++) {
    const x = z[at + i]!;
    if (x > max) {
      max = x;
      argmax = i;
    } else if (Number.isNaN(x)) return { max: NaN, argmax: -1, rest: NaN, restLow: 0 };
  }
  if (max === -Infinity || max === Infinity) return { max, argmax, rest: NaN, restLow: 0 };
  let total = 0;
  let lost = 0;
  for (let i = 0; i < V; i++) {
    if (i === argmax) continue;
    const x = z[at + i]!;
    const d = x - max; // at most 0: exp cannot overflow (D12; Blanchard, Higham & Higham 2021, §2)
    if (d < -745.2) continue;
    const t = d - x;
    const e = expPair(d, x - (d - t) - (max + t)); // with what rounding took from x − max
    // Knuth's sum: what this addition rounds away goes into `lost`, with the low half of e
    const next = total + e;
    const part = next - total;
    lost += total - (next - part) + (e - part) + low[0]!;
    total = next;
  }
  const rest = total + lost;
  return { max, argmax, rest, restLow: total - rest + lost };
}

/** The limit of a row whose largest logit is +Infinity: 0 there and −Infinity elsewhere. Internal. */
export function limitRow(z: Vector, at: number, V: number): Vector {
  return Float64Array.from({ length: V }, (_, i) => (z[at + i] === Infinity ? 0 : -Infinity));
}

/** Calls `use` with the row and its sum, the row replaced by its limit if that is wanted and there is one. Internal. */
function withSum(
  batch: Batch,
  b: number,
  limits: boolean | undefined,
  use: (z: Vector, at: number, sum: RowSum) => void,
): void {
  const z = batch.row(b);
  const at = batch.offset(b);
  const sum = rowSum(z, at, batch.V);
  if (limits === true && sum.max === Infinity) {
    const limit = limitRow(z, at, batch.V);
    use(limit, 0, rowSum(limit, 0, batch.V));
  } else use(z, at, sum);
}

/**
 * `log Σᵢ exp(zᵢ)`, the logarithm of the sum that softmax divides by, without overflow or underflow. Its gradient is
 * `softmax(z)`. Within 0.51 ulp; within 2 where the result is near 0 while the logits are
 * not (log-probabilities), for up to 1,024 classes.
 *
 * A logit of −Infinity adds nothing; all −Infinity gives −Infinity, a +Infinity gives Infinity, a NaN gives NaN.
 *
 * @param z - logits, shape `[V]` or `[B, V]`; flat rows with `options.classes`
 * @param options - `classes`
 * @returns nats, in `[max(z), max(z) + log V]`; for rows one number each, shape `[B]`
 * @throws TypeError, RangeError if `z` is no array of numbers, or its rows differ in length
 * @see D12
 * @example logSumExp([1000, 1001, 999]) // 1001.41
 */
export function logSumExp(z: Matrix, options?: Pick<RowOptions, "classes">): number[];
export function logSumExp(z: Vector, options: { readonly classes: number }): number[];
export function logSumExp(z: Vector, options?: Record<string, never>): number;
export function logSumExp(z: Logits, options: Pick<RowOptions, "classes"> = {}): number | number[] {
  checkOptions("logSumExp", options);
  const batch = checkLogits("logSumExp", "z", z, options.classes);
  if (!batch.many) return rowLogSumExp(batch.flat!, 0, batch.V);
  const slow = (b: number) => rowLogSumExp(batch.row(b), batch.offset(b), batch.V);
  return Array.from(
    runBulk(batch, { mode: LOSS_ONLY, slow }) ?? Array.from({ length: batch.B }, (_, b) => slow(b)),
  );
}

function rowLogSumExp(z: Vector, at: number, V: number): number {
  const { max, rest, restLow } = rowSum(z, at, V);
  if (Number.isNaN(rest)) return max;
  const log = log1pPair(rest, restLow);
  const logLow = low[0]!;
  const high = sumPair(max, log);
  const sum = high + (low[0]! + logLow);
  // Log-probabilities: the sum is about 1, max and log cancel, and with them the digits of both.
  const cancels = Math.abs(sum) < 2 ** -8 * Math.abs(max) && Math.abs(max) > 2 ** -90;
  return cancels && V <= 1024 ? logSumExpNearZero(z, at, V) : sum;
}

/**
 * Softmax `qᵢ = exp(zᵢ)/Σⱼ exp(zⱼ)`: the distribution whose log-probabilities differ as the logits do.
 *
 * A class with logit −Infinity has probability 0. Where the sum has no value (a NaN, a +Infinity, all −Infinity) the
 * row is NaN; `limits: true` puts all probability on the +Infinity instead. Each entry within 0.51 ulp, below 1e-307
 * within 0.75 of the smallest float64.
 *
 * @param z - logits, shape `[V]` or `[B, V]`; flat rows with `options.classes`
 * @param options - `classes`, `out`, `limits`
 * @returns distributions in the shape and kind of `z`; unchanged if a constant is added to a row
 * @throws TypeError, RangeError if `z` is no array of numbers, or a length is wrong
 * @see D12, D13 — and `logSoftmax`, for losses: `log(softmax(z))` is −Infinity at a gap of 746
 * @example softmax([1000, 1001, 999]) // [0.244728, 0.665241, 0.0900306]
 */
export function softmax<T extends Output>(z: Logits, options: RowOptions & { readonly out: T }): T;
export function softmax(z: Matrix, options?: RowOptions): number[][];
export function softmax(z: Float64Array, options?: RowOptions): Float64Array;
export function softmax(z: Float32Array, options?: RowOptions): Float32Array;
export function softmax(z: Vector, options?: RowOptions): number[];
export function softmax(z: Logits, options: RowOptions = {}): unknown {
  checkOptions("softmax", options);
  const batch = checkLogits("softmax", "z", z, options.classes);
  return mapBulk("softmax", batch, options.out, EXPONENTIALS, (b, into, at) => {
    if (plainSoftmax(batch.row(b), batch.offset(b), batch.V, into, at)) return;
    withSum(batch, b, options.limits, (row, from, sum) => {
      for (let i = 0; i < batch.V; i++) into[at + i] = probability(row, from, i, sum);
    });
  });
}

/** `mapRows`, by a kernel where the batch is large. */
function mapBulk(
  where: string,
  batch: Batch,
  out: Output | undefined,
  mode: 1 | 2,
  write: (b: number, into: Output, at: number) => void,
): Output | Output[] {
  const to = destination(where, batch, out);
  const slow = (b: number, into: Output, at: number) => {
    write(b, into, at);
    return 0;
  };
  const { flat, rows } = to;
  if (runBulk(batch, { mode, flat, rows, slow }) === undefined) writeRows(batch, to, write);
  return to.result;
}

/** Softmax's entry i, rounded once, with its low half in `low`. Internal. */
export function probability(
  z: Vector,
  at: number,
  i: number,
  { max, argmax, rest, restLow }: RowSum,
): number {
  if (Number.isNaN(rest)) return NaN;
  const s = 1 + rest;
  const sLow = (rest < 1 ? 1 - s + rest : rest - s + 1) + restLow;
  if (i === argmax) return dividePair(1, 0, s, sLow);
  const x = z[at + i]!;
  const d = x - max;
  low[0] = 0;
  if (d < -760) return 0; // s is at most V < 2³², so this far below nothing is left
  const t = d - x;
  const dLow = x - (d - t) - (max + t);
  if (d > -660) {
    const e = expPair(d, dLow);
    return dividePair(e, low[0]!, s, sLow);
  }
  // Near the smallest float64 a division would round an already rounded number: subtract the logarithm instead.
  const log = log1pPair(rest, restLow);
  const logLow = low[0]!;
  const high = sumPair(d, -log);
  return expPair(high, low[0]! + dLow - logLow);
}

/**
 * Log-softmax `log qᵢ = zᵢ − log Σⱼ exp(zⱼ)`, from the logits directly: finite wherever the logits are.
 *
 * −Infinity for a logit of −Infinity; NaN where `softmax` is NaN. Each entry within 0.51 ulp, also the winner's when it
 * is as small as 1e-300.
 *
 * @param z - logits, shape `[V]` or `[B, V]`; flat rows with `options.classes`
 * @param options - `classes`, `out`, `limits`
 * @returns log-probabilities in nats, <= 0, in the shape and kind of `z`
 * @throws TypeError, RangeError if `z` is no array of numbers, or a length is wrong
 * @see D12 — and `softmax`
 * @example logSoftmax([0, -800]) // [0, -800]
 */
export function logSoftmax<T extends Output>(z: Logits, options: RowOptions & { readonly out: T }): T;
export function logSoftmax(z: Matrix, options?: RowOptions): number[][];
export function logSoftmax(z: Float64Array, options?: RowOptions): Float64Array;
export function logSoftmax(z: Float32Array, options?: RowOptions): Float32Array;
export function logSoftmax(z: Vector, options?: RowOptions): number[];
export function logSoftmax(z: Logits, options: RowOptions = {}): unknown {
  checkOptions("logSoftmax", options);
  const batch = checkLogits("logSoftmax", "z", z, options.classes);
  return mapBulk("logSoftmax", batch, options.out, LOGARITHMS, (b, into, at) =>
    withSum(batch, b, options.limits, (row, from, sum) => {
      const log = log1pPair(sum.rest, sum.restLow);
      const logLow = low[0]!;
      for (let i = 0; i < batch.V; i++) {
        if (Number.isNaN(sum.rest)) into[at + i] = NaN;
        else if (i === sum.argmax) into[at + i] = 0 - log;
        else into[at + i] = 0 - minusLogProbability(row[from + i]!, sum.max, log, logLow);
      }
    }),
  );
}

/** `(max − z) + log`, rounded once, with its low half in `low`: the loss at a class other than the winner. Internal. */
export function minusLogProbability(z: number, max: number, log: number, logLow: number): number {
  const gap = sumPair(max, -z);
  if (gap === Infinity) {
    low[0] = 0;
    return gap;
  }
  const gapLow = low[0]!;
  const high = sumPair(gap, log);
  const tail = low[0]! + (gapLow + logLow);
  const sum = high + tail;
  low[0] = high - sum + tail;
  return sum;
}
