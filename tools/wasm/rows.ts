// Kernels for long rows: one row after another, in vectors of neighbouring classes. A row is read once from the caller's
// memory; its exponentials are computed once, stored and scaled while they are in the cache.

import { exactSum } from "./divide";
import { type Expression, Func, f64, f64x2, fill, i32, type Local, type Module, v128 } from "./encode";
import { type Arithmetic, BIAS64, exp64, shift64 } from "./exp";
import { batchKernel } from "./kernel";
import { scale, subtract, winner as winnerOf } from "./passes";
import { exponentials } from "./sums";
import { advance, vectors, type Width } from "./width";

/** What a row's kernel does with `out`. */
export const LOSS_ONLY = 0;
export const EXPONENTIALS = 1; // softmax, or the gradient if there are targets
export const LOGARITHMS = 2;

/** `exp(x, n, scratch)`: `e^(x − n ln 2)` of one number; what rounding took from it goes to `scratch`. */
export function scalarExp(arithmetic: Arithmetic): Func {
  const f = new Func("exp", ["f64", "f64", "i32"], "f64");
  const x = f.let("v128", f64x2.splat(f.param(0)));
  const low = f.local("v128");
  const e = exp64(f, x, shift64(f, f64x2.splat(f.param(1))), arithmetic, low);
  f.emit(f64.store(f.param(2), f64.mul(f64x2.lane(low, 0), f64.const(2 ** -BIAS64))));
  f.emit(f64.mul(f64x2.lane(e, 0), f64.const(2 ** -BIAS64)));
  return f;
}

/**
 * `rows(p, rows, V, out, mode, y, scales, scale, result, scratch)`: everything for `rows` rows of V numbers at p.
 *
 * `result` receives one float64 per row: the loss if y (an int32 per row, −1 for rows to skip) is given, else the
 * logarithm of the sum. NaN there asks the caller to do the row with the scalar code, which knows what NaN, infinities
 * and huge logits mean; the row in `out` is not written then, or NaN. Gradients are multiplied by `scale`, or by the
 * row's entry of `scales` (0: none).
 */
