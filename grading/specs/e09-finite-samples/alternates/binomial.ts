// counts by one binomial after the other (conditional method)
export function monteCarloMean(values: readonly number[]): { mean: number; standardError: number } {
  if (values.length === 0 || values.length === 1) throw new RangeError(`got ${values.length} values`);
  let mean = 0;
  values.forEach((x) => {
    mean += x / values.length;
  });
  let v = 0;
  values.forEach((x) => {
    v += (x - mean) ** 2 / (values.length - 1);
  });
  return { standardError: (v / values.length) ** 0.5, mean };
}
function counts(p: readonly number[], n: number, random: () => number): number[] {
  let left = n;
  let mass = 1;
  return p.map((x, k) => {
    if (k === p.length - 1) return left;
    let c = 0;
    for (let i = 0; i < left; i++) if (random() < x / mass) c++;
    left -= c;
    mass -= x;
    return c;
  });
}
const entropyOf = (c: readonly number[], n: number) =>
  Math.log(n) - c.reduce((s, x) => (x === 0 ? s : s + (x / n) * Math.log(x)), 0);
const means = (times: number, f: () => number) => {
  const all: number[] = [];
  while (all.length < times) all.push(f());
  return monteCarloMean(all);
};
export const plugInEntropyBias = (
  p: readonly number[],
  n: number,
  repetitions: number,
  random: () => number,
) =>
  means(repetitions, () => entropyOf(counts(p, n, random), n) + p.reduce((s, x) => s + x * Math.log(x), 0));
export const excessRisk = (p: readonly number[], n: number, repetitions: number, random: () => number) =>
  means(repetitions, () => {
    const c = counts(p, n, random);
    return c.reduce((s, x, k) => s - (x / n) * Math.log(p[k]!), 0) - entropyOf(c, n);
  });
