import { CompensatedSum } from "./sum";
import { checkArray, checkFinite, type Matrix, rangeError, type Vector } from "./validate";

/** A square matrix of finite numbers. Internal. */
export function checkSquare(where: string, argument: string, A: unknown): asserts A is Matrix {
  checkArray(where, argument, A);
  for (let i = 0; i < A.length; i++) {
    checkFinite(where, `${argument}[${i}]`, A[i]);
    const { length } = A[i] as Vector;
    if (length !== A.length)
      throw rangeError(where, `${argument}[${i}]`, `have length ${A.length} like the matrix`, String(length));
  }
}

/**
 * Solves `A x = b` by Gaussian elimination, the largest entry of a column as its pivot, with one step of refinement.
 *
 * @param A - square matrix, shape `[n, n]`
 * @param b - right side, shape `[n]`
 * @returns x, shape `[n]`
 * @throws RangeError if a shape is wrong or `A` is singular to working precision
 * @example solve([[2, 1], [1, 3]], [3, 5]) // [0.8, 1.4]
 */
export function solve(A: Matrix, b: Vector): number[] {
  checkSquare("solve", "A", A);
  checkFinite("solve", "b", b);
  if (b.length !== A.length) throw rangeError("solve", "b", `have length ${A.length}`, String(b.length));
  const x = eliminate(A, b);
  // What is left of b, summed with twice the digits, solved for once more.
  const residual = Array.from(b, (bi, i) => {
    const total = new CompensatedSum();
    total.add(bi);
    for (let j = 0; j < x.length; j++) total.addProduct(-A[i]![j]!, x[j]!);
    return total.value;
  });
  const correction = eliminate(A, residual);
  return x.map((xi, i) => xi + correction[i]!);
}

function eliminate(A: Matrix, b: Vector): number[] {
  const n = b.length;
  const rows = Array.from(A, (row, i) => Float64Array.from([...Array.from(row), b[i]!]));
  const size = Math.max(...rows.map((row) => Math.max(...row.subarray(0, n).map(Math.abs))));
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[pivot]![k]!)) pivot = i;
    if (!(Math.abs(rows[pivot]![k]!) > size * n * Number.EPSILON))
      throw rangeError("solve", "A", "be invertible", "a singular matrix");
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      if (factor !== 0) for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let value = rows[k]![n]!;
    for (let j = k + 1; j < n; j++) value -= rows[k]![j]! * x[j]!;
    x[k] = value / rows[k]![k]!;
  }
  return x;
}
