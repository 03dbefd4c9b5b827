// Bradley–Terry by coordinate-wise Newton; probabilities through tanh-free logistic
const logistic = (x: number): number => Math.exp(-Math.max(-x, 0)) / (1 + Math.exp(-Math.abs(x)));
export const preferenceProbability = (a: number, b: number) => logistic(a - b);
export function fitBradleyTerry(wins: readonly (readonly number[])[]): number[] | null {
  const n = wins.length;
  const reach = wins.map((r, i) => r.map((w, j) => w > 0 || i === j));
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) if (reach[i]![k] && reach[k]![j]) reach[i]![j] = true;
  if (reach.some((r) => r.includes(false))) return null;
  const s = new Array<number>(n).fill(0);
  for (let sweep = 0; sweep < 3000; sweep++)
    for (let i = 0; i < n; i++) {
      let g = 0;
      let h = 0;
      for (let j = 0; j < n; j++) {
        if (i === j) continue;
        const m = wins[i]![j]! + wins[j]![i]!;
        const q = logistic(s[i]! - s[j]!);
        g += wins[i]![j]! - m * q;
        h += m * q * (1 - q);
      }
      s[i] = s[i]! + Math.max(-1, Math.min(1, g / h));
    }
  const mean = s.reduce((a, b) => a + b) / n;
  return s.map((x) => x - mean);
}
export function dpoLoss(lw: number, ll: number, rw: number, rl: number, beta: number) {
  const m = beta * (lw - rw - ll + rl);
  const loss = m < 0 ? Math.log1p(Math.exp(m)) - m : Math.log1p(Math.exp(-m));
  return { loss, grad: [-beta * logistic(-m), beta * logistic(-m)] };
}
export const withNeither = (a: number, b: number, neither: number) => {
  const z = [a, b, neither];
  const lse = Math.max(...z) + Math.log(z.reduce((s, x) => s + Math.exp(x - Math.max(...z)), 0));
  return z.map((x) => Math.exp(x - lse));
};
