/**
 * E15 · Hessian, Hessian-vector products, Fisher
 *
 * The loss −z_c + log Σ exp z has gradient p − e_c with p = softmax(z). Its second derivatives do not know the label c
 * any more, and so they equal the Fisher information. They are singular: adding a constant to all logits changes
 * nothing.
 */

/** The matrix of second derivatives of log Σ exp z: `diag(p) − p pᵀ`, shape `[K, K]`. */
export function hessian(z: readonly number[]): number[][] {
  throw new Error("Not implemented: hessian. Delete this line and write your answer");
}

/** `hessian(z) · v` without the matrix: for K = 50,000 it would need 20 GB. */
export function hessianVectorProduct(z: readonly number[], v: readonly number[]): number[] {
  throw new Error("Not implemented: hessianVectorProduct. Delete this line and write your answer");
}

/** The Fisher information: the expectation, over labels y drawn from p, of `g gᵀ` with the gradient `g = p − e_y`. */
export function fisher(z: readonly number[]): number[][] {
  throw new Error("Not implemented: fisher. Delete this line and write your answer");
}

/**
 * The Newton step d for the loss with true class c: `hessian · d = −(p − e_c)`. The Hessian is singular along the
 * vector of ones, so of all solutions take the one whose entries sum to 0.
 */
export function newtonStep(c: number, z: readonly number[]): number[] {
  throw new Error("Not implemented: newtonStep. Delete this line and write your answer");
}

