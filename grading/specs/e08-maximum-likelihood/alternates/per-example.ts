// gradients example by example, added up and divided
const softmax = (z: number[]) => {
  const e = z.map(Math.exp);
  const s = e.reduce((a, b) => a + b);
  return e.map((x) => x / s);
};
export const countsMle = (labels: readonly number[], classes: number): number[] =>
  Array.from({ length: classes }, (_, k) => labels.filter((y) => y === k).length / labels.length);
export const meanNll = (labels: readonly number[], q: readonly number[]): number =>
  labels.map((y) => Math.log(1 / q[y]!)).reduce((a, b) => a + b / labels.length, 0);
export function fitSoftmax(
  labels: readonly number[],
  classes: number,
  options: { rate: number; steps: number },
) {
  const z = new Array(classes).fill(0) as number[];
  let steps = options.steps;
  while (steps-- > 0) {
    const q = softmax(z);
    const g = new Array(classes).fill(0) as number[];
    for (const y of labels) for (let k = 0; k < classes; k++) g[k]! += q[k]! - (k === y ? 1 : 0);
    for (let k = 0; k < classes; k++) z[k]! -= (options.rate * g[k]!) / labels.length;
  }
  return softmax(z);
}
