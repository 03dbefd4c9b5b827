import type { Node } from "../../../../solutions/e14-batch";

export { backpropagate, leaf, multiply, type Node, throughGraph } from "../../../../solutions/e14-batch";

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
