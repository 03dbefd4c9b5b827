// built from smaller nodes: exp, sum, log; the batch through typed arrays
const unary = (a: Node, data: number, slope: number): Node => {
  const out: Node = {
    data,
    grad: 0,
    parents: [a],
    backward: () => {
      a.grad += slope * out.grad;
    },
  };
  return out;
};
const sum = (nodes: readonly Node[], signs: readonly number[]): Node => {
  const out: Node = {
    data: nodes.reduce((s, n, i) => s + signs[i]! * n.data, 0),
    grad: 0,
    parents: nodes,
    backward: () =>
      nodes.forEach((n, i) => {
        n.grad += signs[i]! * out.grad;
      }),
  };
  return out;
};
export const crossEntropyNode = (c: number, logits: readonly Node[]): Node => {
  const top = Math.max(...logits.map((l) => l.data));
  const exps = logits.map((l) => unary(l, Math.exp(l.data - top), Math.exp(l.data - top)));
  const total = sum(
    exps,
    exps.map(() => 1),
  );
  const log = unary(total, top + Math.log(total.data), 1 / total.data);
  return sum([log, logits[c]!], [1, -1]);
};
export function softmaxCrossEntropy(
  y: readonly (number | readonly number[])[],
  Z: readonly (readonly number[])[],
  reduction?: "mean" | "sum",
) {
  const weight = reduction === "sum" ? 1 : 1 / Z.length;
  let loss = 0;
  const grad: number[][] = [];
  Z.forEach((row, b) => {
    const z = Float64Array.from(row);
    const top = z.reduce((a, x) => Math.max(a, x));
    const e = z.map((x) => Math.exp(x - top));
    const s = e.reduce((a, x) => a + x);
    const t = y[b]!;
    const target = z.map((_, k) => (typeof t === "number" ? Number(k === t) : t[k]!));
    grad.push(Array.from(e, (x, k) => weight * (x / s - target[k]!)));
    z.forEach((x, k) => {
      loss += weight * target[k]! * (Math.log(s) + top - x);
    });
  });
  return { loss, grad };
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
