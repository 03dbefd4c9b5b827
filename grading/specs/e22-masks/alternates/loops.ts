export function maskedMean(losses: readonly number[], mask: readonly boolean[]): number {
  let sum = 0;
  let n = 0;
  for (let t = losses.length - 1; t >= 0; t--) {
    if (!mask[t]) continue;
    sum += losses[t]!;
    n += 1;
  }
  return sum / Math.max(n, 1);
}
export function perSequenceMean(
  losses: readonly (readonly number[])[],
  mask: readonly (readonly boolean[])[],
): number {
  let sum = 0;
  let n = 0;
  for (let s = 0; s < losses.length; s++) {
    if (mask[s]!.indexOf(true) === -1) continue;
    sum += maskedMean(losses[s]!, mask[s]!);
    n++;
  }
  return n === 0 ? 0 : sum / n;
}
export function accumulate(parts: readonly { sum: number; count: number }[]): number {
  const all = parts.reduce((a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }), {
    sum: 0,
    count: 0,
  });
  return all.count > 0 ? all.sum / all.count : 0;
}
export function ignoreIndexLoss(y: readonly number[], logQ: readonly (readonly number[])[], ignore: number) {
  let n = 0;
  for (const c of y) if (c !== ignore) n++;
  let loss = 0;
  const grad: Float64Array[] = [];
  for (let i = 0; i < y.length; i++) {
    const g = new Float64Array(logQ[i]!.length);
    if (y[i] !== ignore) {
      loss -= logQ[i]![y[i]!]! / n;
      g[y[i]!] = -1 / n;
    }
    grad.push(g);
  }
  return { loss, grad };
}
