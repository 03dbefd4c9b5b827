/**
 * Truth by other routes than an answer would take: 50-digit decimals (decimal.js is mathjs's BigNumber without the
 * rest of mathjs, which takes a quarter of a second to load), dual numbers for derivatives.
 */
import Decimal from "decimal.js";
import { FIXED_BITS, fastExp, fastLog } from "./logarithm";

export const Big = Decimal.clone({ precision: 50, toExpNeg: -9e15, toExpPos: 9e15, maxE: 9e15, minE: -9e15 });
export type Big = Decimal;

const powers = new Map<number, Big>();
function powerOfTwo(exponent: number): Big {
  const power = powers.get(exponent) ?? new Big(2).pow(exponent);
  powers.set(exponent, power);
  return power;
}

// decimal.js shares one prototype among all its kinds of number: ours gets one of its own, with two quicker functions
const theirs = Big.prototype as Big;
const scaled = (digits: string, twos = 0): Big => new Big(digits).times(powerOfTwo(twos - FIXED_BITS));
Object.defineProperty(Big, "prototype", {
  value: Object.assign(Object.create(theirs), {
    ln(this: Big): Big {
      return fastLog(this, scaled) ?? theirs.ln.call(this);
    },
    exp(this: Big): Big {
      return fastExp(this, scaled) ?? theirs.exp.call(this);
    },
  }),
});

const bits = new DataView(new ArrayBuffer(8));

/**
 * A number as a decimal, exactly. decimal.js itself takes a number for its shortest text, which is another number:
 * at 2^49 they differ by hundredths.
 */
export function big(x: Decimal.Value): Big {
  if (typeof x !== "number" || Number.isInteger(x) || !Number.isFinite(x)) return new Big(x);
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const mantissa = (high & 0xfffff) * 2 ** 32 + bits.getUint32(4) + (biased === 0 ? 0 : 2 ** 52);
  const exponent = Math.max(biased, 1) - 1075;
  return powerOfTwo(exponent).times(x < 0 ? -mantissa : mantissa);
}
export const sum = (terms: readonly Big[]): Big => terms.reduce((total, t) => total.plus(t), big(0));

/** `−p·log q` with the limits `0·log q = 0` and `−p·log 0 = ∞` */
export function cost(p: Decimal.Value, q: Decimal.Value): Big {
  const [bp, bq] = [big(p), big(q)];
  if (bp.isZero()) return big(0);
  return bq.isZero() ? big(Number.POSITIVE_INFINITY) : bp.times(bq.ln()).neg();
}

export const bigCrossEntropy = (p: readonly number[], q: readonly number[]): Big =>
  sum(p.map((pi, i) => cost(pi, q[i]!)));
export const bigEntropy = (p: readonly number[]): Big => bigCrossEntropy(p, p);
export function bigKl(p: readonly number[], q: readonly number[]): Big {
  const cross = bigCrossEntropy(p, q);
  return cross.isFinite() ? cross.minus(bigEntropy(p)) : cross;
}

export function bigLogSumExp(z: readonly number[]): Big {
  const finite = z.filter((x) => x !== Number.NEGATIVE_INFINITY);
  if (finite.length === 0) return big(Number.NEGATIVE_INFINITY);
  const top = Big.max(...finite);
  return top.plus(sum(finite.map((x) => big(x).minus(top).exp())).ln());
}
export const bigSoftmax = (z: readonly number[]): Big[] => {
  const total = bigLogSumExp(z);
  return z.map((x) => (x === Number.NEGATIVE_INFINITY ? big(0) : big(x).minus(total).exp()));
};

/** A dual number `value + slope·ε` with `ε² = 0`: carries a derivative through any formula (Clifford 1873). */
export class Dual {
  constructor(
    readonly value: number,
    readonly slope = 0,
  ) {}
  plus(o: Dual | number): Dual {
    const d = dual(o);
    return new Dual(this.value + d.value, this.slope + d.slope);
  }
  minus(o: Dual | number): Dual {
    return this.plus(dual(o).times(-1));
  }
  times(o: Dual | number): Dual {
    const d = dual(o);
    return new Dual(this.value * d.value, this.slope * d.value + this.value * d.slope);
  }
  over(o: Dual | number): Dual {
    const d = dual(o);
    return new Dual(
      this.value / d.value,
      (this.slope * d.value - this.value * d.slope) / (d.value * d.value),
    );
  }
  exp(): Dual {
    const e = Math.exp(this.value);
    return new Dual(e, this.slope * e);
  }
  log(): Dual {
    return new Dual(Math.log(this.value), this.slope / this.value);
  }
  log1p(): Dual {
    return new Dual(Math.log1p(this.value), this.slope / (1 + this.value));
  }
  pow(n: number): Dual {
    return new Dual(this.value ** n, n * this.value ** (n - 1) * this.slope);
  }
}
export const dual = (x: Dual | number): Dual => (x instanceof Dual ? x : new Dual(x));

/** The gradient of `f` at `x` by one dual sweep per coordinate: exact up to rounding, no step size. */
export const gradient = (f: (x: Dual[]) => Dual, x: readonly number[]): number[] =>
  x.map((_, k) => f(x.map((xi, i) => new Dual(xi, i === k ? 1 : 0))).slope);

/** `log Σ exp zᵢ` on dual numbers */
export function dualLogSumExp(z: readonly Dual[]): Dual {
  const top = Math.max(...z.map((d) => d.value));
  return z
    .reduce((total, d) => total.plus(d.minus(top).exp()), dual(0))
    .log()
    .plus(top);
}
