/**
 * E14 · Fused cross-entropy: a batch forwards and backwards
 *
 * Logits go in, the loss and its gradient by the logits come out, in one function: that is what "fused" means, and
 * why it is both stable and short. Then the same loss as one node of an automatic differentiation.
 */

/** A number in a computation: its value, the slope of the final result by it, and how to pass slopes on. */
export interface Node {
  readonly data: number;
  grad: number;
  readonly parents: readonly Node[];
  /** adds to the `grad` of each parent what this node's own `grad` makes of it */
  readonly backward: () => void;
}

/** A number that was given, not computed. */
export function leaf(data: number): Node {
  return { data, grad: 0, parents: [], backward: () => {} };
}

/** The product of two nodes, as an example of an operation. */
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

/** Sets `grad` of the root to 1 and runs every `backward` in reverse order of computation. */
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

/**
 * Cross-entropy of a batch of logits `Z`, shape `[B, K]`, and its gradient by `Z`.
 *
 * @param y - one class per row (counted from 0), or one distribution per row (soft targets)
 * @param reduction - the mean over the rows (if absent), or their sum
 * @returns the loss in nats, and the gradient with the shape of `Z`
 */
export function softmaxCrossEntropy(
  y: readonly number[] | readonly (readonly number[])[],
  Z: readonly (readonly number[])[],
  reduction: "mean" | "sum" = "mean",
): { loss: number; grad: number[][] } {
  throw new Error("Not implemented: softmaxCrossEntropy. Delete this line and write your answer");
}

/** The loss `−log softmax(logits)[c]` as a node whose parents are the logits. */
export function crossEntropyNode(c: number, logits: readonly Node[]): Node {
  throw new Error("Not implemented: crossEntropyNode. Delete this line and write your answer");
}

/**
 * For the check: the loss of the logits `a·z`, times `b`, through the graph, and all slopes. Leave it as it is.
 */
export function throughGraph(
  c: number,
  z: readonly number[],
  a: number,
  b: number,
): { loss: number; gradZ: number[]; gradA: number } {
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
