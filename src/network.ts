import type { Optimiser } from "./optimiser";
import { quantise } from "./quantise";
import type { Random } from "./random";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkFinite,
  checkFunction,
  checkInteger,
  checkObject,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

export interface NetworkOptions {
  /** Numbers that describe an input. */
  readonly inputs: number;
  /** Units of the hidden layer (32). */
  readonly hidden?: number;
  /** Number of logits. */
  readonly classes: number;
}

/** The loss of example n from its logits, with the gradient by them: `softmaxCrossEntropyWithGradient(y[n], z)`. */
export type ExampleLoss = (n: number, z: Float64Array) => { readonly loss: number; readonly gradZ: Vector };

export interface FitOptions {
  /** How often every example is seen (20). */
  readonly epochs?: number;
  /** Examples per step (32). */
  readonly batch?: number;
  /** A fresh rule for the steps. */
  readonly optimiser: Optimiser;
  /** The source of the examples' order. */
  readonly random: Random;
}

/**
 * A small classifier: one hidden layer of units that pass on what is positive, then logits.
 *
 * `z = W₂ᵀ max(0, W₁ᵀ x + b₁) + b₂`, with the gradients written out by hand. The loss is the caller's, one example at a
 * time, so that every loss of the module trains it: hard or soft targets, smoothing, distillation, focal.
 *
 * @see D13 — and `softmaxRegression`, without a hidden layer; `LanguageModel`, for sequences
 * @example new Network({ inputs: 2, classes: 3 }, new Random(1)).logits([0, 0]) // [0, 0, 0]
 */
export class Network {
  /** All parameters in one array: W₁ `[D, H]`, b₁ `[H]`, W₂ `[H, V]`, b₂ `[V]`. */
  readonly parameters: Float64Array;
  readonly options: Required<NetworkOptions>;

  /**
   * @param options - sizes
   * @param random - the source of the first parameters
   * @throws RangeError if a size is no integer >= 1
   */
  constructor(options: NetworkOptions, random: Random) {
    checkObject("Network", "options", options);
    this.options = { hidden: 32, ...options };
    const { inputs: D, hidden: H, classes: V } = this.options;
    for (const [name, size] of Object.entries({ inputs: D, hidden: H, classes: V }))
      checkInteger("Network", name, size, 1);
    this.parameters = new Float64Array(D * H + H + H * V + V);
    const { w1, w2 } = this.layers(this.parameters);
    // He et al. 2015: the spread of the signal stays about the same from layer to layer
    for (let i = 0; i < w1.length; i++) w1[i] = Math.sqrt(2 / D) * random.normal();
    for (let i = 0; i < w2.length; i++) w2[i] = Math.sqrt(1 / H) * random.normal();
  }

  /** The four layers as windows on one array. */
  private layers(all: Float64Array) {
    const { inputs: D, hidden: H, classes: V } = this.options;
    let at = 0;
    const next = (size: number): Float64Array => {
      at += size;
      return all.subarray(at - size, at);
    };
    return { w1: next(D * H), b1: next(H), w2: next(H * V), b2: next(V) };
  }

  private forward(x: Vector, h: Float64Array): Float64Array {
    const { hidden: H, classes: V } = this.options;
    const { w1, b1, w2, b2 } = this.layers(this.parameters);
    h.set(b1);
    for (let i = 0; i < x.length; i++) {
      const xi = x[i]!;
      if (xi !== 0) for (let j = 0, row = i * H; j < H; j++) h[j]! += xi * w1[row + j]!;
    }
    const z = Float64Array.from(b2);
    for (let j = 0; j < H; j++) {
      const hj = Math.max(0, h[j]!);
      h[j] = hj;
      if (hj !== 0) for (let k = 0, row = j * V; k < V; k++) z[k]! += hj * w2[row + k]!;
    }
    return z;
  }

  private check(where: string, argument: string, x: Vector): void {
    checkFinite(where, argument, x);
    if (x.length !== this.options.inputs)
      throw rangeError(where, argument, `have length ${this.options.inputs}`, x.length);
  }

  /**
   * Logits of one input.
   *
   * @param x - shape `[D]`, finite
   * @returns shape `[V]`
   * @throws RangeError if the length is wrong
   */
  logits(x: Vector): Float64Array {
    this.check("Network.logits", "x", x);
    return this.forward(x, new Float64Array(this.options.hidden));
  }

