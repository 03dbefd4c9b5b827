// strengths updated one after the other; typed arrays
export const preferenceProbability = (a: number, b: number): number => {
  const d = Math.exp(-Math.abs(a - b));
  return a >= b ? 1 / (1 + d) : d / (1 + d);
};
export function fitBradleyTerry(wins: readonly (readonly number[])[]): Float64Array | null {
  const n = wins.length;
  const walk = (edge: (i: number, j: number) => number) => {
    const todo = [0];
    const seen = new Array<boolean>(n).fill(false);
    seen[0] = true;
    while (todo.length) {
      const i = todo.pop()!;
      for (let j = 0; j < n; j++)
        if (!seen[j] && edge(i, j) > 0) {
          seen[j] = true;
          todo.push(j);
        }
    }
    return seen.every((x) => x);
  };
  if (!walk((i, j) => wins[i]![j]!) || !walk((i, j) => wins[j]![i]!)) return null;
  const w = new Float64Array(n).fill(1);
  for (let step = 0; step < 4000; step++)
    for (let i = 0; i < n; i++) {
      let top = 0;
      let bottom = 0;
      for (let j = 0; j < n; j++) {
        if (i === j) continue;
        // Newman 2023: converges faster than Zermelo's update
        top += (wins[i]![j]! * w[j]!) / (w[i]! + w[j]!);
        bottom += wins[j]![i]! / (w[i]! + w[j]!);
      }
      w[i] = top / bottom;
    }
  const l = w.map(Math.log);
  const mean = l.reduce((a, b) => a + b) / n;
  return l.map((x) => x - mean);
}
export function dpoLoss(lw: number, ll: number, rw: number, rl: number, beta: number) {
  const reward = (l: number, r: number) => beta * (l - r);
  const wrong = preferenceProbability(reward(ll, rl), reward(lw, rw));
  const d = reward(lw, rw) - reward(ll, rl);
  return {
    loss: d > 0 ? Math.log1p(Math.exp(-d)) : -d + Math.log1p(Math.exp(d)),
    grad: [-wrong * beta, wrong * beta],
  };
}
export const withNeither = (a: number, b: number, neither: number) => {
  const share = (x: number, y: number, z: number) => 1 / (1 + Math.exp(y - x) + Math.exp(z - x));
  return [share(a, b, neither), share(b, a, neither), share(neither, a, b)];
};
