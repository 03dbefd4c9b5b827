// Right answers to 80 digits with mathjs's BigNumber, and distances from them in units in the last place.
import { ulp } from "cross-entropy";
import { all, type BigNumber, create } from "mathjs";

export type Vector = ArrayLike<number>;

export const precise = create(all!, { number: "BigNumber", precision: 80 });
const make = (text: string | number): BigNumber => precise.bignumber(String(text)) as BigNumber;
export const zero = make(0);
export const one = make(1);
const two = make(2);

/** The binary value of a float64, exactly: `bignumber(0.1)` would be the decimal 0.1. */
export function big(x: number): BigNumber {
  if (Number.isInteger(x) && Math.abs(x) < 2 ** 53) return make(x);
  const unit = ulp(x);
  return make(x / unit).times(two.pow(Math.log2(unit)));
}

/** `log(1 + x)`, also where `1 + x` would need more than 80 digits. */
export function log1p(x: BigNumber): BigNumber {
  if (x.abs().greaterThan("1e-25")) return x.plus(1).ln();
  return x.minus(x.times(x).div(2)).plus(x.times(x).times(x).div(3)).minus(x.pow(4).div(4)) as BigNumber;
}

export interface Row {
  max: BigNumber;
  argmax: number;
  rest: BigNumber;
  log: BigNumber;
  e: BigNumber[];
  gap: BigNumber[];
}

/** The largest logit, the others' sum of e^(z − max), and its log1p. */
export function row(z: readonly BigNumber[]): Row {
  let argmax = 0;
  z.forEach((x, i) => {
    if (x.greaterThan(z[argmax]!)) argmax = i;
  });
  const max = z[argmax]!;
  const gap = z.map((x) => max.minus(x) as BigNumber);
  const e = gap.map((d, i) => (i === argmax ? one : (d.neg().exp() as BigNumber)));
  const rest = e.reduce((s, x, i) => (i === argmax ? s : s.plus(x)), zero);
  return { max, argmax, rest, log: log1p(rest), e, gap };
}

export const bigRow = (z: Vector): Row => row(Array.from(z, big));
export const logSumExp = (r: Row): BigNumber => r.max.plus(r.log);
export const minusLogQ = (r: Row, i: number): BigNumber => r.gap[i]!.plus(r.log);
export const q = (r: Row, i: number): BigNumber => r.e[i]!.div(r.rest.plus(1));
/** `q − 1` at class y, without cancellation. */
export const qMinusOne = (r: Row, y: number): BigNumber =>
  r.e
    .reduce((s, x, i) => (i === y ? s : s.plus(x)), zero)
    .div(r.rest.plus(1))
    .neg();
export const dot = (a: readonly BigNumber[], b: readonly BigNumber[]): BigNumber =>
  a.reduce((s, x, i) => s.plus(x.times(b[i]!)), zero);
/** `−Σ aₖ log qₖ`. */
export const scored = (r: Row, a: readonly BigNumber[]): BigNumber => {
  let total = zero;
  a.forEach((x, k) => {
    if (!x.isZero()) total = total.plus(x.times(minusLogQ(r, k)));
  });
  return total;
};
export const softplus = (x: BigNumber): BigNumber =>
  x.isNegative() ? log1p(x.exp() as BigNumber) : x.plus(log1p(x.neg().exp() as BigNumber));
export const sigmoid = (x: BigNumber): BigNumber =>
  x.isNegative() ? (x.exp() as BigNumber).div(x.exp().plus(1)) : one.div(x.neg().exp().plus(1));

/** The distance from a float32 to the next. */
export function ulp32(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -126) return 2 ** -149;
  return 2 ** Math.max(-149, Math.floor(Math.log2(size * (1 + 2 ** -52))) - 23);
}

/** `|actual − expected|` in units in the last place of the expected value; `Infinity` for a wrong NaN or infinity. */
export function ulpError(actual: number, expected: BigNumber | number, float32 = false): number {
  if (typeof expected === "number") return Object.is(actual, expected) || actual === expected ? 0 : Infinity;
  if (!Number.isFinite(actual)) return Infinity;
  const near = expected.toNumber();
  const unit = float32 ? ulp32(Math.fround(near)) : ulp(near);
  return big(actual).minus(expected).abs().div(big(unit)).toNumber();
}
