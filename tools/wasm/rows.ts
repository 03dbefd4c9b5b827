// Kernels for long rows: one row after another, in vectors of neighbouring classes. A row is read once from the caller's
// memory; its exponentials are computed once, stored and scaled while they are in the cache.

import { exactSum } from "./divide";
import {
  type Expression,
  Func,
  f32,
  f32x4,
  f64,
  f64x2,
  fill,
  i32,
  i32x4,
  i64x2,
  type Local,
  type Module,
  promoted,
  v128,
} from "./encode";
import {
  type Arithmetic,
  BIAS32,
  BIAS64,
  exp32,
  exp64,
  LIMIT32,
  LIMIT64,
  madd,
  type Shift,
  shift32,
  shift64,
} from "./exp";
import { batchKernel } from "./kernel";

/** Rows shorter than this are the column kernels' (columns.ts). */
export const SHORTEST = 16;

/** What a row's kernel does with `out`. */
export const LOSS_ONLY = 0;
export const EXPONENTIALS = 1; // softmax, or the gradient if there are targets
export const LOGARITHMS = 2;

/** In memory from here on: 128 bytes of zeros, then 128 of ones (set up in src/bulk/instance.ts). */
export const MASKS = 256;

/** One width of numbers: its vectors and how a sum of exponentials is kept. */
interface Width {
  readonly name: "32" | "64";
  readonly kind: "f32" | "f64";
  readonly bytes: 4 | 8;
  readonly log2: 2 | 3;
  readonly t: typeof f64x2;
  readonly scalar: typeof f32 | typeof f64;
  readonly limit: number;
  readonly bias: number;
  /** Vectors per turn of the exponentials' loop, and numbers per block of the sum. */
  readonly turn: number;
  readonly block: number;
  toF64(x: Expression): Expression;
  fromF64(x: Expression): Expression;
  shift(f: Func, n: Local): Shift;
  exp(f: Func, xs: readonly Local[], shift: Shift, arithmetic: Arithmetic): void;
}

export const widths: readonly Width[] = [
  {
    name: "32",
    kind: "f32",
    bytes: 4,
    log2: 2,
    t: f32x4 as unknown as typeof f64x2,
    scalar: f32,
    limit: LIMIT32,
    bias: 2 ** -BIAS32,
    turn: 4,
    block: 256,
    toF64: f64.promote,
    fromF64: f32.demote,
    shift: (f, n) => shift32(f, f32x4.splat(f32.demote(n))),
    exp: exp32,
  },
  {
    name: "64",
    kind: "f64",
    bytes: 8,
    log2: 3,
    t: f64x2,
    scalar: f64,
    limit: LIMIT64,
    bias: 2 ** -BIAS64,
    turn: 2,
    block: 16,
    toF64: (x) => x,
    fromF64: (x) => x,
    shift: (f, n) => shift64(f, f64x2.splat(n)),
    exp: (f, xs, shift, arithmetic) => exp64(f, xs, shift, arithmetic),
  },
];

const vectors = (f: Func, n: number): Local[] => Array.from({ length: n }, () => f.local("v128"));

/** Adds a constant to a local. */
const advance = (f: Func, p: Local, by: number): void => f.set(p, i32.add(p, i32.const(by)));

/**
 * Runs `body` for each full turn of `n` vectors from p to end, then `last` once for what is left over: it works on the
 * last n vectors of the row, some of which have had their turn already. p is advanced by `body`.
 */
function turns(
  f: Func,
  p: Local,
  end: Local,
  n: number,
  body: () => void,
  last: (start: Expression) => void,
) {
  f.while(() => i32.leU(i32.add(p, i32.const(16 * n)), end), body);
  f.if(i32.ltU(p, end), () => last(i32.sub(end, i32.const(16 * n))));
}

/** `max(p, end)`: the largest number, NaN passed over. */
function largest({ name, t, kind, scalar }: Width): Func {
  const f = new Func(`max${name}`, ["i32", "i32"], kind);
  const [p, end] = [f.param(0), f.param(1)];
  const best = vectors(f, 4);
  for (const b of best) f.set(b, f.constant(t.const(-Infinity)));
  const look = (from: Expression) =>
    best.forEach((b, k) => void f.set(b, t.pmax(b, v128.load(from, 16 * k))));
  turns(
    f,
    p,
    end,
    4,
    () => {
      look(p);
      advance(f, p, 64);
    },
    look,
  );
  const [a, b, c, d] = best as [Local, Local, Local, Local];
  f.set(a, t.pmax(t.pmax(a, b), t.pmax(c, d)));
  const lanes = [t.lane(a, 0), t.lane(a, 1)];
  const two = kind === "f32" ? [t.lane(a, 2), t.lane(a, 3)] : lanes;
  f.emit(scalar.max(scalar.max(...lanes), scalar.max(...two)));
  return f;
}

