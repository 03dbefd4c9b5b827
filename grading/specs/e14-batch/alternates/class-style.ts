import type { Node } from "../../../../solutions/e14-batch";

export { backpropagate, leaf, multiply, type Node, throughGraph } from "../../../../solutions/e14-batch";

class Row {
  readonly logQ: number[];
  constructor(z: readonly number[]) {
    const sorted = [...z].sort((a, b) => b - a);
    const rest = Math.log1p(sorted.slice(1).reduceRight((s, x) => s + Math.exp(x - sorted[0]!), 0));
    this.logQ = z.map((x) => x - sorted[0]! - rest);
  }
  loss(t: readonly number[]): number {
    return t.reduce((s, x, k) => (x === 0 ? s : s - x * this.logQ[k]!), 0);
  }
  grad(t: readonly number[]): number[] {
    // p − t, as Σⱼ tⱼ (p − eⱼ)
    return this.logQ.map((l, k) => Math.exp(l) * t.reduce((a, b) => a + b, 0) - t[k]!);
  }
}
const oneHot = (c: number, size: number) => Array.from({ length: size }, (_, k) => +(k === c));
export function softmaxCrossEntropy(
  y: readonly number[] | readonly (readonly number[])[],
  Z: readonly (readonly number[])[],
  reduction: "mean" | "sum" = "mean",
) {
  const rows = Z.map((z) => new Row(z));
  const targets = Z.map((z, b) =>
    Array.isArray(y[b]) ? (y[b] as number[]) : oneHot(y[b] as number, z.length),
  );
  const total = rows.map((r, b) => r.loss(targets[b]!)).reduce((a, b) => a + b, 0);
  const grads = rows.map((r, b) => r.grad(targets[b]!));
  return reduction === "sum"
    ? { loss: total, grad: grads }
    : { loss: total / Z.length, grad: grads.map((g) => g.map((x) => x / Z.length)) };
}
export function crossEntropyNode(c: number, logits: readonly Node[]): Node {
  const row = new Row(logits.map((l) => l.data));
  const t = oneHot(c, logits.length);
  const self: Node = {
    data: row.loss(t),
    grad: 0,
    parents: logits,
    backward: () => {
      const g = row.grad(t);
      for (let k = 0; k < g.length; k++) logits[k]!.grad += self.grad * g[k]!;
    },
  };
  return self;
}
