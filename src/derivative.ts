import { checkFunction, checkNumber, rangeError, typeError } from "./validate";

/**
 * A number with its derivative, `value + derivative·ε` where `ε² = 0`: the chain rule carried along with the arithmetic.
 *
 * The derivative is exact up to rounding: nothing is subtracted, no step has to be chosen.
 *
 * @see derivative, which sets the seed
 * @example new Dual(3, 1).multiply(2).log().derivative // 0.333333
 */
export class Dual {
  constructor(
    readonly value: number,
    readonly derivative = 0,
  ) {
    checkNumber("Dual", "value", value);
    checkNumber("Dual", "derivative", derivative);
  }

  /** A constant or a dual number, as a dual number. */
  private static of(x: Dual | number): Dual {
    return x instanceof Dual ? x : new Dual(x);
  }

  /** `f(x)` with `f′(x)` by the chain rule. */
  private chain(value: number, slope: number): Dual {
    return new Dual(value, this.derivative === 0 ? 0 : slope * this.derivative);
  }

  add(other: Dual | number): Dual {
    const y = Dual.of(other);
    return new Dual(this.value + y.value, this.derivative + y.derivative);
  }

  subtract(other: Dual | number): Dual {
    const y = Dual.of(other);
    return new Dual(this.value - y.value, this.derivative - y.derivative);
  }

  multiply(other: Dual | number): Dual {
    const y = Dual.of(other);
    return new Dual(this.value * y.value, this.derivative * y.value + this.value * y.derivative);
  }

  divide(other: Dual | number): Dual {
    const y = Dual.of(other);
    const value = this.value / y.value;
    return new Dual(value, (this.derivative - value * y.derivative) / y.value);
  }

  negate(): Dual {
    return new Dual(-this.value, -this.derivative);
  }

  /** `x^n` for a constant `n`. */
  power(n: number): Dual {
    return this.chain(this.value ** n, n === 0 ? 0 : n * this.value ** (n - 1));
  }

  sqrt(): Dual {
    const root = Math.sqrt(this.value);
    return this.chain(root, 0.5 / root);
  }

  exp(): Dual {
    const e = Math.exp(this.value);
    return this.chain(e, e);
  }

  expm1(): Dual {
    return this.chain(Math.expm1(this.value), Math.exp(this.value));
  }

  log(): Dual {
    return this.chain(Math.log(this.value), 1 / this.value);
  }

  log1p(): Dual {
    return this.chain(Math.log1p(this.value), 1 / (1 + this.value));
  }

  sin(): Dual {
    return this.chain(Math.sin(this.value), Math.cos(this.value));
  }

  cos(): Dual {
    return this.chain(Math.cos(this.value), -Math.sin(this.value));
  }

  tanh(): Dual {
    const t = Math.tanh(this.value);
    return this.chain(t, 1 - t * t);
  }
}

/**
 * Derivative `f′(x)` by dual numbers, exact up to rounding.
 *
 * @param f - a function written with the methods of `Dual`
 * @param x - where, any number
 * @returns `f′(x)`, in the unit of f over the unit of x
 * @throws TypeError if `f` does not return a dual number
 * @see centralDifference, which needs only the values of f and is less accurate
 * @example derivative((x) => x.multiply(x.log()), 2) // 1.69315
 */
export function derivative(f: (x: Dual) => Dual, x: number): number {
  checkFunction("derivative", "f", f);
  checkNumber("derivative", "x", x);
  const y = f(new Dual(x, 1));
  if (!(y instanceof Dual)) throw typeError("derivative", "f", "return a Dual", y);
  return y.derivative;
}

/**
 * Derivative `f′(x) ≈ (f(x + h) − f(x − h)) / 2h` from values alone.
 *
 * The error is about `h² |f‴|/6 + 2⁻⁵³ |f|/h`: a large step bends, a small step drowns in rounding. The default is near
 * the best for functions with derivatives of order 1.
 *
 * @param f - a function of one number
 * @param x - where, a finite number
 * @param h - step, > 0; by default `∛(2⁻⁵²) · max(1, |x|)`
 * @returns `f′(x)`, usually to about 10 digits
 * @throws RangeError if `x` is not finite or `h` is not > 0
 * @see derivative, by dual numbers
 * @example centralDifference((x) => x ** 3, 1, 0.1) // 3.01
 */
export function centralDifference(f: (x: number) => number, x: number, h?: number): number {
  checkFunction("centralDifference", "f", f);
  checkNumber("centralDifference", "x", x);
  if (!Number.isFinite(x)) throw rangeError("centralDifference", "x", "be finite", x);
  const step = h ?? Math.cbrt(Number.EPSILON) * Math.max(1, Math.abs(x));
  checkNumber("centralDifference", "h", step);
  if (!(step > 0 && step < Infinity)) throw rangeError("centralDifference", "h", "be > 0 and finite", step);
  // x ± h are rounded; dividing by the step that was really taken removes that error.
  const right = x + step;
  const left = x - step;
  return (f(right) - f(left)) / (right - left);
}
