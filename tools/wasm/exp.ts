// Exponentials and logarithms of whole vectors. Each function writes the steps for several vectors at once, step by step
// in turn, so that the processor always has independent work while it waits for a result.
import { type Expression, type Func, f32x4, f64x2, i32x4, i64x2, type Local, v128 } from "./encode";

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

/** Replaces each x by e^x · 2^(64 − n), within 1 ulp. */
export function exp32(f: Func, xs: readonly Local[], { magic, lowest }: Shift, arithmetic: Arithmetic): void {
  const { plus, minus } = madd(f32x4, arithmetic);
  const each = (step: (k: number) => void) => xs.forEach((_, k) => void step(k));
  const [x, t, s, q, low, r] = [xs, ...[0, 1, 2, 3, 4].map(() => xs.map(() => f.local("v128")))] as Local[][];
  each((k) => f.set(x![k]!, f32x4.pmax(x![k]!, lowest)));
  each((k) => f.set(t![k]!, plus(x![k]!, f.constant(f32x4.const(Math.LOG2E)), magic)));
  each((k) => f.set(s![k]!, i32x4.shl(t![k]!, [0x41, 23]))); // the low bits become the exponent of 2^(N − n + bias)
  each((k) => f.set(t![k]!, f32x4.sub(t![k]!, magic)));
  each((k) => f.set(x![k]!, minus(x![k]!, t![k]!, f.constant(f32x4.const(LN2_HIGH_32)))));
  // r = (x − N high) − N low. The first difference is exact, the second is not: what follows takes r only where an
  // error of it does not matter, and takes the two parts one after the other where it would.
  each((k) => f.set(low![k]!, f32x4.mul(t![k]!, f.constant(f32x4.const(LN2_LOW_32)))));
  each((k) => f.set(r![k]!, f32x4.sub(x![k]!, low![k]!)));
  each((k) =>
    f.set(q![k]!, plus(r![k]!, f.constant(f32x4.const(EXP32[4]!)), f.constant(f32x4.const(EXP32[3]!)))),
  );
  for (const c of [EXP32[2]!, EXP32[1]!, EXP32[0]!])
    each((k) => f.set(q![k]!, plus(q![k]!, r![k]!, f.constant(f32x4.const(c)))));
  each((k) => f.set(r![k]!, f32x4.mul(r![k]!, r![k]!)));
  each((k) => f.set(q![k]!, f32x4.sub(f32x4.mul(r![k]!, q![k]!), low![k]!)));
  each((k) => f.set(q![k]!, f32x4.add(x![k]!, q![k]!)));
  each((k) => f.set(x![k]!, plus(q![k]!, s![k]!, s![k]!)));
}

// In float64, e^x = 2^(j/2048) · 2^k · e^r with a table of 2048 powers and |r| < 1.7e-4, where a cubic is enough. The
// table holds bit patterns from which j/2048 has been taken in the exponent's place, so that one shift of the whole
// number 2048 k + j adds k to the exponent. Beside each stands what rounding took from the power, relative to it: both
// come with one load.
export const TABLE = 4096;
export const TABLE_SIZE = 2048;
const STEP_HIGH = Math.round((Math.LN2 / TABLE_SIZE) * 2 ** 36) * 2 ** -36;
const STEP_LOW = Math.LN2 / TABLE_SIZE - STEP_HIGH + 2.3190468138462996e-17 / TABLE_SIZE;
const CUBIC = [0.500000000988647, 0.1666666667005745];
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

/** Replaces each x by e^x · 2^(512 − n), within 0.52 ulp; what is missing goes into `lows`, if given. */
export function exp64(
  f: Func,
  xs: readonly Local[],
  { magic, lowest }: Shift,
  arithmetic: Arithmetic,
  lows?: readonly Local[],
): void {
  const { plus, minus } = madd(f64x2, arithmetic);
  const each = (step: (k: number) => void) => xs.forEach((_, k) => void step(k));
  const [x, t, i, s, q] = [xs, ...[0, 1, 2, 3].map(() => xs.map(() => f.local("v128")))] as Local[][];
  each((k) => f.set(x![k]!, f64x2.pmax(x![k]!, lowest)));
  each((k) => f.set(t![k]!, plus(x![k]!, f.constant(f64x2.const(TABLE_SIZE / Math.LN2)), magic)));
  each((k) =>
    f.set(i![k]!, i64x2.shl(v128.and(t![k]!, f.constant(i64x2.const(BigInt(TABLE_SIZE - 1)))), [0x41, 4])),
  );
  each((k) => {
    f.set(s![k]!, v128.load(i32x4.lane(i![k]!, 0), TABLE));
    f.set(q![k]!, v128.load(i32x4.lane(i![k]!, 2), TABLE));
    f.set(i![k]!, i64x2.highs(s![k]!, q![k]!));
    f.set(s![k]!, i64x2.add(i64x2.shl(t![k]!, [0x41, 41]), i64x2.lows(s![k]!, q![k]!)));
  });
  each((k) => f.set(t![k]!, f64x2.sub(t![k]!, magic)));
  each((k) => f.set(x![k]!, minus(x![k]!, t![k]!, f.constant(f64x2.const(STEP_HIGH)))));
  each((k) => f.set(x![k]!, minus(x![k]!, t![k]!, f.constant(f64x2.const(STEP_LOW)))));
  each((k) =>
    f.set(q![k]!, plus(x![k]!, f.constant(f64x2.const(CUBIC[1]!)), f.constant(f64x2.const(CUBIC[0]!)))),
  );
  each((k) => f.set(q![k]!, plus(f64x2.mul(x![k]!, x![k]!), q![k]!, f64x2.add(x![k]!, i![k]!))));
  if (lows === undefined) each((k) => f.set(x![k]!, plus(q![k]!, s![k]!, s![k]!)));
  else {
    each((k) => f.set(q![k]!, f64x2.mul(q![k]!, s![k]!)));
    each((k) => f.set(x![k]!, f64x2.add(s![k]!, q![k]!)));
    each((k) => f.set(lows[k]!, f64x2.sub(q![k]!, f64x2.sub(x![k]!, s![k]!))));
  }
}
