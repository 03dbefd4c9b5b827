class Categorical {
  readonly p: number[];
  constructor(z: readonly number[]) {
    const sorted = [...z].sort((a, b) => a - b);
    const top = sorted[sorted.length - 1]!;
    const total = sorted.reduce((s, x) => s + Math.exp(x - top), 0);
    this.p = z.map((x) => Math.exp(x - top) / total);
  }
  expect(f: (y: number) => number): number {
    return this.p.reduce((s, x, y) => s + x * f(y), 0);
  }
  covariance(i: number, j: number): number {
    return this.expect((y) => (+(y === i) - this.p[i]!) * (+(y === j) - this.p[j]!));
  }
}
const square = (z: readonly number[], f: (i: number, j: number) => number) =>
  z.map((_, i) => z.map((_, j) => f(i, j)));
export function hessian(z: readonly number[]) {
  const law = new Categorical(z);
  return square(z, (i, j) => law.covariance(i, j));
}
export function fisher(z: readonly number[]) {
  const { p } = new Categorical(z);
  return square(z, (i, j) => (i === j ? p[i]! * (1 - p[i]!) : -(p[i]! * p[j]!)));
}
export function hessianVectorProduct(z: readonly number[], v: readonly number[]) {
  const law = new Categorical(z);
  const mean = law.expect((y) => v[y]!);
  return law.p.map((x, k) => x * (v[k]! - mean));
}
export function newtonStep(c: number, z: readonly number[]) {
  const { p } = new Categorical(z);
  const k = z.length;
  return z.map((_, i) => (i === c ? (k - 1) / (k * p[c]!) : -1 / (k * p[c]!)));
}
