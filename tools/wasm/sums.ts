// The sum of a row's exponentials, which may be stored besides.
import { type Expression, Func, f64, f64x2, i32, type Local, promoted, v128 } from "./encode";
import type { Arithmetic } from "./exp";
import { advance, vectors, type Width } from "./width";

/** In memory from here on: 128 bytes of zeros, then 128 of ones (set up in src/bulk/instance.ts). */
export const MASKS = 256;
// In a thread's scratch memory: what rests between the two halves of the exponentials, then the row's last vectors.
const LAST = 1024;

/** Adds the sums of a block, lane by lane, to a total in float64, with Knuth's exact error term if they are float64. */
function accumulator(f: Func, { kind, bias }: Width) {
  const [total, lost, next, part] = vectors(f, 4) as [Local, Local, Local, Local];
  const across = (v: Local) => f64.add(f64x2.lane(v, 0), f64x2.lane(v, 1));
  return {
    add(s: Local): void {
      if (kind === "f32") for (const half of promoted(s)) f.set(total, f64x2.add(total, half));
      else {
        f.set(next, f64x2.add(total, s));
        f.set(part, f64x2.sub(next, total));
        const error = f64x2.add(f64x2.sub(total, f64x2.sub(next, part)), f64x2.sub(s, part));
        f.set(lost, f64x2.add(lost, error));
        f.set(total, next);
      }
    },
    value: () => f64.mul(f64.add(across(total), across(lost)), f64.const(bias)),
  };
}

/**
 * `sum(p, end, scratch, n)`: Σ e^x 2^−n over the row; `store(p, end, scratch, n, out)`: the same, and the terms
 * themselves into `out`, which may be the row.
 *
 * Blocks of 64 float32 are summed lane by lane; the blocks' sums are added in float64 (each turn's sum of 8 float64 with
 * its error). So the error does not grow with the length of the row.
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
  const rest = f.local("v128"); // of numbers that come as 2^k + 2w, the sum of the w
  const [blockEnd, at, from] = [f.local("i32"), f.local("i32"), f.local("i32")];
  const size = 16 * turn;
  const full = f.let("i32", i32.sub(end, i32.const(size))); // turns begin up to here
  const total = accumulator(f, width);
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
      f.set(rest, f.constant(v128.zero));
      f.repeat(
        () => {
          const results = each.map((k) => {
            const own = vectors(f, halves.count);
            const place = 16 * halves.count * k;
            own.forEach((v, j) => void f.set(v, v128.load(from, place + 16 * j)));
            return halves.second(f, own, from, place, arithmetic);
          });
          const [powers, ws] = [0, 1].map((j) => results.flatMap((r) => r[j] ?? [])) as [Local[], Local[]];
          f.set(sum, kind === "f32" ? t.add(sum, tree(powers)) : tree(powers));
          if (kind === "f64") total.add(sum);
          if (ws.length > 0) f.set(rest, t.add(rest, tree(ws)));
          if (stored) {
            powers.forEach((e, k) => void f.emit(v128.store(out, e, 16 * k)));
            advance(f, out, size);
          }
          advance(f, from, size * halves.count);
        },
        () => i32.ltU(from, at),
      );
      if (kind === "f32") {
        if (!stored) f.set(sum, t.add(sum, t.add(rest, rest)));
        total.add(sum);
      }
    },
    () => i32.ltU(p, end),
  );
  if (stored)
    for (const k of each) {
      const [fresh, old] = [v128.load(last, 16 * k), v128.load(outLast, 16 * k)];
      f.emit(v128.store(outLast, v128.select(fresh, old, v128.load(mask, 16 * k)), 16 * k));
    }
  f.emit(total.value());
  return f;
}
