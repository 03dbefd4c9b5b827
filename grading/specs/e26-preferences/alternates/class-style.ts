const lse = (...z: number[]) => {
  const top = Math.max(...z);
  return top + Math.log(z.reduce((s, x) => s + Math.exp(x - top), 0));
};
export const preferenceProbability = (a: number, b: number) =>
  Math.exp(-Math.max(b - a, 0) - Math.log1p(Math.exp(-Math.abs(a - b))));
export function fitBradleyTerry(wins: readonly (readonly number[])[]): number[] | null {
  const n = wins.length;
  const closure = (m: boolean[][]) => {
    const out = m.map((r) => [...r]);
    for (let again = true; again; ) {
      again = false;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          if (!out[i]![j] && out[i]!.some((ok, k) => ok && out[k]![j])) {
            out[i]![j] = true;
            again = true;
          }
    }
    return out;
  };
  if (!closure(wins.map((r) => r.map((w) => w > 0))).every((r, i) => r.every((ok, j) => ok || i === j)))
    return null;
  // plain gradient ascent with a safe step: the curvature is at most a quarter of the games
  const games = Math.max(...wins.map((r, i) => r.reduce((s, w, j) => s + w + wins[j]![i]!, 0)));
  let s = new Array<number>(n).fill(0);
  for (let t = 0; t < 30_000; t++) {
    const g = s.map((x, i) =>
      s.reduce(
        (sum, y, j) =>
          i === j ? sum : sum + wins[i]![j]! - (wins[i]![j]! + wins[j]![i]!) / (1 + Math.exp(y - x)),
        0,
      ),
    );
    s = s.map((x, i) => x + (2 / games) * g[i]!);
    if (Math.max(...g.map(Math.abs)) < 1e-12) break;
  }
  const mean = s.reduce((a, b) => a + b) / n;
  return s.map((x) => x - mean);
}
export function dpoLoss(lw: number, ll: number, rw: number, rl: number, beta: number) {
  const m = beta * (lw - ll - (rw - rl));
  const loss = m > 0 ? Math.log1p(Math.exp(-m)) : lse(0, -m);
  const weight = beta * preferenceProbability(0, m);
  return { loss, grad: [0 - weight, weight] };
}
export const withNeither = (a: number, b: number, c: number) =>
  [a, b, c].map((x) => Math.exp(x - lse(a, b, c)));
