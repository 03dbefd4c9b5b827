// typed arrays; the matrices column by column through products with unit vectors
const probabilities = (z: ArrayLike<number>): Float64Array => {
  const e = Float64Array.from(z);
  const top = e.reduce((a, b) => Math.max(a, b));
  for (let i = 0; i < e.length; i++) e[i] = Math.exp(e[i]! - top);
  const s = e.reduce((a, b) => a + b);
  return e.map((x) => x / s);
};
export function hessianVectorProduct(z: readonly number[], v: readonly number[]): Float64Array {
  const p = probabilities(z);
  let mean = 0;
  p.forEach((x, i) => {
    mean += x * v[i]!;
  });
  return p.map((x, i) => x * (v[i]! - mean));
}
export const hessian = (z: readonly number[]): Float64Array[] =>
  z.map((_, i) =>
    hessianVectorProduct(
      z,
      z.map((_, j) => (j === i ? 1 : 0)),
    ),
  );
export function fisher(z: readonly number[]): Float64Array[] {
  const p = probabilities(z);
  return z.map((_, i) =>
    p.map((_, j) => p.reduce((s, py, y) => s + py * (p[i]! - +(y === i)) * (p[j]! - +(y === j)), 0)),
  );
}
export function newtonStep(c: number, z: readonly number[]): number[] {
  const p = probabilities(z);
  const raw = Array.from(p, (_, k) => (k === c ? 1 / p[c]! : 0));
  const mean = raw.reduce((a, b) => a + b) / raw.length;
  return raw.map((x) => x - mean);
}
