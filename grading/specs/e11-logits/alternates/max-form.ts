// the textbook form max(z, 0) − z·y + log1p(e^(−|z|)), generalised to a weight as PyTorch writes it
export function bceWithLogits(y: number, z: number, posWeight?: number): number {
  const c = posWeight ?? 1;
  if (y === 0) return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
  if (y === 1) return c * (z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z);
  return bceWithLogits(0, z) * (1 - y) + y * bceWithLogits(1, z, c);
}
export function bceWithLogitsGradient(y: number, z: number, posWeight?: number): number {
  const c = posWeight ?? 1;
  const s = 1 / (1 + Math.exp(-z));
  const t = 1 / (1 + Math.exp(z));
  return s * (1 - y) - c * y * t;
}
export function multiLabelLoss(
  y: readonly number[],
  z: readonly number[],
  posWeight?: readonly number[],
): number {
  return (
    y
      .map((t, k) => bceWithLogits(t, z[k]!, posWeight === undefined ? 1 : posWeight[k]!))
      .reduce((a, b) => a + b) / y.length
  );
}
