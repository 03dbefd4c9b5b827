import { softmaxHessian } from "./curvature";
import { type Curve, newton } from "./optimiser";
import { softmax } from "./softmax";
import { softmaxCrossEntropy } from "./softmax-cross-entropy";
import {
  checkArray,
  checkFinite,
  checkInteger,
  checkNumber,
  checkObject,
  checkSameLength,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

export interface RegressionOptions {
  /** Number of classes; by default the largest label + 1. */
  readonly classes?: number;
  /** `½ · penalty · Σ w²` is added to the mean loss; with separable data and penalty 0 there is no minimum. */
  readonly penalty?: number;
  /** At most so many Newton steps (25). */
  readonly steps?: number;
}

/** A linear model of logits, `z = W x + bias`. */
export interface Regression {
  /** Shape `[K, D]`. */
  readonly weights: number[][];
  /** Shape `[K]`. */
  readonly bias: number[];
  /** Mean cross-entropy on the training set, without the penalty, in nats. */
  readonly loss: number;
  /** The objective at the start and after each step. */
  readonly losses: readonly number[];
  /** Logits of one input, shape `[K]`. */
  logits(x: Vector): number[];
}

/**
 * Softmax regression by Newton's method, also called IRLS: fits `softmax(W x + bias)` to labels.
 *
 * The loss is convex in the parameters. Where one class can be told from the others without error it has no minimum,
 * the weights grow with every step, and only `steps` or `penalty` ends the fit.
 *
 * @param y - classes, shape `[N]`
 * @param X - inputs, shape `[N, D]`, finite
 * @param options - see `RegressionOptions`
 * @returns the fitted model
 * @throws RangeError if a shape, a label or an option is wrong
 * @see D13, D14
 * @example softmaxRegression([0, 0, 1, 1], [[0], [1], [1], [2]], { penalty: 0.1 }).loss // 0.435749
 */
export function softmaxRegression(y: Vector, X: Matrix, options: RegressionOptions = {}): Regression {
  const where = "softmaxRegression";
  checkArray(where, "y", y);
  checkArray(where, "X", X);
  checkSameLength(where, "y", y, "X", X);
  checkObject(where, "options", options);
  const { penalty = 0, steps = 25 } = options;
  checkNumber(where, "penalty", penalty);
  if (!(penalty >= 0 && penalty < Infinity))
    throw rangeError(where, "penalty", "be finite and >= 0", penalty);
  for (let n = 0; n < y.length; n++)
    checkInteger(where, `y[${n}]`, y[n], 0, (options.classes ?? 2 ** 16) - 1);
  const K = options.classes ?? Math.max(...Array.from(y)) + 1;
  checkInteger(where, "classes", K, 1);
  const D = X[0]?.length ?? 0;
  for (let n = 0; n < X.length; n++) {
    checkFinite(where, `X[${n}]`, X[n]);
    if (X[n]!.length !== D)
      throw rangeError(where, `X[${n}]`, `have length ${D} like X[0]`, String(X[n]!.length));
  }
  const width = D + 1; // the last parameter of each class is its bias
  const rowLogits = (w: Vector, x: Vector): Float64Array =>
    Float64Array.from({ length: K }, (_, k) => {
      let z = w[k * width + D]!;
      for (let d = 0; d < D; d++) z += w[k * width + d]! * x[d]!;
      return z;
    });

  const objective = (w: Float64Array): Curve => {
    const n = w.length;
    const gradient = new Float64Array(n);
    const hessian = Array.from({ length: n }, () => new Float64Array(n));
    let loss = 0;
    for (let i = 0; i < X.length; i++) {
      const x = X[i]!;
      const z = rowLogits(w, x);
      const q = softmax(z);
      const H = softmaxHessian(z);
      loss += softmaxCrossEntropy(y[i]!, z) / X.length;
      for (let k = 0; k < K; k++)
        for (let d = 0; d < width; d++) {
          const xd = (d === D ? 1 : x[d]!) / X.length;
          gradient[k * width + d]! += (q[k]! - (k === y[i] ? 1 : 0)) * xd;
          const row = hessian[k * width + d]!;
          for (let l = 0; l < K; l++)
            for (let e = 0; e < width; e++) row[l * width + e]! += H[k]![l]! * xd * (e === D ? 1 : x[e]!);
        }
    }
    for (let k = 0; k < K; k++)
      for (let d = 0; d < D; d++) {
        const j = k * width + d;
        loss += (penalty / 2) * w[j]! * w[j]!;
        gradient[j]! += penalty * w[j]!;
        hessian[j]![j]! += penalty;
      }
    return { loss, gradient, hessian };
  };

  const { x: w, losses } = newton(objective, new Float64Array(K * width), { steps });
  const logits = (x: Vector): number[] => {
    checkFinite("softmaxRegression.logits", "x", x);
    return Array.from(rowLogits(w, x));
  };
  return {
    weights: Array.from({ length: K }, (_, k) => w.slice(k * width, k * width + D)),
    bias: Array.from({ length: K }, (_, k) => w[k * width + D]!),
    loss: softmaxCrossEntropy(
      y,
      Array.from(X, (x) => rowLogits(w, x)),
    ),
    losses,
    logits,
  };
}
