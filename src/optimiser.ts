import { solve } from "./linear";
import {
  checkFinite,
  checkFunction,
  checkInteger,
  checkNumber,
  checkObject,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

/** A rule that turns gradients into steps. It may remember earlier gradients; it changes no argument. */
export interface Optimiser {
  /** What to add to the parameters, given the gradient of the loss there; shape `[n]`. */
  step(gradient: Vector): Float64Array;
}

function checkRate(where: string, rate: unknown): void {
  checkNumber(where, "rate", rate);
  if (!(rate > 0 && rate < Infinity)) throw rangeError(where, "rate", "be > 0 and finite", rate);
}

function checkDecay(where: string, argument: string, decay: unknown): void {
  checkNumber(where, argument, decay);
  if (!(decay >= 0 && decay < 1)) throw rangeError(where, argument, "be in [0, 1)", decay);
}

/**
 * Gradient descent: the step is `−rate · gradient`.
 *
 * @param rate - step size, > 0
 * @returns an optimiser without memory
 * @throws RangeError if `rate` is not > 0
 * @see momentum, adam
 * @example gradientDescent(0.1).step([1, -2]) // [-0.1, 0.2]
 */
export function gradientDescent(rate: number): Optimiser {
  checkRate("gradientDescent", rate);
  return { step: (gradient) => Float64Array.from(gradient, (g) => -rate * g) };
}

/**
 * Gradient descent with momentum: `v ← decay · v + gradient`, and the step is `−rate · v`.
 *
 * @param rate - step size, > 0
 * @param decay - share of the velocity that is kept, in `[0, 1)`
 * @returns an optimiser that remembers its velocity
 * @throws RangeError if an argument is out of range
 * @see gradientDescent, its case decay = 0
 * @example momentum(0.1, 0.9).step([1, -2]) // [-0.1, 0.2]
 */
export function momentum(rate: number, decay = 0.9): Optimiser {
  checkRate("momentum", rate);
  checkDecay("momentum", "decay", decay);
  let velocity = new Float64Array(0);
  return {
    step(gradient) {
      if (velocity.length === 0) velocity = new Float64Array(gradient.length);
      velocity = velocity.map((v, i) => decay * v + gradient[i]!);
      return velocity.map((v) => -rate * v);
    },
  };
}

/**
 * Adam (Kingma & Ba 2015): each parameter's step is its mean gradient over the root of its mean squared gradient, both
 * exponentially weighted and corrected for their start at 0. The first step is `−rate · sign(gradient)`.
 *
 * @param rate - step size, > 0
 * @param options - `first` (0.9) and `second` (0.999), the decays of the two means, and `epsilon` (1e-8)
 * @returns an optimiser that remembers both means
 * @throws RangeError if an argument is out of range
 * @see gradientDescent, whose steps scale with the gradient
 * @example adam(0.1).step([1, -200]) // [-0.1, 0.1]
 */
export function adam(
  rate: number,
  options: { readonly first?: number; readonly second?: number; readonly epsilon?: number } = {},
): Optimiser {
  checkObject("adam", "options", options);
  const { first = 0.9, second = 0.999, epsilon = 1e-8 } = options;
  checkRate("adam", rate);
  checkDecay("adam", "first", first);
  checkDecay("adam", "second", second);
  let mean = new Float64Array(0);
  let square = new Float64Array(0);
  let firstPower = 1;
  let secondPower = 1;
  return {
    step(gradient) {
      const n = gradient.length;
      if (mean.length === 0) {
        mean = new Float64Array(n);
        square = new Float64Array(n);
      }
      firstPower *= first;
      secondPower *= second;
      const scale = -rate / (1 - firstPower);
      const unbias = 1 / (1 - secondPower);
      const step = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        const g = gradient[i]!;
        const m = first * mean[i]! + (1 - first) * g;
        const s = second * square[i]! + (1 - second) * g * g;
        mean[i] = m;
        square[i] = s;
        step[i] = (scale * m) / (Math.sqrt(s * unbias) + epsilon);
      }
      return step;
    },
  };
}

/** A loss with its gradient, and for Newton's method its Hessian. */
export interface Slope {
  readonly loss: number;
  readonly gradient: Vector;
}
export interface Curve extends Slope {
  readonly hessian: Matrix;
}

/** Where a minimisation ended, and the losses on its way. */
export interface Minimum {
  readonly x: number[];
  readonly loss: number;
  /** The loss before each step, and at the end. */
  readonly losses: readonly number[];
  readonly gradient: readonly number[];
}

