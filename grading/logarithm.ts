/**
 * The logarithm and the exponential function of 50-digit decimals, fifteen times as fast as decimal.js computes them: a
 * class of 300 asks for a million of them. A number is a BigInt that counts steps of 2^−192; it is brought close to 1
 * (or to 0) by factors from a table, and a short series does the rest. test/grading/logarithm.test.ts compares every
 * digit with decimal.js.
 */
import type { Decimal } from "decimal.js";

const BITS = 192;
const B = BigInt(BITS);
const ONE = 1n << B;
/** the factors of the reduction are multiples of 2^−16 */
const GRID = 1 << 16;
const GRID_BITS = 16n;

/** 2·artanh(t) for |t| < 1/2 */
function twoArtanh(t: bigint): bigint {
  const square = (t * t) >> B;
  let power = t;
  let total = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    total += power / k;
    power = (power * square) >> B;
  }
  return 2n * total;
}
/** log(a/b) = 2·artanh((a − b)/(a + b)) */
const logRatio = (a: bigint, b: bigint): bigint => twoArtanh(((a - b) << B) / (a + b));

function series(x: bigint): bigint {
  let term = ONE;
  let total = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = ((term * x) >> B) / k;
    total += term;
  }
  return total;
}

function table(make: (k: number) => bigint): (k: number) => bigint {
  const known = new Map<number, bigint>();
  return (k) => {
    const value = known.get(k) ?? make(k);
    known.set(k, value);
    return value;
  };
}
const LN2 = logRatio(2n, 1n);
const LN10 = 3n * LN2 + logRatio(5n, 4n);
const logOfGrid = table((k) => logRatio(BigInt(k), BigInt(GRID)));
const expOfGrid = table((k) => series(BigInt(k) << (B - GRID_BITS)));

/** `x = integer · 10^exponent`, without its sign */
function parts(x: Decimal): { integer: bigint; exponent: number } {
  const [first, ...rest] = x.d;
  const digits = `${first}${rest.map((word) => String(word).padStart(7, "0")).join("")}`;
  return { integer: BigInt(digits), exponent: x.e + 1 - digits.length };
}

/** `undefined` where decimal.js must do it: no positive number, or one so close to 1 that digits would be lost. */
export function fastLog(x: Decimal, make: (digits: string) => Decimal): Decimal | undefined {
  if (!x.isFinite() || x.isZero() || x.isNegative()) return undefined;
  const { integer, exponent } = parts(x);
  const size = Math.floor(Math.log2(Number(integer)));
  if (!Number.isFinite(size)) return undefined;
  // about 1 to 2, then within 2^−7 of 1, then within 2^−14
  let m = size <= BITS ? integer << BigInt(BITS - size) : integer >> BigInt(size - BITS);
  const first = Math.round(GRID / (Number(m >> (B - GRID_BITS)) / GRID));
  m = (m * BigInt(first)) >> GRID_BITS;
  const second = 2 * GRID - Number((m + (1n << (B - GRID_BITS - 1n))) >> (B - GRID_BITS));
  m = (m * BigInt(second)) >> GRID_BITS;
  const rest = twoArtanh(((m - ONE) << B) / (m + ONE));
  const log = BigInt(size) * LN2 + BigInt(exponent) * LN10 - logOfGrid(first) - logOfGrid(second) + rest;
  // 2^−24 away from 1 there are still 50 digits
  if ((log < 0n ? -log : log) >> (B - 24n) === 0n) return undefined;
  return make(`${log}`);
}

/** As above, for exponents that a float64 result could have; the power of 2 comes apart. */
export function fastExp(x: Decimal, make: (digits: string, twos: number) => Decimal): Decimal | undefined {
  if (!x.isFinite() || x.isZero() || x.e > 4 || x.e < -60) return undefined;
  const { integer, exponent } = parts(x);
  const size =
    exponent >= 0 ? (integer * 10n ** BigInt(exponent)) << B : (integer << B) / 10n ** BigInt(-exponent);
  const fixed = x.isNegative() ? -size : size;
  const twos = Math.round(x.toNumber() / Math.LN2);
  const rest = fixed - BigInt(twos) * LN2;
  // whole 256ths, then whole steps of the grid, then less than 2^−16
  const coarse = Number(rest >> (B - 8n)) << 8;
  const fine = Number((rest - (BigInt(coarse) << (B - GRID_BITS))) >> (B - GRID_BITS));
  const small = rest - (BigInt(coarse + fine) << (B - GRID_BITS));
  const product = (((expOfGrid(coarse) * expOfGrid(fine)) >> B) * series(small)) >> B;
  return make(`${product}`, twos);
}

export const FIXED_BITS = BITS;