export function addRows(
  m: Module,
  width: Width,
  { log1p, exp, divide }: { log1p: Func; exp: Func; divide: Func },
  arithmetic: Arithmetic,
): void {
  const { name, kind, scalar, limit, bias, log2, toF64, fromF64 } = width;
  const search = m.add(winnerOf(width));
  const sum = m.add(exponentials(width, false, arithmetic));
  const sumStored = m.add(exponentials(width, true, arithmetic));
  const multiply = m.add(scale(width, arithmetic));
  const minus = m.add(subtract(width));

  const { f, p, rows, V, out, mode, y, scales, factor, result, scratch } = batchKernel(`rows${name}`);
  const [end, bytes, winner, right] = ["i32", "i32", "i32", "i32"].map(() => f.local("i32")) as [
    Local,
    Local,
    Local,
    Local,
  ];
  const largestLogit = f.local(kind);
  const [maximum, n, rest, e, log, gap, high, low, c] = Array.from({ length: 9 }, () => f.local("f64")) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const [eLow, restLow] = [f.local("f64"), f.local("f64")];
  const pairs = vectors(f, kind === "f32" ? 0 : 4);
  f.set(bytes, i32.shl(V, i32.const(log2)));
  const put = (value: Expression) => f.emit(f64.store(result, value));
  /** The place in `out` of the class at this address of the row. */
  const inOut = (address: Expression) => i32.add(out, i32.sub(address, p));

  const row = () => {
    f.set(winner, m.call(search, p, end));
    f.set(largestLogit, scalar.load(winner));
    f.if(
      scalar.lt(scalar.abs(largestLogit), scalar.const(limit)),
      () => ordinary(),
      () => put(f64.const(NaN)),
    );
  };

  const ordinary = () => {
    f.set(maximum, toF64(largestLogit));
    f.set(n, f64.nearest(f64.mul(maximum, f64.const(Math.LOG2E))));
    f.set(e, m.call(exp, maximum, n, scratch));
    f.set(eLow, f64.load(scratch));
    // The loss and the gradient of a confident row live in the sum of the others: the winner is put aside while they
    // are summed, and log(1 + rest/e) keeps every digit of it.
    f.if(y, () => f.set(gap, toF64(scalar.load(right))));
    f.emit(scalar.store(winner, scalar.const(-Infinity)));
    f.if(
      i32.eq(mode, i32.const(EXPONENTIALS)),
      () => {
        f.set(rest, m.call(sumStored, p, end, scratch, n, out));
        f.set(restLow, f64.load(scratch));
        f.emit(scalar.store(winner, largestLogit));
        if (kind === "f32") f.set(c, f64.div(factor, f64.add(rest, e)));
        else {
          f.set(pairs[0]!, f64x2.splat(rest));
          f.set(pairs[1]!, f64x2.splat(e));
          exactSum(f, pairs[2]!, pairs[3]!, pairs[0]!, pairs[1]!);
          f.set(pairs[3]!, f64x2.add(pairs[3]!, f64x2.splat(f64.add(eLow, restLow))));
          const quotient = m.call(divide, f64x2.splat(factor), v128.zero, pairs[2]!, pairs[3]!);
          f.set(c, f64x2.lane(quotient, 0));
        }
        f.set(low, f64.mul(c, f64.const(bias)));
        f.set(high, toF64(fromF64(low)));
        f.emit(m.call(multiply, out, i32.add(out, bytes), fromF64(high), fromF64(f64.sub(low, high))));
        f.emit(scalar.store(inOut(winner), fromF64(f64.mul(c, e))));
        f.if(y, () =>
          f.if(
            i32.eq(right, winner),
            () => f.emit(scalar.store(inOut(winner), fromF64(f64.neg(f64.mul(c, rest))))),
            () => {
              const here = inOut(right);
              f.emit(scalar.store(here, fromF64(f64.sub(toF64(scalar.load(here)), factor))));
            },
          ),
        );
      },
      () => {
        f.set(rest, m.call(sum, p, end, scratch, n));
        f.set(restLow, f64.load(scratch));
        f.emit(scalar.store(winner, largestLogit));
      },
    );
    const ratio =
      kind === "f32"
        ? f64x2.splat(f64.div(rest, e))
        : m.call(divide, ...[rest, restLow, e, eLow].map((x) => f64x2.splat(x)));
    f.set(log, f64x2.lane(m.call(log1p, ratio), 0));
    f.if(i32.eq(mode, i32.const(LOGARITHMS)), () => {
      f.set(high, f64.add(maximum, log));
      // float64: (x − max) − log; float32: the sum in two parts that float32 can hold
      if (kind === "f32") f.set(high, toF64(fromF64(high)));
      else f.set(high, maximum);
      f.set(low, f64.add(f64.sub(maximum, high), log));
      f.emit(m.call(minus, p, i32.add(p, bytes), out, fromF64(high), fromF64(low)));
      f.emit(scalar.store(inOut(winner), fromF64(f64.neg(log))));
    });
    f.if(
      y,
      () =>
        f.if(
          i32.eq(right, winner),
          () => put(log),
          () => {
            // (max − x_y) + log, with what rounding takes from the difference
            f.set(high, f64.sub(maximum, gap));
            f.set(low, f64.sub(high, maximum));
            const lost = f64.sub(f64.sub(maximum, f64.sub(high, low)), f64.add(gap, low));
            f.set(low, lost);
            f.if(
              f64.lt(high, f64.const(Infinity)),
              () => put(f64.add(high, f64.add(low, log))),
              () => put(f64.add(high, log)),
            );
          },
        ),
      () => {
        f.set(high, f64.add(maximum, log));
        // Where maximum and logarithm cancel, both have lost their digits: the scalar code has another way.
        const cancels = f64.lt(f64.abs(high), f64.mul(f64.abs(maximum), f64.const(2 ** -8)));
        f.if(
          i32.and(cancels, i32.eqz(mode)),
          () => put(f64.const(NaN)),
          () => put(high),
        );
      },
    );
  };

  f.repeat(
    () => {
      f.set(end, i32.add(p, bytes));
      f.if(scales, () => {
        f.set(factor, f64.load(scales));
        advance(f, scales, 8);
      });
      f.if(
        y,
        () => {
          f.set(right, i32.load(y));
          f.if(
            i32.geS(right, i32.const(0)),
            () => {
              f.set(right, i32.add(p, i32.shl(right, i32.const(log2))));
              row();
            },
            () => {
              put(f64.const(0));
              f.if(mode, () => f.emit(fill(out, i32.const(0), bytes)));
            },
          );
          advance(f, y, 4);
        },
        row,
      );
      advance(f, result, 8);
      f.set(p, end);
      f.set(out, i32.add(out, bytes));
      f.set(rows, i32.sub(rows, i32.const(1)));
    },
    () => rows,
  );
  m.add(f, true);
}
