// sums the small ones first, on a sorted copy
class Logits {
  readonly ascending: number[];
  readonly top: number;
  constructor(readonly z: readonly number[]) {
    this.ascending = [...z].sort((a, b) => a - b);
    this.top = this.ascending[this.ascending.length - 1]!;
  }
  get rest(): number {
    let s = 0;
    for (const x of this.ascending) s += Math.exp(x - this.top);
    return Math.log(s);
  }
}
export const logSumExp = (z: readonly number[]): number => {
  const l = new Logits(z);
  return Number.isFinite(l.top) ? l.top + l.rest : l.top;
};
export const logSoftmax = (z: readonly number[]): number[] => {
  const l = new Logits(z);
  return z.map((x) => x - l.top).map((x) => x - l.rest);
};
export const logSoftmaxRows = (Z: readonly (readonly number[])[]): number[][] => Array.from(Z, logSoftmax);
export const diagnose = (f: (z: readonly number[]) => number): string => {
  const results = [f([1000, 0]), f([-1000, -1000]), f([1000, 998])];
  for (const r of results) if (r === Number.POSITIVE_INFINITY || Number.isNaN(r)) return "overflow";
  for (const r of results) if (r === Number.NEGATIVE_INFINITY) return "underflow";
  const z = [0.1, 0.2, -0.3];
  return Math.abs(f(z) - logSumExp(z)) > 1e-12 * logSumExp(z) ? "precision" : "ok";
};
