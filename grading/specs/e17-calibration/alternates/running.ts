// running sums per bin in a Map
export function reliability(
  confidence: readonly number[],
  hit: readonly boolean[],
  bins: number,
  equalMass?: boolean,
) {
  const table = new Map<number, { n: number; c: number; h: number }>();
  const rank = new Map<number, number>();
  [...confidence.keys()]
    .sort((i, j) => confidence[i]! - confidence[j]!)
    .forEach((i, r) => {
      rank.set(i, r);
    });
  for (let i = 0; i < confidence.length; i++) {
    let b = Math.floor(confidence[i]! * bins);
    if (b === bins) b--;
    if (equalMass) {
      b = 0;
      while (Math.floor(((b + 1) * confidence.length) / bins) <= rank.get(i)!) b++;
    }
    const row = table.get(b) ?? { n: 0, c: 0, h: 0 };
    row.n += 1;
    row.c += confidence[i]!;
    row.h += hit[i] ? 1 : 0;
    table.set(b, row);
  }
  return [...table.entries()]
    .sort((a, b) => a[0] - b[0])
    .map(([, { n, c, h }]) => ({
      count: n,
      confidence: c / n,
      accuracy: h / n,
      standardError: Math.sqrt((h / n) * (1 - h / n)) / Math.sqrt(n),
    }));
}
export const expectedCalibrationError = (
  confidence: readonly number[],
  hit: readonly boolean[],
  bins: number,
) => {
  const sums = new Array(bins).fill(0);
  confidence.forEach((c, i) => {
    sums[Math.min(Math.floor(c * bins), bins - 1)] += Number(hit[i]) - c;
  });
  return sums.reduce((s, x) => s + Math.abs(x), 0) / hit.length;
};
export function brierDecomposition(confidence: readonly number[], hit: readonly boolean[]) {
  const n = hit.length;
  const k = hit.reduce((s, x) => s + (x ? 1 : 0), 0);
  const table = new Map<number, [number, number]>();
  confidence.forEach((c, i) => {
    const [a, b] = table.get(c) ?? [0, 0];
    table.set(c, [a + 1, b + (hit[i] ? 1 : 0)]);
  });
  let reliability = 0;
  let resolution = 0;
  for (const [c, [a, b]] of table) {
    reliability += (a * (c - b / a) * (c - b / a)) / n;
    resolution += (a * (b / a - k / n) * (b / a - k / n)) / n;
  }
  return { reliability, resolution, uncertainty: (k / n) * ((n - k) / n) };
}
export function topLabel(Q: readonly (readonly number[])[], y: readonly number[]) {
  const best = Q.map((q) => q.reduce((b, x, k) => (x > q[b]! ? k : b), 0));
  return { confidence: best.map((k, n) => Q[n]![k]!), hit: best.map((k, n) => k === y[n]) };
}
