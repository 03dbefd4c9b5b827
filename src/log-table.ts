// The table behind our own logarithm, for those who need more than 53 binary digits of it. This file is internal.

// log x = k ln 2 + log m = k ln 2 − log c + log(c m), for m = x/2^k in [1, 2) and c a number of 12 digits near 1/m, so
// that r = c m − 1 is small, and exact when m is taken in two halves (Tang 1990, ACM TOMS 16(4)). c is 1 in the first
// interval and 1/2 in the last: on both sides of x = 1 the table adds nothing to r, and no digit of a small logarithm
// is lost.
export const SIZE = 256;
const STEPS = 4096;
/** c, and −log c as the sum of a multiple of 2⁻¹⁶ and the rest. */
export const factor = new Float64Array(SIZE);
export const minusLogHigh = new Float64Array(SIZE);
export const minusLogLow = new Float64Array(SIZE);
export const [LN2_HIGH, LN2_LOW] = fillTables();

/** Fills the tables and returns ln 2 as such a sum, in integers of 120 bits. */
function fillTables(): readonly [number, number] {
  const BITS = 120n;
  let n = STEPS;
  let sum = 0n; // −log(n/STEPS)
  /** Goes down to the next factor: log(n/next) = 2 artanh((n − next)/(n + next)). */
  const move = (next: number): void => {
    const d = BigInt(n - next);
    const s = BigInt(n + next);
    let power = (d << (BITS + 1n)) / s;
    for (let k = 1n; power !== 0n; k += 2n) {
      sum += power / k;
      power = (power * d * d) / (s * s);
    }
    n = next;
  };
  const halves = (): readonly [number, number] => {
    const high = Number((sum + (1n << 103n)) >> 104n); // in steps of 2⁻¹⁶: k ln 2 − log c has 26 digits, and is exact
    return [high * 2 ** -16, Number(sum - (BigInt(high) << 104n)) * 2 ** -120];
  };
  for (let j = 0; j < SIZE; j++) {
    const middle = Math.round(STEPS / (1 + (j + 0.5) / SIZE));
    move(j === 0 ? STEPS : j === SIZE - 1 ? STEPS / 2 : middle);
    factor[j] = n / STEPS;
    [minusLogHigh[j], minusLogLow[j]] = halves() as [number, number];
  }
  return halves();
}

/** Writing a number here shows its exponent and its first digits in `words[UPPER]`. */
export const bits = new Float64Array(1);
export const words = new Int32Array(bits.buffer);
/** Which of the two words of a float64 has the exponent: on nearly all machines the second. */
export const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** `log(1 + r) − r` for `|r| < 2⁻⁸`. */
export function logTail(r: number): number {
  const square = r * r;
  const last = -1 / 6 + r * (1 / 7) + square * (-1 / 8);
  return square * (-1 / 2 + r * (1 / 3) + square * (-1 / 4 + r * (1 / 5) + square * last));
}
