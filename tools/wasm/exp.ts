// Exponentials of whole vectors.
import { type Expression, type Func, f32x4, f64x2, i32, i32x4, i64x2, type Local, v128 } from "./encode";

/** `a b + c` and `c − a b`: with relaxed SIMD one instruction and one rounding, else two. */
export interface Arithmetic {
  readonly fused: boolean;
}
export const madd = (t: typeof f64x2 | typeof f32x4, { fused }: Arithmetic) => ({
  plus: (a: Expression, b: Expression, c: Expression) => (fused ? t.madd(a, b, c) : t.add(t.mul(a, b), c)),
  minus: (c: Expression, a: Expression, b: Expression) => (fused ? t.nmadd(a, b, c) : t.sub(c, t.mul(a, b))),
});

// The power-of-two shift. Softmax needs e^(x − max) up to a common factor, and the textbook forms x − max, which rounds
// by up to half an ulp of a number that may be large. Here x itself is reduced: N = round(x/ln 2), r = x − N ln 2, and
// e^r 2^(N − n) is emitted with n = round(max/ln 2): the shift only touches the exponent's bits. ln 2 is taken in two
// parts, the first short enough that N times it is exact.
// Results are larger than e^(x − n ln 2) by 2^BIAS, so that what is far below the maximum is still a normal number until
// the last multiplication, which undoes the bias and rounds once: gradual underflow survives.
export const BIAS32 = 64;
export const BIAS64 = 512;
/** Rows with a larger maximum are left to the scalar code: N times ln 2's first part would no longer be exact. */
export const LIMIT32 = 256;
export const LIMIT64 = 16384;

/** What a vector of shifts n needs to be applied: see `exp32` and `exp64`. */
export interface Shift {
  /** Added to x/ln 2, it rounds to an integer and leaves N − n + bias in the low bits, where the exponent comes from. */
  readonly magic: Local;
  /** The smallest x whose exponent is not negative; below it (and for −Infinity) the result is 0. */
  readonly lowest: Local;
}

const LN2_HIGH_32 = 0.693359375; // 10 bits
const LN2_LOW_32 = -2.1219444e-4;
// e^r = 1 + r + r² (…) for |r| <= ln 2/2, coefficients by Sollya's fpminimax (relative error 2⁻²⁸)
const EXP32 = [
  0.49999988079071045, 0.166665181517601, 0.041669655591249466, 0.008368953131139278, 0.0013744718162342906,
];

/** The shifts n (as float32) for `exp32`. */
export function shift32(f: Func, n: Expression): Shift {
  return {
    magic: f.let("v128", f32x4.sub(f.constant(f32x4.const(12582912 + 127 + BIAS32)), n)), // 1.5 · 2²³
    lowest: f.let(
      "v128",
      f32x4.mul(f32x4.sub(n, f.constant(f32x4.const(127 + BIAS32))), f.constant(f32x4.const(Math.LN2))),
    ),
  };
}

/**
 * The first half of the work: what is left of x, in two parts x = (x − N high) − N low, and the power of two,
 * s = 2^(64 + N − n). Where the halves are done for several vectors in turn, the processor waits less.
 */
export function reduce32(f: Func, from: Expression, { magic, lowest }: Shift, arithmetic: Arithmetic) {
  const { plus, minus } = madd(f32x4, arithmetic);
  const c = (value: number) => f.constant(f32x4.const(value));
  const x = f.let("v128", f32x4.pmax(from, lowest));
  const t = f.let("v128", plus(x, c(Math.LOG2E), magic));
  const s = f.let("v128", i32x4.shl(t, [0x41, 23])); // the low bits become the exponent of 2^(N − n + bias)
  f.set(t, f32x4.sub(t, magic));
  f.set(x, minus(x, t, c(LN2_HIGH_32))); // exact
  return { x, low: f.let("v128", f32x4.mul(t, c(LN2_LOW_32))), s };
}

/** The second half: e^x · 2^(64 − n) = s + q s; returns q. */
export function finish32(f: Func, [x, low]: readonly Local[], arithmetic: Arithmetic): Local {
  const { plus, minus } = madd(f32x4, arithmetic);
  const c = (i: number) => f.constant(f32x4.const(EXP32[i]!));
  // The difference r is rounded: it is taken where an error of it does not matter, else its parts one after the other.
  const r = f.let("v128", f32x4.sub(x!, low!));
  const r2 = f.let("v128", f32x4.mul(r, r));
  const q = f.let("v128", plus(r2, c(4), plus(r, c(3), c(2))));
  f.set(q, plus(r2, q, plus(r, c(1), c(0))));
  f.set(q, f32x4.sub(x!, minus(low!, r2, q)));
  return q;
}

// e^r = 1 + 2r/(2 − r + b r² + c r⁴) for |r| <= ln 2/2 (relative error 2⁻³¹)
const QUOTIENT32 = [0.16666616, -0.00276587];

/** The second half where only the sum is wanted, with fewer operations: e^x · 2^(64 − n) = s + 2w; returns w. */
export function split32(f: Func, [r, s]: readonly Local[], arithmetic: Arithmetic): Local {
  const { plus, minus } = madd(f32x4, arithmetic);
  const c = (value: number) => f.constant(f32x4.const(value));
  const r2 = f.let("v128", f32x4.mul(r!, r!));
  const q = f.let("v128", plus(r2, c(QUOTIENT32[1]!), c(QUOTIENT32[0]!)));
  f.set(q, f32x4.sub(c(2), minus(r!, r2, q)));
  return f.let("v128", f32x4.div(f32x4.mul(s!, r!), q));
}

