import type { Arithmetic, Decimal } from "./decimal";

/**
 * A number with its derivative along one direction: `re + du·ε`, `ε² = 0`. Parts may be dual in another direction,
 * which gives second derivatives. Each `diff` has its own tag, so that two directions never mix.
 */
export type Dual = { readonly tag: number; readonly re: Num; readonly du: Num };
export type Num = Decimal | Dual;

export const isDual = (x: Num): x is Dual => "tag" in x;

/** The value without its derivatives. */
export function real(x: Num): Decimal {
  return isDual(x) ? real(x.re) : x;
}

const tagOf = (x: Num): number => (isDual(x) ? x.tag : 0);

/** Value and derivative in the direction of `tag`. */
export function split(x: Num, tag: number, zero: Decimal): readonly [Num, Num] {
  return isDual(x) && x.tag === tag ? [x.re, x.du] : [x, zero];
}

/** The arithmetic of numbers that may carry derivatives. */
export function dualArithmetic(arithmetic: Arithmetic) {
  const zero = arithmetic.of(0);
  const one = arithmetic.of(1);

  const add = (a: Num, b: Num): Num => {
    if (!isDual(a) && !isDual(b)) return a.plus(b);
    const tag = Math.max(tagOf(a), tagOf(b));
    const [ar, ad] = split(a, tag, zero);
    const [br, bd] = split(b, tag, zero);
    return { tag, re: add(ar, br), du: add(ad, bd) };
  };

  // A weight of zero makes its term zero, whatever it multiplies: 0·log 0 = 0 and 0·log(0/0) = 0.
  const multiply = (a: Num, b: Num): Num => {
    if (!isDual(a) && !isDual(b)) return a.isZero() || b.isZero() ? zero : a.times(b);
    const tag = Math.max(tagOf(a), tagOf(b));
    const [ar, ad] = split(a, tag, zero);
    const [br, bd] = split(b, tag, zero);
    return { tag, re: multiply(ar, br), du: add(multiply(ad, br), multiply(ar, bd)) };
  };

  const negate = (a: Num): Num => (isDual(a) ? { tag: a.tag, re: negate(a.re), du: negate(a.du) } : a.neg());

  /** Applies f, whose derivative is given as a function of the same argument. */
  const chain =
    (value: (x: Decimal) => Decimal, slope: (x: Num) => Num) =>
    (x: Num): Num =>
      isDual(x) ? { tag: x.tag, re: chain(value, slope)(x.re), du: multiply(slope(x.re), x.du) } : value(x);

  const reciprocal: (x: Num) => Num = chain(
    (x) => one.div(x),
    (x) => negate(multiply(reciprocal(x), reciprocal(x))),
  );
  const log = chain(arithmetic.ln, reciprocal);
  const exp: (x: Num) => Num = chain(arithmetic.exp, (x) => exp(x));

  const divide = (a: Num, b: Num): Num => (!isDual(a) && !isDual(b) ? a.div(b) : multiply(a, reciprocal(b)));

  const power = (a: Num, b: Num): Num => {
    if (!isDual(b)) {
      if (!isDual(a)) {
        if (b.isZero()) return one;
        // Fractional powers by logarithms that are remembered: decimal.js computes each anew.
        return b.isInteger() || a.cmp(zero) <= 0 ? a.pow(b) : arithmetic.exp(b.times(arithmetic.ln(a)));
      }
      if (b.isZero()) return one;
      const slope = multiply(b, power(a.re, b.minus(one)));
      return { tag: a.tag, re: power(a.re, b), du: multiply(slope, a.du) };
    }
    return exp(multiply(b, log(a)));
  };

  const sign = (x: Num): Num => arithmetic.of(real(x).cmp(zero) < 0 ? -1 : 1);
  const abs = chain((x) => x.abs(), sign);
  const ceil = chain(
    (x) => x.ceil(),
    () => zero,
  );
  const max = (a: Num, b: Num): Num => (real(a).cmp(real(b)) >= 0 ? a : b);

  return { zero, one, add, multiply, negate, divide, power, log, exp, abs, ceil, max };
}
