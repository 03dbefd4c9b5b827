import { checkVector } from "./rows";
import { logSumExp, softmax } from "./softmax";
import { softmaxCrossEntropy } from "./softmax-cross-entropy";
import { checkFunction, checkNumber, typeError, type Vector } from "./validate";

/**
 * A number that remembers how it was computed, so that `backward` can send derivatives back to everything it came from.
 *
 * Each operation makes a node with the numbers it used (`parents`) and the slope by each of them. The derivative of the
 * last node by any other is the sum, over all paths between them, of the products of slopes: `backward` adds them up
 * from the end, each node after all nodes that use it.
 *
 * @see Dual, which carries one derivative forwards
 * @example ((x) => (x.multiply(x).multiply(x).backward(), x.grad))(new Value(2)) // 12
 */
export class Value {
  /** The derivative of the node on which `backward` was called by this one; added up, until set to 0 again. */
  grad = 0;

  constructor(
    readonly data: number,
    private readonly parents: readonly Value[] = [],
    private readonly slopes: readonly number[] = [],
  ) {
    checkNumber("Value", "data", data);
  }

  private static of(x: Value | number): Value {
    return x instanceof Value ? x : new Value(x);
  }

  add(other: Value | number): Value {
    const y = Value.of(other);
    return new Value(this.data + y.data, [this, y], [1, 1]);
  }

  subtract(other: Value | number): Value {
    const y = Value.of(other);
    return new Value(this.data - y.data, [this, y], [1, -1]);
  }

  multiply(other: Value | number): Value {
    const y = Value.of(other);
    return new Value(this.data * y.data, [this, y], [y.data, this.data]);
  }

  divide(other: Value | number): Value {
    const y = Value.of(other);
    const ratio = this.data / y.data;
    return new Value(ratio, [this, y], [1 / y.data, -ratio / y.data]);
  }

  negate(): Value {
    return new Value(-this.data, [this], [-1]);
  }

  /** `x^n` for a constant `n`. */
  power(n: number): Value {
    return new Value(this.data ** n, [this], [n === 0 ? 0 : n * this.data ** (n - 1)]);
  }

  exp(): Value {
    const e = Math.exp(this.data);
    return new Value(e, [this], [e]);
  }

  log(): Value {
    return new Value(Math.log(this.data), [this], [1 / this.data]);
  }

  tanh(): Value {
    const t = Math.tanh(this.data);
    return new Value(t, [this], [1 - t * t]);
  }

  relu(): Value {
    return new Value(Math.max(0, this.data), [this], [this.data > 0 ? 1 : 0]);
  }

  /** `log Σ exp z`, one node with the slopes `softmax(z)`. */
  static logSumExp(logits: readonly Value[]): Value {
    const z = logits.map(({ data }) => data);
    return new Value(logSumExp(z), logits, softmax(z));
  }

  /** Cross-entropy of logits, one node with the slopes `q − t` (D13); the target is a class or a distribution. */
  static crossEntropy(target: number | Vector, logits: readonly Value[]): Value {
    const z = logits.map(({ data }) => data);
    const q = softmax(z);
    const t = (k: number): number => (typeof target === "number" ? (k === target ? 1 : 0) : target[k]!);
    return new Value(
      softmaxCrossEntropy(target, z),
      logits,
      q.map((qk, k) => qk - t(k)),
    );
  }

  /** Adds to the `grad` of every node below this one its derivative. */
  backward(): void {
    const order: Value[] = []; // parents before children
    const seen = new Set<Value>();
    const stack: { node: Value; next: number }[] = [{ node: this, next: 0 }];
    seen.add(this);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const parent = top.node.parents[top.next++];
      if (parent === undefined) order.push(stack.pop()!.node);
      else if (!seen.has(parent)) {
        seen.add(parent);
        stack.push({ node: parent, next: 0 });
      }
    }
    const flow = new Map<Value, number>([[this, 1]]);
    for (const node of order.reverse()) {
      const gradient = flow.get(node)!;
      node.grad += gradient;
      node.parents.forEach((parent, i) => {
        flow.set(parent, (flow.get(parent) ?? 0) + gradient * node.slopes[i]!);
      });
    }
  }
}

/**
 * Gradient of a function by automatic differentiation backwards: one pass, however many arguments.
 *
 * @param f - a function written with the methods of `Value`
 * @param x - where, shape `[n]`
 * @returns `∂f/∂x`, shape `[n]`
 * @throws TypeError if `f` does not return a Value
 * @see hessian, by hyper-dual numbers forwards
 * @example gradient(([a, b]) => a.multiply(b).add(a), [2, 3]) // [4, 2]
 */
export function gradient(f: (x: Value[]) => Value, x: Vector): number[] {
  checkFunction("gradient", "f", f);
  checkVector("gradient", "x", x);
  const leaves = Array.from(x, (xi) => new Value(xi));
  const y = f(leaves);
  if (!(y instanceof Value)) throw typeError("gradient", "f", "return a Value", y);
  y.backward();
  return leaves.map(({ grad }) => grad);
}
