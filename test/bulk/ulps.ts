/** The largest distance between two arrays, in units in the last place of the second; `Infinity` for a wrong NaN. */
export function ulpsApart(actual: ArrayLike<number>, expected: ArrayLike<number>, float32: boolean): number {
  const [least, digits] = float32 ? [2 ** -149, 23] : [2 ** -1074, 52];
  const unit = (x: number): number => Math.max(least, 2 ** (Math.floor(Math.log2(Math.abs(x))) - digits));
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i]!, expected[i]!];
    if (a === e || (Number.isNaN(a) && Number.isNaN(e))) continue;
    const distance = Math.abs(a - e) / unit(e);
    worst = Number.isNaN(distance) ? Infinity : Math.max(worst, distance);
  }
  return worst;
}
