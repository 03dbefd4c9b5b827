// a model object; typed arrays come back from the fit
class SoftmaxModel {
  readonly z: Float64Array;
  constructor(readonly size: number) {
    this.z = new Float64Array(size);
  }
  get q(): Float64Array {
    const top = this.z.reduce((a, b) => Math.max(a, b));
    const e = this.z.map((x) => Math.exp(x - top));
    const total = e.reduce((a, b) => a + b);
    return e.map((x) => x / total);
  }
  step(rate: number, target: readonly number[]): void {
    const q = this.q;
    for (let k = 0; k < this.size; k++) this.z[k] = this.z[k]! - rate * (q[k]! - target[k]!);
  }
}
export function countsMle(labels: readonly number[], classes: number): number[] {
  const out = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) out[labels[i]!]! += 1 / labels.length;
  return out;
}
export function meanNll(labels: readonly number[], q: readonly number[]): number {
  let mean = 0;
  labels.forEach((y, i) => {
    const loss = 0 - Math.log(q[y]!);
    mean = loss === Number.POSITIVE_INFINITY ? loss : mean + (loss - mean) / (i + 1);
  });
  return mean;
}
export function fitSoftmax(
  labels: readonly number[],
  classes: number,
  o: { rate: number; steps: number },
): Float64Array {
  const model = new SoftmaxModel(classes);
  const target = countsMle(labels, classes);
  for (let s = 1; s <= o.steps; s++) model.step(o.rate, target);
  return model.q;
}
