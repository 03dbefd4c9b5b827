// Exponentials to 256 binary places, in integers: for the one place where float64 pairs are not enough. Internal.

const PLACES = 256n;
const ONE = 1n << PLACES;

/** `⌊x · 2²⁵⁶⌉`, from the exact value of x, 60 bits at a time. */
function toFixed(x: number): bigint {
  let fixed = 0n;
  let left = x;
  let place = PLACES;
  for (; place >= 0n && left !== 0; place -= 60n) {
    const whole = Math.trunc(left);
    fixed += BigInt(whole) << place;
    left = (left - whole) * 2 ** 60;
  }
  return fixed;
}

/** `log 2 = Σ 1/(k 2ᵏ)`. */
let log2 = 0n;
for (let k = 1n; k <= PLACES; k++) log2 += (ONE >> k) / k;

/** `eˣ` for x <= 1, in units of 2⁻²⁵⁶. */
function expFixed(x: number): bigint {
  const fixed = toFixed(x);
  const n = fixed / log2;
  const r = (fixed - n * log2) >> 8n; // below 2⁻⁸: the series gains 8 digits and more a term, then 8 squarings
  let series = ONE;
  for (let k = 30n; k >= 1n; k--) series = ONE + ((series * r) >> PLACES) / k;
  for (let k = 0; k < 8; k++) series = (series * series) >> PLACES;
  return n >= 0n ? series << n : series >> -n;
}

/**
 * `log Σ e^z` where the sum is near 1, within 2 ulp: `log1p(Σ e^z − 1)`, with the difference to 240 places or so.
 */
export function logSumExpNearZero(z: ArrayLike<number>, at: number, V: number): number {
  let excess = -ONE;
  for (let i = 0; i < V; i++) if (z[at + i]! > -180) excess += expFixed(z[at + i]!);
  // BigInt to float64 rounds to nearest; the power of two is exact, since 2⁻²⁵⁶ is far from the smallest number
  return Math.log1p(Number(excess) * 2 ** -256);
}
