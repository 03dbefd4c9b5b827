// outcomes drawn from the last to the first; variance from the sum of squares of centred values
export const monteCarloMean = (values: readonly number[]) => {
  const n = values.length;
  if (!(n >= 2)) throw new RangeError("at least two values");
  const shift = values[0]!;
  const d = values.map((x) => x - shift);
  const m = d.reduceRight((a, b) => a + b, 0) / n;
  const ss = d.reduce((s, x) => s + (x - m) * (x - m), 0);
  return { mean: shift + m, standardError: Math.sqrt(ss) / Math.sqrt(n * (n - 1)) };
};
const pick = (p: readonly number[], u: number) => {
  let left = 1;
  for (let k = p.length - 1; k > 0; k--) {
    left -= p[k]!;
    if (u >= left) return k;
  }
  return 0;
};
const sample = (p: readonly number[], n: number, random: () => number) => {
  const f = new Float64Array(p.length);
  for (let i = 0; i < n; i++) {
    const k = pick(p, random());
    f[k] = f[k]! + 1 / n;
  }
  return f;
};
const xlogx = (x: number) => (x > 0 ? x * Math.log(x) : 0);
const over = (times: number, f: () => number) => monteCarloMean(Array.from({ length: times }, f));
export function plugInEntropyBias(
  p: readonly number[],
  n: number,
  repetitions: number,
  random: () => number,
) {
  const h = -p.reduce((s, x) => s + xlogx(x), 0);
  return over(repetitions, () => -sample(p, n, random).reduce((s, x) => s + xlogx(x), 0) - h);
}
export function excessRisk(p: readonly number[], n: number, repetitions: number, random: () => number) {
  // H(p̂, p) − H(p̂)
  return over(repetitions, () => {
    const f = sample(p, n, random);
    return f.reduce((s, x, k) => s + xlogx(x) - x * Math.log(p[k]!), 0);
  });
}
