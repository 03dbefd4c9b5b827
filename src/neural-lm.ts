import type { Optimiser } from "./optimiser";
import { quantise } from "./quantise";
import type { Random } from "./random";
import { softmax } from "./softmax";
import { CompensatedSum } from "./sum";
import { checkArray, checkInteger, rangeError, type Vector } from "./validate";

export interface LanguageModelOptions {
  /** Number of symbols V. */
  readonly vocabulary: number;
  /** The symbol that fills the window before a sequence; never predicted. */
  readonly start: number;
  /** Number of earlier symbols that the model sees (4). */
  readonly window?: number;
  /** Numbers that describe a symbol (12). */
  readonly embedding?: number;
  /** Units of the hidden layer (48). */
  readonly hidden?: number;
  /** Spread of the first logits (0.01): with 0 the first loss is `log V`, with σ about `log V + σ²/2`. */
  readonly outputScale?: number;
}

type Layers = Record<"e" | "w1" | "b1" | "w2" | "b2", Float64Array>;

/** A window of symbols, and how often each symbol came after it. */
interface Followers {
  readonly symbols: readonly number[];
  readonly counts: Map<number, number>;
}

/**
 * A small neural language model (Bengio et al. 2003): the embeddings of the last symbols, one tanh layer, logits.
 *
 * `z = W₂ᵀ tanh(W₁ᵀ [e(x₁) … e(x_w)] + b₁) + b₂`, with the gradients written out by hand: backwards, each layer's
 * gradient is the one above times its transposed weights, and a weight's gradient is its input times the gradient above.
 *
 * @see D13, D24 — and `conjugationGrammar`, on which its exact loss is known
 * @example new LanguageModel({ vocabulary: 8, start: 0, outputScale: 0 }, new Random(1)).next([0]) // [0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125]
 */
export class LanguageModel {
  /** All parameters in one array: embeddings `[V, E]`, W₁ `[w·E, H]`, b₁ `[H]`, W₂ `[H, V]`, b₂ `[V]`. */
  readonly parameters: Float64Array;
  readonly options: Required<LanguageModelOptions>;
  private readonly input: Float64Array;
  private readonly h: Float64Array;
  private readonly z: Float64Array;

  /**
   * @param options - sizes
   * @param random - the source of the first parameters
   * @throws RangeError if a size is no integer in range
   */
  constructor(options: LanguageModelOptions, random: Random) {
    this.options = { window: 4, embedding: 12, hidden: 48, outputScale: 0.01, ...options };
    const { vocabulary: V, start, window, embedding: E, hidden: H, outputScale } = this.options;
    for (const [name, size] of Object.entries({ vocabulary: V, window, embedding: E, hidden: H }))
      checkInteger("LanguageModel", name, size, 1);
    checkInteger("LanguageModel", "start", start, 0, V - 1);
    if (!(outputScale >= 0 && outputScale < Infinity))
      throw rangeError("LanguageModel", "outputScale", "be finite and >= 0", outputScale);
    this.parameters = new Float64Array(V * E + window * E * H + H + H * V + V);
    const { e, w1, w2 } = this.layers(this.parameters);
    const fill = (layer: Float64Array, scale: number): void => {
      for (let i = 0; i < layer.length; i++) layer[i] = scale * random.normal();
    };
    fill(e, 0.3);
    fill(w1, 1 / Math.sqrt(window * E));
    fill(w2, outputScale / Math.sqrt(H));
    this.input = new Float64Array(window * E);
    this.h = new Float64Array(H);
    this.z = new Float64Array(V);
  }

  /** The five layers as windows on one array. */
  private layers(all: Float64Array): Layers {
    const { vocabulary: V, window, embedding: E, hidden: H } = this.options;
    let at = 0;
    const next = (size: number): Float64Array => {
      at += size;
      return all.subarray(at - size, at);
    };
    return { e: next(V * E), w1: next(window * E * H), b1: next(H), w2: next(H * V), b2: next(V) };
  }

  /** What the model sees before place t of a sequence: the last symbols, with start symbols before them. */
  private seen(sequence: Vector, t: number): number[] {
    const { window, start } = this.options;
    const symbols = new Array<number>(window);
    for (let c = 0, at = t - window; c < window; c++, at++) symbols[c] = at >= 0 ? sequence[at]! : start;
    return symbols;
  }

  /**
   * What each window was followed by, and how often. The start of a sequence is the same in all of them, and frequent
   * words make equal windows: each needs to be computed only once, which halves the work on `conjugationGrammar`.
   */
  private tally(sequences: ArrayLike<Vector>): Followers[] {
    const V = this.options.vocabulary;
    const all = new Map<string, Followers>();
    for (let n = 0; n < sequences.length; n++) {
      const sequence = sequences[n]!;
      for (let t = 0; t < sequence.length; t++) {
        const y = sequence[t]!;
        checkInteger("LanguageModel.lossWithGradient", `sequences[${n}][${t}]`, y, 0, V - 1);
        const symbols = this.seen(sequence, t);
        const key = symbols.join();
        let followers = all.get(key);
        if (followers === undefined) {
          followers = { symbols, counts: new Map() };
          all.set(key, followers);
        }
        followers.counts.set(y, (followers.counts.get(y) ?? 0) + 1);
      }
    }
    return [...all.values()];
  }

