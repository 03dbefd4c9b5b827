// the loss from the counts: H(p̂, q)
const histogram = (labels: readonly number[], size: number) => {
  const h = new Float64Array(size);
  labels.forEach((y) => {
    h[y] = h[y]! + 1;
  });
  return h;
};
export function countsMle(labels: readonly number[], classes: number): number[] {
  return [...histogram(labels, classes).map((x) => x / labels.length)];
}
export function meanNll(labels: readonly number[], q: readonly number[]): number {
  const h = histogram(labels, q.length);
  let t = 0;
  for (let k = q.length - 1; k >= 0; k--) if (h[k]! > 0) t += (h[k]! / labels.length) * Math.log(q[k]!);
  return -t;
}
export function fitSoftmax(
  labels: readonly number[],
  classes: number,
  { rate, steps }: { rate: number; steps: number },
) {
  const f = countsMle(labels, classes);
  const probabilities = (z: readonly number[]) => {
    const logTotal = Math.log(z.reduce((a, x) => a + Math.exp(x), 0));
    return z.map((x) => Math.exp(x - logTotal));
  };
  const go = (z: readonly number[], left: number): number[] => {
    let now = z;
    for (let i = 0; i < left; i++) {
      const q = probabilities(now);
      now = now.map((x, k) => x + rate * f[k]! - rate * q[k]!);
    }
    return probabilities(now);
  };
  return go(Array(classes).fill(0), steps);
}
