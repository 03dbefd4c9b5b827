// matrices from vectors, Newton by solving with the pseudo-inverse (H + 11ᵀ)⁻¹
function softmax(z: readonly number[]): number[] {
  let top = Number.NEGATIVE_INFINITY;
  for (const x of z) top = Math.max(top, x);
  let s = 0;
  for (const x of z) s += Math.exp(x - top);
  const log = Math.log(s);
  return z.map((x) => Math.exp(x - top - log));
}
const diagMinusOuter = (p: readonly number[]) => p.map((a, i) => p.map((b, j) => (i === j ? a : 0) - a * b));
export const hessian = (z: readonly number[]): number[][] => diagMinusOuter(softmax(z));
export const fisher = (z: readonly number[]): number[][] => hessian(z);
export function hessianVectorProduct(z: readonly number[], v: readonly number[]): number[] {
  const p = softmax(z);
  let dot = 0;
  for (let i = 0; i < p.length; i++) dot += p[i]! * v[i]!;
  return p.map((x, i) => x * v[i]! - x * dot);
}
export function newtonStep(c: number, z: readonly number[]): number[] {
  const p = softmax(z);
  const n = p.length;
  const a = diagMinusOuter(p).map((row, i) => [...row.map((x) => x + 1), (i === c ? 1 : 0) - p[i]!]);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[best]![k]!)) best = i;
    [a[k], a[best]] = [a[best]!, a[k]!];
    for (let i = k + 1; i < n; i++) {
      const f = a[i]![k]! / a[k]![k]!;
      for (let j = k; j <= n; j++) a[i]![j]! -= f * a[k]![j]!;
    }
  }
  const d = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let s = a[i]![n]!;
    for (let j = i + 1; j < n; j++) s -= a[i]![j]! * d[j]!;
    d[i] = s / a[i]![i]!;
  }
  return d;
}