  /**
   * Mean loss of some examples, with its gradient by all parameters.
   *
   * Backwards, each layer's gradient is the one above times its transposed weights, and a weight's gradient is its input
   * times the gradient above.
   *
   * @param X - inputs, shape `[N, D]`
   * @param loss - of an example, from its place in X and its logits
   * @param rows - the places to take, all by default
   * @returns the mean loss, in the loss's unit, and its gradient in the order of `parameters`
   * @throws RangeError if there is no example, or one has the wrong length
   */
  lossWithGradient(
    X: Matrix,
    loss: ExampleLoss,
    rows: ArrayLike<number> = Array.from(X, (_, n) => n),
  ): { loss: number; gradient: Float64Array } {
    const where = "Network.lossWithGradient";
    checkArray(where, "X", X);
    checkFunction(where, "loss", loss);
    checkArray(where, "rows", rows);
    const { hidden: H, classes: V } = this.options;
    const { w2 } = this.layers(this.parameters);
    const gradient = new Float64Array(this.parameters.length);
    const grad = this.layers(gradient);
    const h = new Float64Array(H);
    const gradH = new Float64Array(H);
    const total = new CompensatedSum();
    for (let r = 0; r < rows.length; r++) {
      const n = rows[r]!;
      checkInteger(where, `rows[${r}]`, n, 0, X.length - 1);
      const x = X[n]!;
      this.check(where, `X[${n}]`, x);
      const here = loss(n, this.forward(x, h));
      const gradZ = here.gradZ;
      total.add(here.loss);
      for (let k = 0; k < V; k++) grad.b2[k]! += gradZ[k]!;
      for (let j = 0; j < H; j++) {
        const hj = h[j]!;
        gradH[j] = 0;
        if (hj === 0) continue; // a unit that is off passes nothing back
        let up = 0;
        for (let k = 0, row = j * V; k < V; k++) {
          up += w2[row + k]! * gradZ[k]!;
          grad.w2[row + k]! += hj * gradZ[k]!;
        }
        gradH[j] = up;
        grad.b1[j]! += up;
      }
      for (let i = 0; i < x.length; i++) {
        const xi = x[i]!;
        if (xi !== 0) for (let j = 0, row = i * H; j < H; j++) grad.w1[row + j]! += xi * gradH[j]!;
      }
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= rows.length;
    return { loss: total.value / rows.length, gradient };
  }

  /**
   * Trains the parameters: in each epoch all examples, in a new random order, a batch per step.
   *
   * @param X - inputs, shape `[N, D]`
   * @param loss - of an example, from its place in X and its logits
   * @param options - see `FitOptions`
   * @returns mean loss of each epoch, shape `[epochs]`, each batch before its own step
   * @throws RangeError if there is no example, one has the wrong length, or an option is out of range
   */
  fit(X: Matrix, loss: ExampleLoss, options: FitOptions): number[] {
    checkArray("Network.fit", "X", X);
    checkObject("Network.fit", "options", options);
    const { epochs = 20, batch = 32, optimiser, random } = options;
    checkInteger("Network.fit", "epochs", epochs, 0);
    checkInteger("Network.fit", "batch", batch, 1);
    checkObject("Network.fit", "optimiser", optimiser);
    checkObject("Network.fit", "random", random);
    const N = X.length;
    const places = Array.from({ length: N }, (_, n) => n);
    return Array.from({ length: epochs }, () => {
      const order = random.shuffle(places);
      let total = 0;
      for (let at = 0; at < N; at += batch) {
        const rows = order.slice(at, at + batch);
        const { loss: mean, gradient } = this.lossWithGradient(X, loss, rows);
        const step = optimiser.step(gradient);
        for (let i = 0; i < step.length; i++) this.parameters[i]! += step[i]!;
        total += mean * rows.length;
      }
      return total / N;
    });
  }

  /**
   * A copy whose weights have been rounded to few bits, row by row of each matrix; the biases are kept.
   *
   * @param bits - 2 to 16, for example 8 or 4
   * @returns a new network
   */
  quantised(bits: number): Network {
    const { hidden: H, classes: V } = this.options;
    const parameters = this.parameters.slice();
    const { w1, w2 } = this.layers(parameters);
    for (const [layer, width] of [[w1, H] as const, [w2, V] as const])
      for (let at = 0; at < layer.length; at += width)
        layer.set(quantise(layer.subarray(at, at + width), bits).values, at);
    return Object.assign(Object.create(Network.prototype) as Network, { parameters, options: this.options });
  }
}
