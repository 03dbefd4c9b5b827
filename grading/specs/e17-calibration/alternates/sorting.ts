// sort once, then cut
type Pair = { c: number; h: number };
const pairs = (c: readonly number[], h: readonly boolean[]): Pair[] =>
  c.map((x, i) => ({ c: x, h: h[i] ? 1 : 0 })).sort((a, b) => a.c - b.c);
const describe = (g: Pair[]) => {
  const accuracy = g.reduce((s, p) => s + p.h, 0) / g.length;
  return {
    count: g.length,
    confidence: g.reduceRight((s, p) => s + p.c, 0) / g.length,
    accuracy,
    standardError: ((accuracy - accuracy ** 2) / g.length) ** 0.5,
  };
};
export function reliability(c: readonly number[], h: readonly boolean[], bins: number, equalMass = false) {
  const all = pairs(c, h);
  const n = all.length;
  const cut = (b: number) => {
    if (equalMass) return Math.floor((b * n) / bins);
    if (b === bins) return n;
    const at = all.findIndex((p) => p.c * bins >= b);
    return at < 0 ? n : at;
  };
  const out = [];
  for (let b = 0; b < bins; b++) {
    const group = all.slice(cut(b), cut(b + 1));
    if (group.length) out.push(describe(group));
  }
  return out;
}
export function expectedCalibrationError(c: readonly number[], h: readonly boolean[], bins: number): number {
  let s = 0;
  for (const b of reliability(c, h, bins)) s += (Math.abs(b.accuracy - b.confidence) * b.count) / c.length;
  return s;
}
export function brierDecomposition(c: readonly number[], h: readonly boolean[]) {
  const all = pairs(c, h);
  const base = all.reduce((s, p) => s + p.h, 0) / all.length;
  const groups = Object.values(
    all.reduce<Record<string, Pair[]>>((m, p) => {
      const key = String(p.c);
      m[key] = [...(m[key] ?? []), p];
      return m;
    }, {}),
  ).map(describe);
  const weigh = (f: (g: ReturnType<typeof describe>) => number) =>
    groups.reduce((s, g) => s + (f(g) * g.count) / all.length, 0);
  return {
    reliability: weigh((g) => (g.confidence - g.accuracy) ** 2),
    resolution: weigh((g) => (g.accuracy - base) ** 2),
    uncertainty: base - base * base,
  };
}
export const topLabel = (Q: readonly (readonly number[])[], y: readonly number[]) => {
  const confidence = Float64Array.from(Q, (q) => [...q].sort((a, b) => b - a)[0]!);
  return { confidence, hit: Q.map((q, n) => q[y[n]!] === confidence[n]) };
};
