import { low, sumPair } from "./pair";
import { checkOptions, checkVector, type Output } from "./rows";
import { probability, rowSum, softmax } from "./softmax";
import { CompensatedSum } from "./sum";
import { checkArray, checkSameLength, rangeError, type Vector } from "./validate";

/**
 * Hessian of the cross-entropy by the logits, `diag(q) − q qᵀ` with `q = softmax(z)`: the covariance of the one-hot
 * class under the model. The target does not occur in it.
 *
 * Positive semi-definite; each row sums to 0, so the all-ones vector is in its kernel. Takes `V²` numbers:
 * `hessianVectorProduct` needs `V`.
 *
 * @param z - logits, shape `[V]`
 * @returns shape `[V, V]`
 * @throws TypeError, RangeError if `z` is no array of numbers
 * @see D14
 * @example softmaxHessian([0, 0]) // [[0.25, -0.25], [-0.25, 0.25]]
 */
export function softmaxHessian(z: Vector): number[][] {
  checkVector("softmaxHessian", "z", z);
  const q = Float64Array.from(softmax(z));
  // qᵢ(1 − qᵢ) with 1 − qᵢ = Σ of the others: nothing cancels when one class has almost all
  const others = q.map((_, i) => sumWithout(q, i));
  return Array.from(q, (qi, i) => Array.from(q, (qj, j) => (i === j ? qi * others[i]! : -qi * qj)));
}

/** `Σ_{j ≠ i} qⱼ`, from the larger side of `1 − qᵢ`. */
function sumWithout(q: Float64Array, i: number): number {
  if (q[i]! < 0.5) return 1 - q[i]!;
  const total = new CompensatedSum();
  for (let j = 0; j < q.length; j++) if (j !== i) total.add(q[j]!);
  return total.value;
}

/**
 * Hessian–vector product `(diag(q) − q qᵀ) v`, in time and memory proportional to V: entry j is `qⱼ (vⱼ − Σₖ qₖ vₖ)`.
 *
 * v is first taken relative to its entry at the largest logit a, `w = v − v_a`, which changes nothing (the all-ones
 * vector is in the kernel), and then entry a is `−q_a Σ_{k≠a} qₖ wₖ`: no cancellation on a confident row.
 *
 * @param z - logits, shape `[V]`
 * @param v - a direction, shape `[V]`
 * @param options - `out`, an array of length V
 * @returns shape `[V]`; its entries sum to 0, and its scalar product with v is the variance of v under the model
 * @throws RangeError if the lengths differ
 * @see D14 — and `softmaxHessian`, the whole matrix
 * @example hessianVectorProduct([40, 0], [0, 1]) // [-4.24835e-18, 4.24835e-18]
 */
export function hessianVectorProduct<T extends Output>(z: Vector, v: Vector, options: { readonly out: T }): T;
export function hessianVectorProduct(z: Vector, v: Vector, options?: { readonly out?: undefined }): number[];
export function hessianVectorProduct(
  z: Vector,
  v: Vector,
  options: { readonly out?: Output | undefined } = {},
): Output {
  const where = "hessianVectorProduct";
  checkVector(where, "z", z);
  checkVector(where, "v", v);
  checkSameLength(where, "z", z, "v", v);
  checkOptions(where, options);
  const V = z.length;
  const out = options.out ?? new Array<number>(V).fill(0);
  checkArray(where, "out", out);
  if (out.length !== V) throw rangeError(where, "out", `have length ${V}`, String(out.length));
  const sum = rowSum(z, 0, V);
  if (Number.isNaN(sum.rest)) return out.fill(NaN) as Output;
  const a = sum.argmax;
  const atWinner = v[a]!;
  const mu = new CompensatedSum(); // Σ_{k≠a} qₖ wₖ
  const q = new Float64Array(V);
  for (let k = 0; k < V; k++) {
    q[k] = probability(z, 0, k, sum);
    if (k === a || q[k] === 0) continue;
    const qLow = low[0]!;
    const w = sumPair(v[k]!, -atWinner);
    mu.addProduct(q[k]!, w);
    mu.add(q[k]! * low[0]! + qLow * w);
  }
  const mean = mu.value;
  mu.add(-mean);
  const meanLow = mu.value; // where vⱼ is near the mean, w − mean needs the digits that the rounded mean has lost
  for (let k = 0; k < V; k++) {
    if (k === a) out[k] = 0 - q[k]! * mean;
    else if (q[k] === 0) out[k] = 0;
    else {
      const w = sumPair(v[k]!, -atWinner);
      const wLow = low[0]!;
      const difference = sumPair(w, -mean);
      out[k] = q[k]! * (difference + (low[0]! + wLow - meanLow));
    }
  }
  return out;
}

/**
 * Fisher information of the softmax family by its logits, `E_{y~q}[g gᵀ]` with `g = q − e_y` the gradient of the loss
 * at y: computed as written, one outcome after another, to compare with `softmaxHessian`.
 *
 * @param z - logits, shape `[V]`
 * @returns shape `[V, V]`; the Hessian, since the label cancels there
 * @throws TypeError, RangeError if `z` is no array of numbers
 * @see D14
 * @example fisherInformation([0, 0]) // [[0.25, -0.25], [-0.25, 0.25]]
 */
export function fisherInformation(z: Vector): number[][] {
  checkVector("fisherInformation", "z", z);
  const q = Float64Array.from(softmax(z));
  const mean = Array.from(q, () => Array.from(q, () => new CompensatedSum()));
  for (let y = 0; y < q.length; y++) {
    const g = q.map((qk, k) => (k === y ? -sumWithout(q, k) : qk));
    for (let i = 0; i < q.length; i++)
      for (let j = 0; j < q.length; j++) mean[i]![j]!.add(q[y]! * g[i]! * g[j]!);
  }
  return mean.map((row) => row.map((entry) => entry.value));
}
