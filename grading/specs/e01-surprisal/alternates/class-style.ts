// a class behind the functions, typed arrays inside
class Distribution {
  private readonly weights: Float64Array;
  constructor(p: readonly number[]) {
    this.weights = Float64Array.from(p);
  }
  expected(f: (x: number) => number): number {
    return this.weights.filter((w) => w > 0).reduce((total, w) => total + w * f(w), 0);
  }
}
export const surprisal = (p: number): number => (p === 1 ? 0 : p > 0.5 ? -Math.log1p(p - 1) : -Math.log(p));
export const entropy = (p: readonly number[]): number => new Distribution(p).expected((w) => 0 - Math.log(w));
export const toBits = (nats: number): number => Math.log2(Math.E) * nats;
