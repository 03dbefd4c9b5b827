const mean = (xs: readonly number[]) => (xs.length ? xs.reduceRight((a, b) => a + b, 0) / xs.length : 0);
export const maskedMean = (losses: readonly number[], mask: readonly boolean[]): number =>
  mean(losses.filter((_, t) => mask[t]));
export const perSequenceMean = (
  losses: readonly (readonly number[])[],
  mask: readonly (readonly boolean[])[],
): number => mean(losses.flatMap((row, n) => (mask[n]!.some((m) => m) ? [maskedMean(row, mask[n]!)] : [])));
export const accumulate = (parts: readonly { sum: number; count: number }[]): number => {
  let mean = 0;
  let n = 0;
  for (const { sum, count } of parts) {
    if (count === 0) continue;
    n += count;
    mean += (sum - count * mean) / n;
  }
  return mean;
};
export function ignoreIndexLoss(y: readonly number[], logQ: readonly (readonly number[])[], ignore: number) {
  const rows = [...y.keys()].filter((n) => y[n] !== ignore);
  const grad = logQ.map((row) => row.map(() => 0));
  for (const n of rows) grad[n]![y[n]!] = -1 / rows.length;
  return { loss: mean(rows.map((n) => -logQ[n]![y[n]!]!)), grad };
}
