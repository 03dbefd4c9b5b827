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
export interface Node {
  readonly data: number;
  grad: number;
  readonly parents: readonly Node[];
  readonly backward: () => void;
}
export function leaf(data: number): Node {
  return { data, grad: 0, parents: [], backward: () => {} };
}
export function multiply(a: Node, b: Node): Node {
  const out: Node = {
    data: a.data * b.data,
    grad: 0,
    parents: [a, b],
    backward: () => {
      a.grad += b.data * out.grad;
      b.grad += a.data * out.grad;
    },
  };
  return out;
}
export function backpropagate(root: Node): void {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const parent of node.parents) visit(parent);
    order.push(node);
  };
  visit(root);
  root.grad = 1;
  for (const node of order.reverse()) node.backward();
}
export function throughGraph(c: number, z: readonly number[], a: number, b: number) {
  const [nodes, scale] = [z.map(leaf), leaf(a)];
  const loss = multiply(
    leaf(b),
    crossEntropyNode(
      c,
      nodes.map((node) => multiply(scale, node)),
    ),
  );
  backpropagate(loss);
  return { loss: loss.data, gradZ: nodes.map((node) => node.grad), gradA: scale.grad };
}
