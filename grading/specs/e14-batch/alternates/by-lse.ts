import type { Node } from "../../../../solutions/e14-batch";

export { backpropagate, leaf, multiply, type Node, throughGraph } from "../../../../solutions/e14-batch";

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
