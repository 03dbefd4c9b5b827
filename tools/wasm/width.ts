// What the kernels for float32 and float64 differ in.
import { type Expression, type Func, f32, f32x4, f64, f64x2, i32, type Local } from "./encode";
import {
  type Arithmetic,
  BIAS32,
  BIAS64,
  finish32,
  finish64,
  LIMIT32,
  LIMIT64,
  placesInMemory,
  reduce32,
  reduce64,
  type Shift,
  shift32,
  shift64,
  split32,
} from "./exp";

/** The exponential of a vector in two halves, between which `count` vectors rest in memory. */
export interface Halves {
  readonly count: number;
  first(f: Func, x: Expression, shift: Shift, arithmetic: Arithmetic): readonly Local[];
  /**
   * e^x = s + q s (or s + 2w) from the vectors, which have been loaded from `at + place`. Sums take both parts by themselves:
   * those of s are nearly exact (float32: powers of two), the others small. So the rounding of e^x does not enter them.
   */
  second(
    f: Func,
    from: readonly Local[],
    at: Local,
    place: number,
    arithmetic: Arithmetic,
  ): { s: Local; q: Local } | { s: Local; w: Local };
  /** 2 if the second part is 2w. */
  readonly factor: 1 | 2;
}

/** One width of numbers: its vectors and how a sum of exponentials is kept. */
export interface Width {
  readonly name: "32" | "64";
  readonly kind: "f32" | "f64";
  readonly bytes: 4 | 8;
  readonly log2: 2 | 3;
  readonly t: typeof f64x2;
  readonly scalar: typeof f32 | typeof f64;
  readonly limit: number;
  readonly bias: number;
  /** Vectors per turn of the exponentials' loops, and per block: `count` times as many must fit into 1 kB of scratch. */
  readonly turn: number;
  readonly block: number;
  toF64(x: Expression): Expression;
  fromF64(x: Expression): Expression;
  shift(f: Func, n: Local): Shift;
  readonly stored: Halves;
  readonly summed: Halves;
}

const halves64: Halves = {
  count: 2,
  factor: 1,
  first(f, x, shift, arithmetic) {
    const { r, t } = reduce64(f, x, shift, arithmetic);
    return [t, r];
  },
  second: (f, [t, r], at, place, arithmetic) => finish64(f, [r!, t!], placesInMemory(at, place), arithmetic),
};

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
    turn: 1,
    block: 20,
    toF64: f64.promote,
    fromF64: f32.demote,
    shift: (f, n) => shift32(f, f32x4.splat(f32.demote(n))),
    stored: {
      count: 3,
      factor: 1,
      first(f, from, shift, arithmetic) {
        const { x, low, s } = reduce32(f, from, shift, arithmetic);
        return [x, low, s];
      },
      second: (f, from, _at, _place, arithmetic) => ({ s: from[2]!, q: finish32(f, from, arithmetic) }),
    },
    summed: {
      count: 2,
      factor: 2,
      first(f, from, shift, arithmetic) {
        const { x, low, s } = reduce32(f, from, shift, arithmetic);
        return [f.let("v128", f32x4.sub(x, low)), s];
      },
      second: (f, from, _at, _place, arithmetic) => ({ s: from[1]!, w: split32(f, from, arithmetic) }),
    },
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
    block: 32,
    toF64: (x) => x,
    fromF64: (x) => x,
    shift: (f, n) => shift64(f, f64x2.splat(n)),
    stored: halves64,
    summed: halves64,
  },
];

export const vectors = (f: Func, n: number): Local[] => Array.from({ length: n }, () => f.local("v128"));

/** Adds a constant to a local. */
export const advance = (f: Func, p: Local, by: number): void => f.set(p, i32.add(p, i32.const(by)));
