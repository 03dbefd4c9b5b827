// Kernels for short rows: four float32 rows (two float64 rows) side by side in one vector, one class after another, so
// that a row of 10 classes fills every lane and needs no sum across lanes.

import { exactSum } from "./divide";
import {
  type Expression,
  type Func,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  i64x2,
  type Local,
  type Module,
  promoted,
  v128,
} from "./encode";
import { type Arithmetic, exp32, exp64, madd, shift32, shift64 } from "./exp";
import { batchKernel } from "./kernel";
import { EXPONENTIALS } from "./rows";
import type { Width } from "./width";

/** In the scratch memory, what rounding took from a float32 exponential stands so far behind it. */
const MISSING = 1024;

/** A float64 per row: two vectors for four rows, one for two. */
type Pair = readonly Local[];

// e^x for |x| <= ln 2/2, to 2⁻³⁴: more than enough for one rounding to float32
const lowWords = [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7];
const highWords = lowWords.map((byte) => byte + 8);
const EXP = [1, 1, 1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040, 1 / 40320, 1 / 362880];

/** `columns(p, rows, V, out, mode, y, scales, scale, result, scratch)`: as `rows`, for V < 64. */
export function addColumns(
  m: Module,
  width: Width,
  { log1p, divide }: { log1p: Func; divide: Func },
  arithmetic: Arithmetic,
): void {
  const { name, kind, t, bytes, log2, limit, bias } = width;
  const lanes = 16 / bytes;
  const narrow = kind === "f32";
  const integers = narrow ? i32x4 : i64x2;
  const { plus } = madd(t, arithmetic);
  const { f, p, rows, V, out, mode, y, scales, factor, result, scratch } = batchKernel(`columns${name}`);
  const vector = () => f.local("v128");
  const each = Array.from({ length: lanes }, (_, k) => k);
  const pair = (make: (k: number) => Expression): Pair =>
    Array.from({ length: lanes / 2 }, (_, k) => f.let("v128", make(k)));
  /** float64 numbers as lanes of the rows' own width. */
  const narrowed = (x: Pair): Expression =>
    narrow ? i64x2.lows(f32x4.demote(x[0]!), f32x4.demote(x[1]!)) : x[0]!;
  const widened = (x: Expression): readonly Expression[] => (narrow ? promoted(x) : [x]);

  const x = vector();
  const e = vector();
  const max = vector();
  const winner = vector();
  const column = vector();
  const valid = vector(); // lanes of rows that are not skipped
  const right = vector();
  const won = vector();
  const at = f.local("i32");
  const stop = f.local("i32");
  const last = f.local("i32");
  const from = each.map(() => f.local("i32"));
  const right32 = f.local("i32");
  const rowBytes = f.let("i32", i32.shl(V, i32.const(log2)));
  const one = f.constant(narrow ? i32x4.const(1) : i64x2.const(1n));

  /** The row of lane k: those beyond the last row repeat it, and write the same values again. */
  const clamp = (k: number): Local =>
    f.let("i32", i32.select(i32.const(k), last, i32.ltS(i32.const(k), last)));
  const gather = (into: Local, pointers: readonly Local[], offsetBytes: 4 | 8) => {
    f.set(into, offsetBytes === 4 ? v128.load32Splat(pointers[0]!) : v128.load64Zero(pointers[0]!));
    for (const k of each.slice(1))
      f.set(
        into,
        offsetBytes === 4 ? v128.load32Lane(pointers[k]!, into, k) : v128.load64Lane(pointers[k]!, into, k),
      );
  };
  const scatter = (value: Local, pointers: readonly Local[]) => {
    for (const k of each)
      f.emit(narrow ? v128.store32Lane(pointers[k]!, value, k) : v128.store64Lane(pointers[k]!, value, k));
  };
  const step = (pointers: readonly Local[], by: Expression) => {
    for (const q of pointers) f.set(q, i32.add(q, by));
  };
  /** For each class: its logits or exponentials are at `at`; `column` is its number. */
  const eachColumn = (body: () => void) => {
    f.set(at, scratch);
    f.set(column, f.constant(v128.zero));
    f.repeat(
      () => {
        body();
        f.set(column, integers.add(column, one));
        f.set(at, i32.add(at, i32.const(16)));
      },
      () => i32.ltU(at, stop),
    );
  };

  const group = () => {
    f.set(last, i32.sub(rows, i32.const(1)));
    const index = each.map(clamp);
    for (const k of each) f.set(from[k]!, i32.add(p, i32.mul(index[k]!, rowBytes)));
    // First walk: the logits side by side, the largest and its class.
    f.set(max, f.constant(t.const(-Infinity)));
    f.set(winner, f.constant(v128.zero));
    eachColumn(() => {
      gather(x, from, bytes);
      step(from, i32.const(bytes));
      f.emit(v128.store(at, x));
      f.set(winner, v128.select(column, winner, t.lt(max, x)));
      f.set(max, t.pmax(max, x));
    });
    // The classes that happened and the gaps max − x_y.
    f.set(valid, f.constant(i32x4.const(-1)));
    f.set(right, f.constant(i32x4.const(-1)));
    const factors = pair(() => f64x2.splat(factor));
    const gaps = pair(() => f.constant(v128.zero));
    const gapLows = pair(() => f.constant(v128.zero));
    const maxima = pair((k) => widened(max)[k]!);
    f.if(scales, () => {
      for (const k of each) {
        const address = i32.add(scales, i32.shl(index[k]!, i32.const(3)));
        f.set(factors[k >> 1]!, v128.load64Lane(address, factors[k >> 1]!, k & 1));
      }
    });
    f.if(y, () => {
      for (const k of each) {
        const address = f.let("i32", i32.add(y, i32.shl(index[k]!, i32.const(2))));
        f.set(right32, i32.load(address));
        const cell = i32.add(scratch, i32.add(i32.shl(right32, i32.const(4)), i32.const(k * bytes)));
        f.if(
          i32.ltS(right32, i32.const(0)),
          () => f.set(from[k]!, scratch),
          () => f.set(from[k]!, cell),
        );
        f.set(
          right,
          narrow ? v128.load32Lane(address, right, k) : i64x2.replace(right, i32.extend(right32), k),
        );
      }
      f.set(valid, integers.geS(right, f.constant(v128.zero)));
      gather(x, from, bytes);
      // max − x_y exactly, in two parts (Knuth's difference; 0 where the class is the winner)
      const exact = pair((k) => widened(x)[k]!);
      for (const [k, max64] of maxima.entries()) {
        f.set(gaps[k]!, f64x2.sub(max64, exact[k]!));
        if (!narrow) {
          const low = f.let("v128", f64x2.sub(gaps[k]!, max64));
          const lost = f64x2.sub(f64x2.sub(max64, f64x2.sub(gaps[k]!, low)), f64x2.add(exact[k]!, low));
          const finite = f64x2.lt(gaps[k]!, f.constant(f64x2.const(Infinity)));
          f.set(gapLows[k]!, v128.and(lost, finite));
        }
      }
    });
    // Second walk: the exponentials, and the sum of all but the winner's.
    const n = f.let("v128", t.nearest(t.mul(max, f.constant(t.const(Math.LOG2E)))));
    const shift = narrow ? shift32(f, n) : shift64(f, n);
    const rest = pair(() => f.constant(v128.zero));
    const [next, part, lost, low, winningLow] = [0, 1, 2, 3, 4].map(vector) as [
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    f.set(lost, f.constant(v128.zero));
    const winning = pair(() => f.constant(f64x2.const(1)));
    eachColumn(() => {
      f.set(e, (narrow ? exp32 : exp64)(f, v128.load(at), shift, arithmetic, low));
      f.emit(v128.store(at, e));
      f.set(won, integers.eq(column, winner));
      f.set(x, v128.andNot(e, won));
      if (narrow) {
        for (const [k, half] of widened(x).entries()) f.set(rest[k]!, f64x2.add(rest[k]!, half));
        f.set(lost, t.add(lost, v128.andNot(low, won)));
        f.emit(v128.store(at, low, MISSING));
      } else {
        // with what rounding takes (Knuth's sum)
        f.set(next, f64x2.add(rest[0]!, x));
        f.set(part, f64x2.sub(next, rest[0]!));
        const error = f64x2.add(f64x2.sub(rest[0]!, f64x2.sub(next, part)), f64x2.sub(x, part));
        f.set(lost, f64x2.add(lost, f64x2.add(error, v128.andNot(low, won))));
        f.set(rest[0]!, next);
        f.set(winning[0]!, v128.select(e, winning[0]!, won));
        f.set(winningLow, v128.select(low, winningLow, won));
      }
    });
    if (narrow) for (const [k, half] of widened(lost).entries()) f.set(rest[k]!, f64x2.add(rest[k]!, half));
    for (const r of rest) f.set(r, f64x2.mul(r, f.constant(f64x2.const(bias))));
    if (narrow)
      for (const [k, w] of winning.entries()) {
        // e^(max − n ln 2) to float64's precision: in a row of few classes its error would show
        const { plus, minus } = madd(f64x2, { fused: false });
        const whole = promoted(n)[k]!;
        const r = f.let("v128", minus(maxima[k]!, whole, f.constant(f64x2.const(Math.LN2))));
        f.set(w, f.constant(f64x2.const(EXP[9]!)));
        for (let i = 8; i >= 0; i--) f.set(w, plus(w, r, f.constant(f64x2.const(EXP[i]!))));
      }
    else f.set(winning[0]!, f64x2.mul(winning[0]!, f.constant(f64x2.const(bias))));
    for (const v of narrow ? [] : [lost, winningLow]) f.set(v, f64x2.mul(v, f.constant(f64x2.const(bias))));
    const ratio = rest.map((r, k) =>
      f.let("v128", narrow ? f64x2.div(r, winning[k]!) : m.call(divide, r, lost, winning[0]!, winningLow)),
    );
    const logs = ratio.map((u) => f.let("v128", m.call(log1p, u)));

    // One number per row: NaN where the scalar code is to look at the row.
    const ordinary = f.let("v128", t.lt(t.abs(max), f.constant(t.const(limit))));
    for (const k of lanes === 4 ? [0, 1] : [0]) {
      const loss = f.local("v128");
      const good = f.local("v128");
      // Comparing lanes are widened by doubling their words.
      f.set(good, narrow ? v128.shuffle(ordinary, ordinary, k === 0 ? lowWords : highWords) : ordinary);
      f.if(
        y,
        () => {
          const skip = narrow ? v128.shuffle(valid, valid, k === 0 ? lowWords : highWords) : valid;
          f.set(loss, f64x2.add(gaps[k]!, f64x2.add(gapLows[k]!, logs[k]!)));
          f.set(loss, v128.select(loss, f.constant(f64x2.const(NaN)), good));
          f.set(loss, v128.and(loss, skip));
        },
        () => {
          f.set(loss, f64x2.add(maxima[k]!, logs[k]!));
          f.if(i32.eqz(mode), () => {
            const cancels = f64x2.lt(
              f64x2.abs(loss),
              f64x2.mul(f64x2.abs(maxima[k]!), f.constant(f64x2.const(2 ** -8))),
            );
            f.set(good, v128.andNot(good, cancels));
          });
          f.set(loss, v128.select(loss, f.constant(f64x2.const(NaN)), good));
        },
      );
      for (const half of [0, 1]) {
        const address = i32.add(result, i32.shl(index[2 * k + half]!, i32.const(3)));
        f.emit(f64.store(address, f64x2.lane(loss, half)));
      }
    }

    // Third walk: what goes out.
    f.if(mode, () => {
      for (const k of each) f.set(from[k]!, i32.add(out, i32.mul(index[k]!, rowBytes)));
      f.if(
        i32.eq(mode, i32.const(EXPONENTIALS)),
        () => {
          const c = factors.map((s, k) => {
            if (narrow) return f.let("v128", f64x2.div(s, f64x2.add(rest[k]!, winning[k]!)));
            exactSum(f, next, part, rest[0]!, winning[0]!);
            f.set(part, f64x2.add(part, f64x2.add(lost, winningLow)));
            return f.let("v128", m.call(divide, s, f.constant(v128.zero), next, part));
          });
          const full = c.map((v) => f.let("v128", f64x2.mul(v, f.constant(f64x2.const(bias)))));
          const inverse = f.let("v128", narrowed(full));
          // The factor in two parts for float32: rounded to one, it would cost up to an ulp.
          const lows = full.map((v, k) => f.let("v128", f64x2.sub(v, widened(inverse)[k]!)));
          const inverseLow = f.let("v128", narrow ? narrowed(lows) : f.constant(v128.zero));
          const own = c.map((v, k) => f.let("v128", f64x2.mul(v, winning[k]!)));
          const others = c.map((v, k) =>
            f.let(
              "v128",
              f64x2.sub(f.constant(v128.zero), f64x2.mul(v, narrow ? rest[k]! : f64x2.add(rest[k]!, lost))),
            ),
          );
          const winners = f.let("v128", narrowed(own));
          f.set(winners, v128.select(narrowed(others), winners, integers.eq(right, winner)));
          const share = f.let("v128", narrowed(factors));
          f.if(i32.eqz(y), () => f.set(share, f.constant(v128.zero)));
          eachColumn(() => {
            f.set(e, v128.load(at));
            if (narrow) {
              const small = plus(v128.load(at, MISSING), inverse, t.mul(e, inverseLow));
              f.set(e, plus(e, inverse, small));
            } else f.set(e, t.mul(e, inverse));
            f.set(e, t.sub(e, v128.and(share, integers.eq(column, right))));
            f.set(e, v128.select(winners, e, integers.eq(column, winner)));
            f.set(e, v128.and(e, valid));
            scatter(e, from);
            step(from, i32.const(bytes));
          });
        },
        () => {
          const sums = logs.map((l, k) => f.let("v128", f64x2.add(maxima[k]!, l)));
          const high = f.let("v128", narrow ? narrowed(sums) : max);
          const lows = pair((k) => f64x2.add(f64x2.sub(maxima[k]!, widened(high)[k]!), logs[k]!));
          const low = f.let("v128", narrowed(lows));
          const winners = f.let("v128", narrowed(logs));
          f.set(winners, t.sub(f.constant(v128.zero), winners));
          const back = each.map((k) => f.let("i32", i32.add(p, i32.mul(index[k]!, rowBytes))));
          eachColumn(() => {
            gather(x, back, bytes);
            step(back, i32.const(bytes));
            f.set(x, t.sub(t.sub(x, high), low));
            f.set(x, v128.select(winners, x, integers.eq(column, winner)));
            scatter(x, from);
            step(from, i32.const(bytes));
          });
        },
      );
    });
  };

  f.set(stop, i32.add(scratch, i32.shl(V, i32.const(4))));
  f.repeat(
    () => {
      group();
      const many = i32.const(lanes);
      f.set(p, i32.add(p, i32.mul(rowBytes, many)));
      f.set(out, i32.add(out, i32.mul(rowBytes, many)));
      f.if(y, () => f.set(y, i32.add(y, i32.const(4 * lanes))));
      f.if(scales, () => f.set(scales, i32.add(scales, i32.const(8 * lanes))));
      f.set(result, i32.add(result, i32.const(8 * lanes)));
      f.set(rows, i32.sub(rows, many));
    },
    () => i32.ltS(i32.const(0), rows),
  );
  m.add(f, true);
}
