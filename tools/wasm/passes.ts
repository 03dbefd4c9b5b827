// Walks over a row beside its exponentials: the winner, the last multiplication, the last subtraction.
import { type Expression, Func, i32, i32x4, i64x2, type Local, v128 } from "./encode";
import { type Arithmetic, madd } from "./exp";
import { advance, vectors, type Width } from "./width";

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

/** Vectors per block of the search for the winner. */
const SEARCHED = 8;

/**
 * `winner(p, end)`: the address of the largest number, NaN passed over, for rows of 8 vectors or more. Each lane keeps
 * its largest number so far and the block where it stood; only that block is searched in the end.
 */
export function winner({ name, t, kind, log2, scalar }: Width): Func {
  const f = new Func(`winner${name}`, ["i32", "i32"], "i32");
  const [p, end] = [f.param(0), f.param(1)];
  const best = f.let("v128", t.const(-Infinity));
  const where = f.let("v128", i32x4.splat(p));
  const lanes = kind === "f32" ? [0, 1, 2, 3] : [0, 1];
  const bitmask = kind === "f32" ? i32x4.bitmask : i64x2.bitmask;
  const m = vectors(f, SEARCHED / 2);
  const look = (from: Expression) => {
    // A NaN may hide its neighbours here; it makes the row's sum NaN, and the scalar code does the row.
    m.forEach((v, k) => void f.set(v, t.pmax(v128.load(from, 16 * k), v128.load(from, 16 * (k + m.length)))));
    f.set(m[0]!, t.pmax(t.pmax(m[0]!, m[1]!), t.pmax(m[2]!, m[3]!)));
    f.set(where, v128.select(i32x4.splat(from), where, t.lt(best, m[0]!)));
    f.set(best, t.pmax(best, m[0]!));
  };
  turns(
    f,
    p,
    end,
    SEARCHED,
    () => {
      look(p);
      advance(f, p, 16 * SEARCHED);
    },
    look,
  );
  const largest = lanes.map((k) => t.lane(best, k)).reduce((a, b) => scalar.max(a, b));
  const x = f.let("v128", t.splat(largest));
  const which = f.let("v128", v128.and(where, t.eq(best, x)));
  for (const k of lanes) {
    const at = f.let("i32", i32x4.lane(which, kind === "f32" ? k : 2 * k));
    f.set(p, k === 0 ? at : i32.select(at, p, at));
  }
  const found = f.let("i32", i32.const(0));
  for (let k = SEARCHED - 1; k >= 0; k--)
    f.set(found, i32.or(i32.shl(found, i32.const(lanes.length)), bitmask(t.eq(v128.load(p, 16 * k), x))));
  // In a block of NaN nothing is found: then any place in it will do.
  f.set(found, i32.or(found, i32.const(1 << (SEARCHED * lanes.length - 1))));
  f.emit(i32.add(p, i32.shl(i32.ctz(found), i32.const(log2))));
  return f;
}

/** `scale(p, end, h, l)`: multiplies each number by h + l: a factor rounded to float32 would cost up to an ulp. */
export function scale({ name, t, kind }: Width, arithmetic: Arithmetic): Func {
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
export function subtract({ name, t, kind }: Width): Func {
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
