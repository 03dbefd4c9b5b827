// the loss from log-sum-exp minus the target's logit; probabilities by exp of a difference
const lse = (z: readonly number[]) => {
  const m = z.reduce((a, b) => Math.max(a, b));
  let s = 0;
  for (const x of z) s += Math.exp(x - m);
  return m + Math.log(s);
};
export function softmaxCrossEntropy(
  y: readonly number[] | readonly (readonly number[])[],
  Z: readonly (readonly number[])[],
  reduction = "mean",
) {
  const n = reduction === "sum" ? 1 : Z.length;
  const losses: number[] = [];
  const grad = Z.map((z) => z.map((x) => Math.exp(x - lse(z)) / n));
  for (let b = 0; b < Z.length; b++) {
    const z = Z[b]!;
    const t = y[b]!;
    if (typeof t === "number") {
      losses.push(lse(z) - z[t]!);
      grad[b]![t]! -= 1 / n;
    } else {
      losses.push(z.reduce((s, x, k) => s + t[k]! * (lse(z) - x), 0));
      t.forEach((x, k) => {
        grad[b]![k]! -= x / n;
      });
    }
  }
  return { loss: losses.reduce((a, b) => a + b, 0) / n, grad };
}
export function crossEntropyNode(c: number, logits: readonly Node[]): Node {
  const z = logits.map((l) => l.data);
  const total = lse(z);
  const node: Node = {
    data: total - z[c]!,
    grad: 0,
    parents: logits,
    backward() {
      logits.forEach((l, k) => {
        l.grad += node.grad * Math.exp(z[k]! - total);
      });
      logits[c]!.grad -= node.grad;
    },
  };
  return node;
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
