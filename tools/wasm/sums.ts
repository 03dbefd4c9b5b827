// The sum of a row's exponentials, which may be stored besides.
import { type Expression, Func, f64, f64x2, i32, type Local, promoted, v128 } from "./encode";
import { type Arithmetic, madd } from "./exp";
import { advance, vectors, type Width } from "./width";

/** In memory from here on: 128 bytes of zeros, then 128 of ones (set up in src/bulk/instance.ts). */
export const MASKS = 256;
// In a thread's scratch memory: what rests between the two halves of the exponentials, then the row's last vectors.
const LAST = 1024;

/** Adds vectors of sums to a total in float64, with Knuth's exact error term if they are float64 themselves. */
function accumulator(f: Func, { kind, bias }: Width, factor: 1 | 2) {
  const [total, small, lost, next, part] = vectors(f, 5) as [Local, Local, Local, Local, Local];
  const [a, b, sum, rest] = [0, 1, 2, 3].map(() => f.local("f64")) as [Local, Local, Local, Local];
  const across = (v: Local) => f64.add(f64x2.lane(v, 0), f64x2.lane(v, 1));
  const wide = (v: Local): Expression[] => (kind === "f32" ? promoted(v) : [v]);
  return {
    addSmall(s: Local): void {
      for (const half of wide(s)) f.set(small, f64x2.add(small, half));
    },
    add(s: Local): void {
      if (kind === "f32") for (const half of wide(s)) f.set(total, f64x2.add(total, half));
      else {
        f.set(next, f64x2.add(total, s));
        f.set(part, f64x2.sub(next, total));
        const error = f64x2.add(f64x2.sub(total, f64x2.sub(next, part)), f64x2.sub(s, part));
        f.set(lost, f64x2.add(lost, error));
        f.set(total, next);
      }
    },
    /** The total; what rounding took from it goes to memory. */
    value(place: Local): readonly number[] {
      f.set(a, f64x2.lane(total, 0));
      f.set(b, f64x2.lane(total, 1));
      f.set(sum, f64.add(a, b));
      f.set(rest, f64.sub(sum, a));
      const error = f64.add(f64.sub(a, f64.sub(sum, rest)), f64.sub(b, rest));
      f.set(rest, f64.add(error, f64.add(across(lost), f64.mul(across(small), f64.const(factor)))));
      f.set(a, f64.add(sum, rest));
      f.emit(f64.store(place, f64.mul(f64.sub(rest, f64.sub(a, sum)), f64.const(bias))));
      return f64.mul(a, f64.const(bias));
    },
  };
}

/**
 * `sum(p, end, scratch, n)`: Σ e^x 2^−n over the row; `store(p, end, scratch, n, out)`: the same, and the terms
 * themselves into `out`, which may be the row. What rounding took from the sum goes to `scratch`.
 *
 * Blocks of float32 are summed lane by lane and the blocks' sums added in float64; float64 is added pair by pair, with
 * what rounding takes. So the error does not grow with the length of the row.
 */
export function exponentials(width: Width, stored: boolean, arithmetic: Arithmetic): Func {
  const { name, kind, t, turn, block } = width;
  const f = new Func(
    stored ? `store${name}` : `sum${name}`,
    ["i32", "i32", "i32", "f64", ...(stored ? (["i32"] as const) : [])],
    "f64",
  );
  const [p, end, scratch] = [f.param(0), f.param(1), f.param(2)];
  const out = f.param(4);
  const shift = width.shift(f, f.param(3));
  const halves = stored ? width.stored : width.summed;
  const sum = f.local("v128");
  const [other, small] = [f.local("v128"), f.local("v128")];
  const [blockEnd, at, from] = [f.local("i32"), f.local("i32"), f.local("i32")];
  const size = 16 * turn;
  const full = f.let("i32", i32.sub(end, i32.const(size))); // turns begin up to here
  const { plus } = madd(t, arithmetic);
  const total = accumulator(f, width, halves.factor);
  const each = Array.from({ length: turn }, (_, k) => k);
  const tree = (v: readonly Local[]): Expression =>
    v.length === 1 ? v[0]! : t.add(tree(v.slice(0, v.length / 2)), tree(v.slice(v.length / 2)));

  // What is left over after the last full turn gets a turn of its own: the row's last vectors, with −Infinity for those
  // numbers that have had their turn. They are copied now, since `out` may be the row itself.
  const over = i32.and(i32.sub(end, p), i32.const(size - 1));
  const mask = f.let("i32", i32.add(i32.const(MASKS + 128 - size), over));
  const none = f.constant(t.const(-Infinity));
  for (const k of each) {
    const last = v128.select(v128.load(full, 16 * k), none, v128.load(mask, 16 * k));
    f.emit(v128.store(scratch, last, LAST + 16 * k));
  }
  const last = f.let("i32", i32.add(scratch, i32.const(LAST)));
  const outLast = stored ? f.let("i32", i32.add(out, i32.sub(full, p))) : out;

  f.repeat(
    () => {
      f.set(blockEnd, i32.add(p, i32.const(16 * (block - turn))));
      f.if(i32.gtU(blockEnd, full), () => f.set(blockEnd, full));
      f.if(i32.gtU(p, full), () => {
        f.set(p, last);
        f.set(blockEnd, last);
        if (stored) f.set(out, last);
        f.set(end, i32.const(0));
      });
      f.set(at, scratch);
      f.repeat(
        () => {
          const firsts = each.flatMap((k) => halves.first(f, v128.load(p, 16 * k), shift, arithmetic));
          firsts.forEach((v, k) => void f.emit(v128.store(at, v, 16 * k)));
          advance(f, p, size);
          advance(f, at, 16 * firsts.length);
        },
        () => i32.leU(p, blockEnd),
      );
      f.set(from, scratch);
      f.set(sum, f.constant(v128.zero));
      f.set(other, f.constant(v128.zero));
      f.set(small, f.constant(v128.zero));
      f.repeat(
        () => {
          const results = each.map((k) => {
            const own = vectors(f, halves.count);
            const place = 16 * halves.count * k;
            own.forEach((v, j) => void f.set(v, v128.load(from, place + 16 * j)));
            return halves.second(f, own, from, place, arithmetic);
          });
          const s = tree(results.map((r) => r.s));
          for (const one of results)
            f.set(small, "w" in one ? t.add(small, one.w) : plus(one.q, one.s, small));
          if (kind === "f32") {
            // Two sums in turn: each is rounded half as often.
            f.set(other, t.add(other, s));
            f.swap(sum, other);
          } else {
            f.set(sum, s);
            total.add(sum);
          }
          if (stored) {
            results.forEach((one, k) => {
              if ("q" in one) f.emit(v128.store(out, plus(one.q, one.s, one.s), 16 * k));
            });
            advance(f, out, size);
          }
          advance(f, from, size * halves.count);
        },
        () => i32.ltU(from, at),
      );
      if (kind === "f32") {
        total.add(sum);
        total.add(other);
      }
      total.addSmall(small);
    },
    () => i32.ltU(p, end),
  );
  if (stored)
    for (const k of each) {
      const [fresh, old] = [v128.load(last, 16 * k), v128.load(outLast, 16 * k)];
      f.emit(v128.store(outLast, v128.select(fresh, old, v128.load(mask, 16 * k)), 16 * k));
    }
  f.emit(total.value(scratch));
  return f;
}