/** `find(p, end, x)`: the address of the first number equal to x, which is there. */
function find({ name, t, kind, log2 }: Width): Func {
  const f = new Func(`find${name}`, ["i32", "i32", kind], "i32");
  const [p, end] = [f.param(0), f.param(1)];
  const x = f.let("v128", t.splat(f.param(2)));
  const mask = f.local("i32");
  const equal = (k: number) => t.eq(v128.load(p, 16 * k), x);
  const bitmask = kind === "f32" ? i32x4.bitmask : i64x2.bitmask;
  const among = () => v128.anyTrue(v128.or(v128.or(equal(0), equal(1)), v128.or(equal(2), equal(3))));
  const locate = () =>
    f.repeat(
      () => {
        f.set(mask, bitmask(equal(0)));
        f.if(mask, () => f.return(i32.add(p, i32.shl(i32.ctz(mask), i32.const(log2)))));
        advance(f, p, 16);
      },
      () => i32.ltU(p, end),
    );
  f.while(
    () => i32.leU(i32.add(p, i32.const(64)), end),
    () => {
      f.if(among(), locate);
      advance(f, p, 64);
    },
  );
  f.set(p, i32.sub(end, i32.const(64)));
  locate();
  f.emit(i32.const(0)); // never reached: the caller has just seen x
  return f;
}

/**
 * `sum(p, end, [out, scratch,] n)`: Σ e^x 2^−n over the row, and the terms themselves into `out`, which may be the row.
 *
 * Blocks of 256 float32 (16 float64) are summed lane by lane; the blocks' sums are added in float64, or with Knuth's
 * exact error term. So the error does not grow with the length of the row.
 */
function exponentials(width: Width, stored: boolean, arithmetic: Arithmetic): Func {
  const { name, kind, t, bytes, turn, block, bias } = width;
  const f = new Func(
    stored ? `store${name}` : `sum${name}`,
    ["i32", "i32", ...(stored ? (["i32", "i32"] as const) : []), "f64"],
    "f64",
  );
  const [p, end] = [f.param(0), f.param(1)];
  const [out, scratch] = [f.param(2), f.param(3)];
  const shift = width.shift(f, f.param(stored ? 4 : 2));
  const xs = vectors(f, turn);
  const sums = vectors(f, turn);
  const [total, lost, next, part] = vectors(f, 4) as [Local, Local, Local, Local];
  const blockEnd = f.local("i32");
  const size = 16 * turn;
  const full = f.let("i32", i32.sub(end, i32.const(size))); // turns begin up to here
  const mask = f.let("i32", i32.const(MASKS + 128)); // all ones
  // `out` may be the row itself: keep its last vectors, which may be needed once more.
  if (stored) for (let k = 0; k < turn; k++) f.emit(v128.store(scratch, v128.load(full, 16 * k), 16 * k));

  const fold = () => {
    sums.forEach((s, k) => void f.set(s, v128.and(s, v128.load(mask, 16 * k))));
    if (kind === "f32") {
      for (const s of sums) for (const half of promoted(s)) f.set(total, f64x2.add(total, half));
    } else
      for (const s of sums) {
        f.set(next, f64x2.add(total, s));
        f.set(part, f64x2.sub(next, total));
        const error = f64x2.add(f64x2.sub(total, f64x2.sub(next, part)), f64x2.sub(s, part));
        f.set(lost, f64x2.add(lost, error));
        f.set(total, next);
      }
    for (const s of sums) f.set(s, f.constant(v128.zero));
  };
  f.repeat(
    () => {
      f.set(blockEnd, i32.add(p, i32.const(block * bytes - size)));
      f.if(i32.gtU(blockEnd, full), () => f.set(blockEnd, full));
      // What is left over is a block of its own: the row's last vectors once more, with those numbers masked out of the
      // sum that it already has.
      f.if(i32.gtU(p, full), () => {
        f.set(mask, i32.add(i32.const(MASKS + 128 - size), i32.sub(end, p)));
        if (stored) f.set(out, i32.add(out, i32.sub(i32.sub(end, p), i32.const(size))));
        f.set(p, stored ? scratch : full);
        f.set(blockEnd, p);
        f.set(end, i32.const(0));
      });
      f.repeat(
        () => {
          xs.forEach((x, k) => void f.set(x, v128.load(p, 16 * k)));
          width.exp(f, xs, shift, arithmetic);
          sums.forEach((s, k) => void f.set(s, t.add(s, xs[k]!)));
          if (stored) {
            xs.forEach((x, k) => void f.emit(v128.store(out, x, 16 * k)));
            advance(f, out, size);
          }
          advance(f, p, size);
        },
        () => i32.leU(p, blockEnd),
      );
      fold();
    },
    () => i32.ltU(p, end),
  );
  const across = (v: Local) => f64.add(f64x2.lane(v, 0), f64x2.lane(v, 1));
  f.emit(f64.mul(f64.add(across(total), across(lost)), f64.const(bias)));
  return f;
}