  /** Leaves the logits after a window in `this.z`. */
  private forward(symbols: readonly number[], { e, w1, b1, w2, b2 }: Layers): void {
    const { vocabulary: V, window, embedding: E, hidden: H } = this.options;
    const { input, h, z } = this;
    for (let c = 0; c < window; c++) {
      const x = symbols[c]!;
      for (let i = 0; i < E; i++) input[c * E + i] = e[x * E + i]!;
    }
    h.set(b1);
    for (let i = 0; i < input.length; i++) {
      const xi = input[i]!;
      const row = i * H;
      for (let j = 0; j < H; j++) h[j]! += xi * w1[row + j]!;
    }
    for (let j = 0; j < H; j++) h[j] = Math.tanh(h[j]!);
    z.set(b2);
    for (let j = 0; j < H; j++) {
      const hj = h[j]!;
      const row = j * V;
      for (let k = 0; k < V; k++) z[k]! += hj * w2[row + k]!;
    }
  }

  /**
   * Logits of the symbol after a context.
   *
   * @param context - symbols so far; only the last `window` count, and start symbols stand before them
   * @returns shape `[V]`
   */
  logits(context: Vector): Float64Array {
    for (let i = 0; i < context.length; i++)
      checkInteger("LanguageModel.logits", `context[${i}]`, context[i], 0, this.options.vocabulary - 1);
    this.forward(this.seen(context, context.length), this.layers(this.parameters));
    return this.z.slice();
  }

  /**
   * Distribution of the symbol after a context.
   *
   * @param context - symbols so far
   * @returns distribution, shape `[V]`
   */
  readonly next = (context: Vector): Float64Array => softmax(this.logits(context));

  /**
   * Mean cross-entropy per symbol of some sequences, with its gradient by all parameters.
   *
   * @param sequences - symbols to predict, without the start symbol, shape `[N, length]`
   * @returns nats per symbol, and the gradient in the order of `parameters`
   * @throws RangeError if there is no symbol or one is out of range
   */
  lossWithGradient(sequences: ArrayLike<Vector>): { loss: number; gradient: Float64Array } {
    checkArray("LanguageModel.lossWithGradient", "sequences", sequences);
    const { vocabulary: V, embedding: E, hidden: H } = this.options;
    const layers = this.layers(this.parameters);
    const { w1, w2 } = layers;
    const gradient = new Float64Array(this.parameters.length);
    const grad = this.layers(gradient);
    const { input, h, z } = this;
    const gradH = new Float64Array(H);
    const total = new CompensatedSum();
    let count = 0;
    for (const { symbols, counts } of this.tally(sequences)) {
      this.forward(symbols, layers);
      let max = -Infinity;
      for (let k = 0; k < V; k++) if (z[k]! > max) max = z[k]!;
      let sum = 0;
      for (let k = 0; k < V; k++) sum += Math.exp(z[k]! - max);
      const logSum = max + Math.log(sum);
      let times = 0;
      for (const [y, n] of counts) {
        total.addProduct(n, logSum - z[y]!);
        times += n;
      }
      // from here on z holds ∂loss/∂z = times · q − counts: one window's losses together
      for (let k = 0; k < V; k++) z[k] = times * Math.exp(z[k]! - logSum);
      for (const [y, n] of counts) z[y]! -= n;
      count += times;
      for (let k = 0; k < V; k++) grad.b2[k]! += z[k]!;
      for (let j = 0; j < H; j++) {
        const row = j * V;
        const hj = h[j]!;
        let up = 0;
        for (let k = 0; k < V; k++) {
          up += w2[row + k]! * z[k]!;
          grad.w2[row + k]! += hj * z[k]!;
        }
        gradH[j] = up * (1 - hj * hj); // through tanh
        grad.b1[j]! += gradH[j]!;
      }
      for (let i = 0; i < input.length; i++) {
        const row = i * H;
        const xi = input[i]!;
        let up = 0;
        for (let j = 0; j < H; j++) {
          up += w1[row + j]! * gradH[j]!;
          grad.w1[row + j]! += xi * gradH[j]!;
        }
        grad.e[symbols[(i / E) | 0]! * E + (i % E)]! += up;
      }
    }
    if (count === 0)
      throw rangeError("LanguageModel.lossWithGradient", "sequences", "have at least 1 symbol", "0");
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= count;
    return { loss: total.value / count, gradient };
  }

  /**
   * One step of training: changes the parameters by what the optimiser says to the gradient on some sequences.
   *
   * @param sequences - symbols to predict, shape `[N, length]`
   * @param optimiser - the same one at each step
   * @returns the loss before the step, nats per symbol
   */
  train(sequences: ArrayLike<Vector>, optimiser: Optimiser): number {
    const { loss, gradient } = this.lossWithGradient(sequences);
    const step = optimiser.step(gradient);
    for (let i = 0; i < step.length; i++) this.parameters[i]! += step[i]!;
    return loss;
  }

  /**
   * A copy whose weights have been rounded to few bits, row by row of each matrix; the biases are kept.
   *
   * @param bits - 2 to 16, for example 8 or 4
   * @returns a new model
   */
  quantised(bits: number): LanguageModel {
    const copy: LanguageModel = Object.create(LanguageModel.prototype) as LanguageModel;
    const { vocabulary: V, embedding: E, hidden: H } = this.options;
    const parameters = this.parameters.slice();
    const { e, w1, w2 } = this.layers(parameters);
    for (const [layer, width] of [[e, E] as const, [w1, H] as const, [w2, V] as const])
      for (let at = 0; at < layer.length; at += width)
        layer.set(quantise(layer.subarray(at, at + width), bits).values, at);
    return Object.assign(copy, this, {
      parameters,
      input: this.input.slice(),
      h: this.h.slice(),
      z: this.z.slice(),
      next: (context: Vector): Float64Array => softmax(copy.logits(context)),
    });
  }
}
