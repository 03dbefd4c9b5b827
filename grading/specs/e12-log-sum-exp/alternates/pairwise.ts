// two at a time with log1p
const add = (a: number, b: number): number => {
  if (a === Number.NEGATIVE_INFINITY) return b;
  if (b === Number.NEGATIVE_INFINITY) return a;
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b));
};
export function logSumExp(z: readonly number[]): number {
  return z.reduce(add, Number.NEGATIVE_INFINITY);
}
export function logSoftmax(z: readonly number[]): number[] {
  const top = z.reduce((a, b) => Math.max(a, b));
  const moved = Float64Array.from(z, (x) => x - top);
  const rest = logSumExp(Array.from(moved));
  return Array.from(moved, (x) => x - rest);
}
export function logSoftmaxRows(Z: readonly (readonly number[])[]): number[][] {
  const out: number[][] = [];
  for (const row of Z) out.push(logSoftmax(row));
  return out;
}
export function diagnose(f: (z: readonly number[]) => number) {
  const seen = new Set<string>();
  for (let a = -1000; a <= 1000; a += 125)
    for (const b of [a, -a, a / 2 + 0.3]) {
      const x = f([a, b]);
      const t = logSumExp([a, b]);
      if (Number.isNaN(x) || x > 1e6) seen.add("overflow");
      else if (x < -1e6) seen.add("underflow");
      else if (Math.abs(x - t) > 1e-12 * Math.abs(t)) seen.add("precision");
    }
  return ["overflow", "underflow", "precision"].find((w) => seen.has(w)) ?? "ok";
}