/** `scale(p, end, h, l)`: multiplies each number by h + l: a factor rounded to float32 would cost up to an ulp. */
function scale({ name, t, kind }: Width, arithmetic: Arithmetic): Func {
  const f = new Func(`scale${name}`, ["i32", "i32", kind, kind]);
  const [p, end] = [f.param(0), f.param(1)];
  const [h, l] = [f.let("v128", t.splat(f.param(2))), f.let("v128", t.splat(f.param(3)))];
  const { plus } = madd(t, arithmetic);
  const x = f.local("v128");
  const times = (value: Expression) => {
    f.set(x, value);
    return kind === "f32" ? plus(x, h, t.mul(x, l)) : t.mul(x, h);
  };
  const last = vectors(f, 4); // read first, as in `exponentials`
  last.forEach((v, k) => void f.set(v, times(v128.load(i32.sub(end, i32.const(64)), 16 * k))));
  turns(
    f,
    p,
    end,
    4,
    () => {
      for (let k = 0; k < 4; k++) {
        const product = f.let("v128", times(v128.load(p, 16 * k)));
        f.emit(v128.store(p, product, 16 * k));
      }
      advance(f, p, 64);
    },
    (start) => {
      for (let k = 0; k < 4; k++) f.emit(v128.store(start, last[k]!, 16 * k));
    },
  );
  return f;
}

/** `subtract(p, end, out, h, l)`: (x − h) − l, where h + l is the logarithm of the sum in two parts. */
function subtract({ name, t, kind }: Width): Func {
  const f = new Func(`subtract${name}`, ["i32", "i32", "i32", kind, kind]);
  const [p, end, out] = [f.param(0), f.param(1), f.param(2)];
  const [h, l] = [f.let("v128", t.splat(f.param(3))), f.let("v128", t.splat(f.param(4)))];
  const minus = (x: Expression) => t.sub(t.sub(x, h), l);
  const last = vectors(f, 4);
  last.forEach((v, k) => void f.set(v, minus(v128.load(i32.sub(end, i32.const(64)), 16 * k))));
  turns(
    f,
    p,
    end,
    4,
    () => {
      for (let k = 0; k < 4; k++) f.emit(v128.store(out, minus(v128.load(p, 16 * k)), 16 * k));
      advance(f, p, 64);
      advance(f, out, 64);
    },
    () => {
      f.set(out, i32.sub(i32.add(out, i32.sub(end, p)), i32.const(64)));
      for (let k = 0; k < 4; k++) f.emit(v128.store(out, last[k]!, 16 * k));
    },
  );
  return f;
}

/** `exp(x, n, scratch)`: `e^(x − n ln 2)` of one number; what rounding took from it goes to `scratch`. */
export function scalarExp(arithmetic: Arithmetic): Func {
  const f = new Func("exp", ["f64", "f64", "i32"], "f64");
  const x = f.let("v128", f64x2.splat(f.param(0)));
  const low = f.local("v128");
  exp64(f, [x], shift64(f, f64x2.splat(f.param(1))), arithmetic, [low]);
  f.emit(f64.store(f.param(2), f64.mul(f64x2.lane(low, 0), f64.const(2 ** -BIAS64))));
  f.emit(f64.mul(f64x2.lane(x, 0), f64.const(2 ** -BIAS64)));
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
  const max = m.add(largest(width));
  const findMax = m.add(find(width));
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
  const eLow = f.local("f64");
  const pairs = vectors(f, kind === "f32" ? 0 : 4);
  f.set(bytes, i32.shl(V, i32.const(log2)));
  const put = (value: Expression) => f.emit(f64.store(result, value));
  /** The place in `out` of the class at this address of the row. */
  const inOut = (address: Expression) => i32.add(out, i32.sub(address, p));

  const row = () => {
    f.set(largestLogit, m.call(max, p, end));
    f.if(
      scalar.lt(scalar.abs(largestLogit), scalar.const(limit)),
      () => ordinary(),
      () => put(f64.const(NaN)),
    );
  };

  const ordinary = () => {
    f.set(winner, m.call(findMax, p, end, largestLogit));
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
        f.set(rest, m.call(sumStored, p, end, out, scratch, n));
        f.emit(scalar.store(winner, largestLogit));
        if (kind === "f32") f.set(c, f64.div(factor, f64.add(rest, e)));
        else {
          f.set(pairs[0]!, f64x2.splat(rest));
          f.set(pairs[1]!, f64x2.splat(e));
          exactSum(f, pairs[2]!, pairs[3]!, pairs[0]!, pairs[1]!);
          f.set(pairs[3]!, f64x2.add(pairs[3]!, f64x2.splat(eLow)));
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
        f.set(rest, m.call(sum, p, end, n));
        f.emit(scalar.store(winner, largestLogit));
      },
    );
    const ratio =
      kind === "f32"
        ? f64x2.splat(f64.div(rest, e))
        : m.call(divide, f64x2.splat(rest), v128.zero, f64x2.splat(e), f64x2.splat(eLow));
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
