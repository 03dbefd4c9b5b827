// through base 2 and back; compensated summation in reverse order
export function surprisal(p: number): number {
  if (p === 1) return 0;
  return Math.log2(1 / p) * Math.LN2;
}
export function entropy(p: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const x of [...p].reverse()) {
    const term = x > 0 ? -x * Math.log(x) : 0;
    const y = term - lost;
    const t = sum + y;
    lost = t - sum - y;
    sum = t;
  }
  return sum + 0;
}
export function toBits(nats: number): number {
  return nats / Math.log(2);
}