/** e^x · 2^(64 − n), within 1 ulp; what is missing goes into `missing`. */
export function exp32(
  f: Func,
  from: Expression,
  shift: Shift,
  arithmetic: Arithmetic,
  missing: Local,
): Local {
  const { x, low, s } = reduce32(f, from, shift, arithmetic);
  const w = f.let("v128", f32x4.mul(finish32(f, [x, low], arithmetic), s));
  const e = f.let("v128", f32x4.add(s, w));
  f.set(missing, f32x4.sub(w, f32x4.sub(e, s)));
  return e;
}

// In float64, e^x = 2^(j/512) · 2^k · e^r with a table of 512 powers and |r| < 6.8e-4, where degree 4 is enough. The table
// holds bit patterns from which j/512 has been taken in the exponent's place, so that one shift of the whole number
// 512 k + j adds k to the exponent. Beside each stands what rounding took from the power, relative to it: both come with
// one load. These 8 kB and the logits that pass by fit into the first cache; a longer table did not.
export const TABLE = 4096;
export const TABLE_SIZE = 512;
const STEP_HIGH = Math.round((Math.LN2 / TABLE_SIZE) * 2 ** 36) * 2 ** -36;
const STEP_LOW = Math.LN2 / TABLE_SIZE - STEP_HIGH + 2.3190468138462996e-17 / TABLE_SIZE;
const EXP64 = [0.5, 1 / 6, 0.041666668];
const MAGIC64 = 6755399441055744; // 1.5 · 2⁵²

/** The shifts n for `exp64`. */
export function shift64(f: Func, n: Expression): Shift {
  return {
    magic: f.let(
      "v128",
      f64x2.sub(f.constant(f64x2.const(MAGIC64)), f64x2.mul(n, f.constant(f64x2.const(TABLE_SIZE)))),
    ),
    lowest: f.let(
      "v128",
      f64x2.mul(f64x2.sub(n, f.constant(f64x2.const(1021 + BIAS64))), f.constant(f64x2.const(Math.LN2))),
    ),
  };
}

/** The first half of the work: what is left of x, r = x − N ln 2/512, and t, whose low bits are N − 512 (n − bias). */
export function reduce64(f: Func, from: Expression, { magic, lowest }: Shift, arithmetic: Arithmetic) {
  const { plus, minus } = madd(f64x2, arithmetic);
  const c = (value: number) => f.constant(f64x2.const(value));
  const r = f.let("v128", f64x2.pmax(from, lowest));
  const t = f.let("v128", plus(r, c(TABLE_SIZE / Math.LN2), magic));
  const N = f.let("v128", f64x2.sub(t, magic));
  f.set(r, minus(r, N, c(STEP_HIGH))); // exact
  f.set(r, minus(r, N, c(STEP_LOW)));
  return { r, t };
}

const place = (word: Expression) => i32.shl(i32.and(word, i32.const(TABLE_SIZE - 1)), i32.const(4));
/** The places in the table that belong to the two lanes of t. */
export const placesOf = (t: Local): Expression[] => [place(i32x4.lane(t, 0)), place(i32x4.lane(t, 2))];
/** The same for a t that stands in memory, from where its words are had without taking a vector apart. */
export const placesInMemory = (at: Local, offset: number): Expression[] => [
  place(i32.load(at, offset)),
  place(i32.load(at, offset + 8)),
];

/** The second half: e^x · 2^(512 − n) = s + q s with |q| < 1/1000: together good for 62 bits. */
export function finish64(
  f: Func,
  [r, t]: readonly Local[],
  [first, second]: readonly Expression[],
  arithmetic: Arithmetic,
): { s: Local; q: Local } {
  const { plus } = madd(f64x2, arithmetic);
  const c = (i: number) => f.constant(f64x2.const(EXP64[i]!));
  const [one, two] = [f.let("v128", v128.load(first!, TABLE)), f.let("v128", v128.load(second!, TABLE))];
  const s = f.let("v128", i64x2.add(i64x2.shl(t!, [0x41, 43]), i64x2.lows(one, two)));
  const r2 = f.let("v128", f64x2.mul(r!, r!));
  const q = f.let("v128", plus(plus(r!, c(2), c(1)), r!, c(0)));
  f.set(q, plus(r2, q, f64x2.add(r!, i64x2.highs(one, two))));
  return { s, q };
}

/** e^x · 2^(512 − n), within 0.52 ulp; what is missing goes into `missing`. */
export function exp64(
  f: Func,
  from: Expression,
  shift: Shift,
  arithmetic: Arithmetic,
  missing: Local,
): Local {
  const { r, t } = reduce64(f, from, shift, arithmetic);
  const { s, q } = finish64(f, [r, t], placesOf(t), arithmetic);
  const w = f.let("v128", f64x2.mul(q, s));
  const e = f.let("v128", f64x2.add(s, w));
  f.set(missing, f64x2.sub(w, f64x2.sub(e, s)));
  return e;
}
