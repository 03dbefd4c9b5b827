import type { FactoryFunctionMap } from "mathjs";

/** The part of mathjs's BigNumber (decimal.js) that derivations compute with. */
export type Decimal = {
  plus(other: Decimal): Decimal;
  minus(other: Decimal): Decimal;
  times(other: Decimal): Decimal;
  div(other: Decimal): Decimal;
  pow(other: Decimal): Decimal;
  neg(): Decimal;
  abs(): Decimal;
  ceil(): Decimal;
  ln(): Decimal;
  exp(): Decimal;
  sqrt(): Decimal;
  cmp(other: Decimal): number;
  isZero(): boolean;
  isFinite(): boolean;
  isNaN(): boolean;
  isInteger(): boolean;
  toNumber(): number;
  toString(): string;
  toSignificantDigits(digits: number): Decimal;
};

/** A source of decimals with 64 significant digits, and logarithms and exponentials that remember. */
export type Arithmetic = {
  readonly of: (value: number | string) => Decimal;
  readonly ln: (x: Decimal) => Decimal;
  readonly exp: (x: Decimal) => Decimal;
  /** mathjs itself, for second opinions. */
  readonly math: MathJs;
};

/** What the symbolic second opinion needs of mathjs. */
export type MathJs = {
  simplify(expression: string): { toString(): string };
  derivative(expression: string, variable: string): { toString(): string };
};

const digits = 64;

/** Loads mathjs, the first time that a check runs and never before. */
export async function loadArithmetic(): Promise<Arithmetic> {
  const mathjs = await import("mathjs");
  const math = mathjs.create(mathjs.all as FactoryFunctionMap, { number: "BigNumber", precision: digits });
  const of = (value: number | string): Decimal => math.bignumber(value) as unknown as Decimal;
  return { of, ln: remember((x) => x.ln()), exp: remember((x) => x.exp()), math: math as unknown as MathJs };
}

// The lines of a chain take the same logarithms at the same points: 0.3 ms each at 64 digits.
function remember(compute: (x: Decimal) => Decimal): (x: Decimal) => Decimal {
  const known = new Map<string, Decimal>();
  return (x) => {
    const key = x.toString();
    let value = known.get(key);
    if (!value) {
      if (known.size > 20_000) known.clear();
      value = compute(x);
      known.set(key, value);
    }
    return value;
  };
}
