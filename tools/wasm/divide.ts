// Quotients of pairs high + low of float64, rounded once.
import { type Expression, Func, f64x2, i64x2, type Local, v128 } from "./encode";

/** `divide(a, aLow, b, bLow)`, two quotients at once: the remainder of a/b is computed exactly and divided once more. */
export function divide(): Func {
  const f = new Func("divide", ["v128", "v128", "v128", "v128"], "v128");
  const [a, aLow, b, bLow] = [0, 1, 2, 3].map((i) => f.param(i)) as [Local, Local, Local, Local];
  const { add, sub, mul, div } = f64x2;
  const let_ = (value: readonly number[]) => f.let("v128", value);
  // Without their last 27 bits the factors are short enough for exact products (Dekker 1971).
  const mask = f.constant(i64x2.const(-1n << 27n));
  const q = let_(div(a, b));
  const qHigh = let_(v128.and(q, mask));
  const qRest = let_(sub(q, qHigh));
  const bHigh = let_(v128.and(b, mask));
  const bRest = let_(sub(b, bHigh));
  const first = sub(sub(a, mul(qHigh, bHigh)), mul(qHigh, bRest));
  const remainder = sub(sub(first, mul(qRest, bHigh)), mul(qRest, bRest));
  f.emit(add(q, div(add(remainder, sub(aLow, mul(q, bLow))), b)));
  return f;
}

/** Sets `high` and `low` to a + b, exactly (Knuth 1969). */
export function exactSum(f: Func, high: Local, low: Local, a: Local, b: Local): void {
  const { add, sub } = f64x2;
  const part = f.let("v128", v128.zero);
  f.set(high, add(a, b));
  f.set(part, sub(high, a));
  const error: Expression = add(sub(a, sub(high, part)), sub(b, part));
  f.set(low, error);
}
