import { checkFinite, checkFunction, checkNumber, typeError, type Vector } from "./validate";

/**
 * A number with two first derivatives and the mixed second one, `x + a ε₁ + b ε₂ + c ε₁ε₂` where `ε₁² = ε₂² = 0`.
 *
 * Second derivatives exact up to rounding, without differences (Fike & Alonso 2011).
 *
 * @see Dual, for first derivatives — and `hessian`, which sets the seeds
 * @example new HyperDual(2, 1, 1).power(3).mixed // 12
 */
export class HyperDual {
  constructor(
    readonly value: number,
    readonly first = 0,
    readonly second = 0,
    readonly mixed = 0,
  ) {
    checkNumber("HyperDual", "value", value);
  }

  private static of(x: HyperDual | number): HyperDual {
    return x instanceof HyperDual ? x : new HyperDual(x);
  }

  /** `f(x)` with the first and second derivative of f there. */
  private chain(value: number, slope: number, curve: number): HyperDual {
    return new HyperDual(
      value,
      slope * this.first,
      slope * this.second,
      slope * this.mixed + curve * this.first * this.second,
    );
  }

  add(other: HyperDual | number): HyperDual {
    const y = HyperDual.of(other);
    return new HyperDual(
      this.value + y.value,
      this.first + y.first,
      this.second + y.second,
      this.mixed + y.mixed,
    );
  }

  subtract(other: HyperDual | number): HyperDual {
    return this.add(HyperDual.of(other).negate());
  }

  multiply(other: HyperDual | number): HyperDual {
    const y = HyperDual.of(other);
    return new HyperDual(
      this.value * y.value,
      this.first * y.value + this.value * y.first,
      this.second * y.value + this.value * y.second,
      this.mixed * y.value + this.first * y.second + this.second * y.first + this.value * y.mixed,
    );
  }

  divide(other: HyperDual | number): HyperDual {
    return this.multiply(HyperDual.of(other).power(-1));
  }

  negate(): HyperDual {
    return this.chain(-this.value, -1, 0);
  }

  /** `x^n` for a constant `n`. */
  power(n: number): HyperDual {
    const x = this.value;
    return this.chain(
      x ** n,
      n === 0 ? 0 : n * x ** (n - 1),
      n === 0 || n === 1 ? 0 : n * (n - 1) * x ** (n - 2),
    );
  }

  exp(): HyperDual {
    const e = Math.exp(this.value);
    return this.chain(e, e, e);
  }

  log(): HyperDual {
    return this.chain(Math.log(this.value), 1 / this.value, -1 / this.value ** 2);
  }

  log1p(): HyperDual {
    return this.chain(Math.log1p(this.value), 1 / (1 + this.value), -1 / (1 + this.value) ** 2);
  }

  tanh(): HyperDual {
    const t = Math.tanh(this.value);
    const slope = 1 - t * t;
    return this.chain(t, slope, -2 * t * slope);
  }
}

/**
 * Hessian matrix `∂²f/∂xᵢ∂xⱼ` by hyper-dual numbers, exact up to rounding: one evaluation of f per entry.
 *
 * @param f - a function written with the methods of `HyperDual`
 * @param x - where, shape `[n]`
 * @returns symmetric, shape `[n, n]`
 * @throws TypeError if `f` does not return a hyper-dual number
 * @see softmaxHessian, the same by hand for one function — and `gradient`
 * @example hessian(([a, b]) => a.multiply(a).multiply(b), [2, 3]) // [[6, 4], [4, 0]]
 */
export function hessian(f: (x: HyperDual[]) => HyperDual, x: Vector): number[][] {
  checkFunction("hessian", "f", f);
  checkFinite("hessian", "x", x);
  const entry = (i: number, j: number): number => {
    const y = f(Array.from(x, (xk, k) => new HyperDual(xk, k === i ? 1 : 0, k === j ? 1 : 0)));
    if (!(y instanceof HyperDual)) throw typeError("hessian", "f", "return a HyperDual", y);
    return y.mixed;
  };
  const rows: number[][] = [];
  for (let i = 0; i < x.length; i++) rows.push(Array.from(x, (_, j) => (j < i ? rows[j]![i]! : entry(i, j))));
  return rows;
}
