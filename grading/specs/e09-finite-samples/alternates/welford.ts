// one pass (Welford 1962); draws by a cumulated table
class Running {
  n = 0;
  mean = 0;
  private m2 = 0;
  add(x: number): void {
    this.n++;
    const d = x - this.mean;
    this.mean += d / this.n;
    this.m2 += d * (x - this.mean);
  }
  get standardError(): number {
    return Math.sqrt(this.m2 / (this.n - 1) / this.n);
  }
}
export function monteCarloMean(values: readonly number[]) {
  if (values.length < 2) throw new Error("needs two values");
  const r = new Running();
  for (const x of values) r.add(x);
  return { mean: r.mean, standardError: r.standardError };
}
function repeat(
  p: readonly number[],
  n: number,
  times: number,
  random: () => number,
  f: (phat: number[]) => number,
) {
  let total = 0;
  const ends = p.map((x) => {
    total += x;
    return total;
  });
  const r = new Running();
  for (let t = 0; t < times; t++) {
    const counts = new Array<number>(p.length).fill(0);
    for (let i = 0; i < n; i++) {
      const u = random() * total;
      const k = ends.findIndex((e) => u < e);
      counts[k < 0 ? p.length - 1 : k]!++;
    }
    r.add(f(counts.map((c) => c / n)));
  }
  return { mean: r.mean, standardError: r.standardError };
}
const H = (p: readonly number[]) => p.filter((x) => x > 0).reduce((s, x) => s + x * Math.log(1 / x), 0);
export const plugInEntropyBias = (
  p: readonly number[],
  n: number,
  repetitions: number,
  random: () => number,
) => repeat(p, n, repetitions, random, (q) => H(q) - H(p));
export const excessRisk = (p: readonly number[], n: number, repetitions: number, random: () => number) =>
  repeat(p, n, repetitions, random, (q) =>
    q.reduce((s, x, k) => s + (x === 0 ? 0 : x * (Math.log(x) - Math.log(p[k]!))), 0),
  );