/**
 * Follows an optimiser for a number of steps.
 *
 * @param f - loss and gradient at a point
 * @param start - where to begin, shape `[n]`
 * @param optimiser - the rule, fresh
 * @param steps - an integer >= 0
 * @returns the last point with its loss, and all losses on the way, shape `[steps + 1]`
 * @throws RangeError if `start` is not finite or `steps` is no integer >= 0
 * @see newton, which needs the Hessian and few steps
 * @example minimise(([x]) => ({ loss: x ** 2, gradient: [2 * x] }), [1], gradientDescent(0.25), 3).x // [0.125]
 */
export function minimise(
  f: (x: Float64Array) => Slope,
  start: Vector,
  optimiser: Optimiser,
  steps: number,
): Minimum {
  checkFunction("minimise", "f", f);
  checkFinite("minimise", "start", start);
  checkObject("minimise", "optimiser", optimiser);
  checkFunction("minimise", "optimiser.step", optimiser.step);
  checkInteger("minimise", "steps", steps, 0);
  const x = Float64Array.from(start);
  const losses: number[] = [];
  for (let n = 0; n < steps; n++) {
    const { loss, gradient } = f(x);
    losses.push(loss);
    const step = optimiser.step(gradient);
    for (let i = 0; i < x.length; i++) x[i]! += step[i]!;
  }
  const { loss, gradient } = f(x);
  losses.push(loss);
  return { x: Array.from(x), loss, losses, gradient: Array.from(gradient) };
}

/**
 * Newton's method for a convex loss: each step solves `Hessian · step = −gradient`, halved until the loss falls.
 *
 * A singular Hessian (softmax's has the all-ones vector in its kernel) gets a small multiple of the identity.
 *
 * @param f - loss, gradient and Hessian at a point
 * @param start - where to begin, shape `[n]`
 * @param options - `steps`, at most so many (50); `tolerance`, stop when no gradient entry exceeds it (1e-10)
 * @returns the minimum found; one step fewer losses than points visited
 * @throws RangeError if `start` is not finite or an option is out of range
 * @see D14, D16 — and `minimise`, which needs only the gradient
 * @example newton(([x]) => ({ loss: Math.exp(x) - x, gradient: [Math.exp(x) - 1], hessian: [[Math.exp(x)]] }), [1]).x.map((x) => x.toFixed(9)) // ["0.000000000"]
 */
export function newton(
  f: (x: Float64Array) => Curve,
  start: Vector,
  options: { readonly steps?: number; readonly tolerance?: number } = {},
): Minimum {
  checkObject("newton", "options", options);
  checkFunction("newton", "f", f);
  const { steps = 50, tolerance = 1e-10 } = options;
  checkFinite("newton", "start", start);
  checkInteger("newton", "steps", steps, 0);
  checkNumber("newton", "tolerance", tolerance);
  if (!(tolerance >= 0)) throw rangeError("newton", "tolerance", "be >= 0", tolerance);
  let x = Float64Array.from(start);
  let here = f(x);
  const losses = [here.loss];
  for (let n = 0; n < steps && !isFlat(here.gradient, tolerance); n++) {
    const direction = newtonDirection(here);
    let next: Curve | undefined;
    for (let scale = 1; scale > 1e-10 && next === undefined; scale /= 2) {
      const candidate = x.map((xi, i) => xi + scale * direction[i]!);
      const there = f(candidate);
      if (there.loss <= here.loss) {
        next = there;
        x = candidate;
      }
    }
    if (next === undefined) break; // rounding hides any further fall
    here = next;
    losses.push(here.loss);
  }
  return { x: Array.from(x), loss: here.loss, losses, gradient: Array.from(here.gradient) };
}

function isFlat(gradient: Vector, tolerance: number): boolean {
  for (let i = 0; i < gradient.length; i++) if (!(Math.abs(gradient[i]!) <= tolerance)) return false;
  return true;
}

function newtonDirection({ gradient, hessian }: Curve): number[] {
  const down = Array.from(gradient, (g) => -g);
  let largest = 0;
  for (let i = 0; i < hessian.length; i++) largest = Math.max(largest, Math.abs(hessian[i]![i]!));
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-12 * largest + 1e-300 : ridge * 100) {
    try {
      return solve(
        Array.from(hessian, (row, i) => Array.from(row, (h, j) => (i === j ? h + ridge : h))),
        down,
      );
    } catch (error) {
      if (!(error instanceof RangeError) || ridge > largest + 1) throw error;
    }
  }
}
