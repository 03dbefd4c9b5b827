/**
 * E15 · Hessian, Hessian-vector products, Fisher
 *
 * The loss −z_c + log Σ exp z has gradient p − e_c with p = softmax(z). Its second derivatives do not know the label c
 * any more, and so they equal the Fisher information. They are singular: adding a constant to all logits changes
 * nothing.
 */

/** The matrix of second derivatives of log Σ exp z: `diag(p) − p pᵀ`, shape `[K, K]`. */
export function hessian(z: readonly number[]): number[][] {
  // answer:begin
  const p = softmax(z);
  return p.map((pi, i) => p.map((pj, j) => (i === j ? pi * (1 - pi) : -pi * pj)));
  // answer:end
}

/** `hessian(z) · v` without the matrix: for K = 50,000 it would need 20 GB. */
export function hessianVectorProduct(z: readonly number[], v: readonly number[]): number[] {
  // answer:begin
  const p = softmax(z);
  // p∘v − p (pᵀv) = p∘(v − mean of v under p): centred first, no cancellation of two large terms
  const mean = p.reduce((sum, pi, i) => sum + pi * v[i]!, 0);
  return p.map((pi, i) => pi * (v[i]! - mean));
  // answer:end
}

/** The Fisher information: the expectation, over labels y drawn from p, of `g gᵀ` with the gradient `g = p − e_y`. */
export function fisher(z: readonly number[]): number[][] {
  // answer:begin
  const p = softmax(z);
  const out = p.map(() => p.map(() => 0));
  for (const [y, py] of p.entries()) {
    const g = p.map((pk, k) => pk - (k === y ? 1 : 0));
    for (const [i, gi] of g.entries()) for (const [j, gj] of g.entries()) out[i]![j]! += py * gi * gj;
  }
  return out;
  // answer:end
}

/**
 * The Newton step d for the loss with true class c: `hessian · d = −(p − e_c)`. The Hessian is singular along the
 * vector of ones, so of all solutions take the one whose entries sum to 0.
 */
export function newtonStep(c: number, z: readonly number[]): number[] {
  // answer:begin
  const p = softmax(z);
  // p∘d − p (pᵀd) = e_c − p gives dₖ = [k = c]/p_c − 1 + pᵀd: known up to a constant, fixed by Σ d = 0
  const k = z.length;
  return p.map((_, i) => ((i === c ? 1 : 0) - 1 / k) / p[c]!);
  // answer:end
}

// answer:begin remove
function softmax(z: readonly number[]): number[] {
  // not Math.max(...z): 50,000 arguments are too many for some engines
  const top = z.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const e = z.map((x) => Math.exp(x - top));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / total);
}
// answer:end
