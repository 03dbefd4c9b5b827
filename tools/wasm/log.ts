// log(1 + u) for pairs of float64, without branches.
import { Func, f64x2, i64x2, v128 } from "./encode";

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
// The classical minimax polynomial for log((1 + z)/(1 − z)) (Sun's fdlibm, s_log1p.c)
const SERIES = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
  0.15313837699209373, 0.14798198605116586,
];
const SQRT_HALF = 0x3fe6a09en << 32n; // the bits of √½, cut
const ONE = 0x3ffn << 52n;

/** `log1p(u)` for u >= 0, within 1 ulp. */
export function log1p64(): Func {
  const f = new Func("log1p", ["v128"], "v128");
  const u = f.param(0);
  const let_ = (value: readonly number[]) => f.let("v128", value);
  const { add, sub, mul, div } = f64x2;
  const c = (x: number) => f.constant(f64x2.const(x));
  const s = let_(add(u, c(1)));
  // What rounding took from 1 + u, relative to s: log(s + lost) = log s + lost/s
  const lost = let_(v128.select(sub(u, sub(s, c(1))), sub(c(1), sub(s, u)), f64x2.lt(u, c(1))));
  // s = 2^k m with √½ <= m < √2: taken apart in the bits, k >= 0 since s >= 1
  const bits = let_(i64x2.add(s, f.constant(i64x2.const(ONE - SQRT_HALF))));
  const exponent = let_(i64x2.sub(i64x2.shrS(bits, [0x41, 52]), f.constant(i64x2.const(1023n))));
  const lowWords = [0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0];
  const k = let_(f64x2.convertLowI32(v128.shuffle(exponent, exponent, lowWords)));
  const m = i64x2.add(
    v128.and(bits, f.constant(i64x2.const((1n << 52n) - 1n))),
    f.constant(i64x2.const(SQRT_HALF)),
  );
  // Where k = 0, u itself is m − 1, and nothing is lost.
  const small = let_(f64x2.lt(u, c(Math.SQRT2 - 1)));
  const x = let_(v128.select(u, sub(m, c(1)), small));
  const tail = let_(add(mul(k, c(LN2_LOW)), v128.andNot(div(lost, s), small)));
  const z = let_(div(x, add(x, c(2))));
  const w = let_(mul(z, z));
  const half = let_(mul(mul(x, x), c(0.5)));
  const r = f.local("v128");
  f.set(r, c(SERIES[6]!));
  for (let i = 5; i >= 0; i--) f.set(r, add(mul(r, w), c(SERIES[i]!)));
  const kHigh = mul(v128.andNot(k, small), c(LN2_HIGH)); // exact: LN2_HIGH has 33 bits
  f.emit(add(add(sub(add(mul(z, add(half, mul(r, w))), tail), half), x), kHigh));
  return f;
}
