// log(1/p) instead of −log p, and a reduce
export const surprisal = (p: number): number => (p > 1e-305 ? Math.log(1 / p) : -Math.log(p));
export const entropy = (p: readonly number[]): number =>
  p.reduce((sum, x) => sum + (x === 0 ? 0 : x * Math.log(1 / x)), 0);
export const toBits = (nats: number): number => nats * Math.LOG2E;
