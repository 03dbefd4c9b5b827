// The loss of a row of logits with all options, step by step. This file is internal.
import { log1pPair } from "./log-pair";
import { type CrossEntropyOptions, coefficients, type Targets } from "./loss-targets";
import { dividePair, low, sumPair } from "./pair";
import type { Batch } from "./rows";
import { limitRow, minusLogProbability, probability, type RowSum, rowSum } from "./softmax";
import { CompensatedSum, productError } from "./sum";
import type { Vector } from "./validate";

/** `−log q_y`. */
function classLoss(z: Vector, at: number, y: number, { rest, restLow, max, argmax }: RowSum): number {
  const log = log1pPair(rest, restLow);
  if (Number.isNaN(rest) || y === argmax) return log;
  return minusLogProbability(z[at + y]!, max, log, low[0]!);
}

/** The loss and the gradient of one row after another. */
export class RowLoss {
  private readonly a: Float64Array;
  private readonly masked: Float64Array | undefined;
  /** For class indices without smoothing: the class, whose coefficient is the only one that is not 0. */
  private y = -1;
  private total = 1;
  private z: Vector = [];
  private at = 0;
  private sum: RowSum = { max: NaN, argmax: -1, rest: NaN, restLow: 0 };

  constructor(
    private readonly batch: Batch,
    private readonly targets: Targets,
    private readonly options: CrossEntropyOptions,
  ) {
    this.a = new Float64Array(batch.V);
    this.masked = options.mask === undefined ? undefined : new Float64Array(batch.V);
  }

  /** Goes to row b; false if it is to be skipped, unread. */
  move(b: number): boolean {
    const { targets, options, a, batch } = this;
    const { V } = batch;
    this.y = targets.hard === undefined || (options.labelSmoothing ?? 0) > 0 ? -1 : targets.hard[b]!;
    if (this.y >= 0) this.total = options.weight === undefined ? 1 : options.weight[this.y]!;
    else {
      if (!coefficients(targets, b, options, a)) return false;
      const total = new CompensatedSum();
      for (let k = 0; k < V; k++) total.add(a[k]!);
      this.total = total.value;
    }
    this.z = batch.row(b);
    this.at = batch.offset(b);
    const { mask } = options;
    if (this.masked !== undefined && mask !== undefined) {
      for (let k = 0; k < V; k++) this.masked[k] = mask[k] ? this.z[this.at + k]! : -Infinity;
      this.z = this.masked;
      this.at = 0;
    }
    this.sum = rowSum(this.z, this.at, V);
    if (options.limits === true && this.sum.max === Infinity) {
      this.z = limitRow(this.z, this.at, V);
      this.at = 0;
      this.sum = rowSum(this.z, 0, V);
    }
    return true;
  }

  /** `−Σₖ aₖ log qₖ = Σₖ aₖ (max − zₖ) + (Σₖ aₖ) log(1 + rest)`: no term is negative. */
  loss(): number {
    const { rest, restLow, max, argmax } = this.sum;
    if (Number.isNaN(rest)) return NaN;
    if (this.y >= 0) return this.total === 0 ? 0 : this.total * classLoss(this.z, this.at, this.y, this.sum); // 0 · Infinity is 0
    const log = log1pPair(rest, restLow);
    const logLow = low[0]!;
    const loss = new CompensatedSum();
    loss.addProduct(this.total, log);
    loss.add(this.total * logLow);
    for (let k = 0; k < this.a.length; k++) {
      const ak = this.a[k]!;
      if (ak === 0 || k === argmax) continue;
      const gap = sumPair(max, -this.z[this.at + k]!);
      if (gap === Infinity) return Infinity;
      const gapLow = low[0]!;
      loss.addProduct(ak, gap);
      loss.add(ak * gapLow);
    }
    return loss.value;
  }

  /** `((Σⱼ aⱼ) qₖ − aₖ)/D`. */
  gradient(k: number, D: number): number {
    const { sum, total } = this;
    if (Number.isNaN(sum.rest)) return NaN;
    if (total === 0) return 0;
    let high: number;
    if (k === this.y && k === sum.argmax) {
      // q − 1 = −rest/(1 + rest), without rounding q to 1
      const s = 1 + sum.rest;
      const sLow = (sum.rest < 1 ? 1 - s + sum.rest : sum.rest - s + 1) + sum.restLow;
      high = dividePair(-sum.rest, -sum.restLow, s, sLow);
    } else {
      high = probability(this.z, this.at, k, sum);
      if (k === this.y) high = subtract(high, 1);
    }
    if (this.y >= 0) {
      if (total !== 1) high = times(high, total);
    } else {
      if (total !== 1) high = times(high, total);
      high = subtract(high, this.a[k]!);
    }
    return D === 1 ? high : dividePair(high, low[0]!, D, 0);
  }
}

/** The pair (high, `low`) minus b; the low half in `low`. */
function subtract(high: number, b: number): number {
  const highLow = low[0]!;
  const d = sumPair(high, -b);
  const tail = low[0]! + highLow;
  const sum = d + tail;
  low[0] = d - sum + tail;
  return sum;
}

/** The pair (high, `low`) times b; the low half in `low`. */
function times(high: number, b: number): number {
  const product = high * b;
  low[0] = productError(high, b, product) + low[0]! * b;
  return product;
}
