class Logit {
  constructor(readonly z: number) {}
  get costIfOne(): number {
    return this.z < 0 ? -this.z + Math.log1p(Math.exp(this.z)) : Math.log1p(Math.exp(-this.z));
  }
  get costIfZero(): number {
    return new Logit(-this.z).costIfOne;
  }
  get probability(): number {
    return this.z < 0 ? Math.exp(this.z) / (1 + Math.exp(this.z)) : 1 / (1 + Math.exp(-this.z));
  }
}
export function bceWithLogits(y: number, z: number, posWeight = 1): number {
  const logit = new Logit(z);
  return (1 - y) * logit.costIfZero + y * logit.costIfOne * posWeight;
}
export function bceWithLogitsGradient(y: number, z: number, posWeight = 1): number {
  return (1 - y) * new Logit(z).probability - y * posWeight * new Logit(-z).probability;
}
export function multiLabelLoss(
  y: readonly number[],
  z: readonly number[],
  posWeight: readonly number[] = [],
): number {
  const losses = Float64Array.from(y, (t, k) => bceWithLogits(t, z[k]!, posWeight[k] ?? 1));
  return losses.reduceRight((a, b) => a + b, 0) / losses.length;
}
