import { minusLog } from "./entropy";
import { CompensatedSum } from "./sum";
import { checkJoint, checkSameShape, type Matrix, type Vector } from "./validate";

// A joint distribution is a table: row x, column y, entry p(x, y); all entries together sum to 1.

function rowTotal(row: Vector): number {
  const total = new CompensatedSum();
  for (let y = 0; y < row.length; y++) total.add(row[y]!);
  return total.value;
}

/**
 * Marginal distribution of the rows, `p(x) = Σ_y p(x, y)`.
 *
 * @param p - joint distribution, shape `[X, Y]`, sums to 1
 * @returns distribution of x, shape `[X]`
 * @throws RangeError if a shape, sign or the sum is wrong
 * @see transpose, which turns it into the marginal of the columns
 * @example marginal([[0.1, 0.2], [0.3, 0.4]]) // [0.3, 0.7]
 */
export function marginal(p: Matrix): number[] {
  checkJoint("marginal", "p", p);
  return Array.from(p, rowTotal);
}

/**
 * A table with rows and columns exchanged.
 *
 * @param p - joint distribution, shape `[X, Y]`, sums to 1
 * @returns the same distribution of the pair (y, x), shape `[Y, X]`
 * @throws RangeError if a shape, sign or the sum is wrong
 * @example transpose([[0.1, 0.2, 0.3], [0.1, 0.2, 0.1]]) // [[0.1, 0.1], [0.2, 0.2], [0.3, 0.1]]
 */
export function transpose(p: Matrix): number[][] {
  checkJoint("transpose", "p", p);
  return Array.from(p[0]!, (_, y) => Array.from(p, (row) => row[y]!));
}

/**
 * Joint entropy `H(X, Y) = −Σ p(x, y) log p(x, y)`.
 *
 * @param p - joint distribution, shape `[X, Y]`, sums to 1
 * @returns nats, in `[0, log(X·Y)]`
 * @throws RangeError if a shape, sign or the sum is wrong
 * @see D7: it is `entropy(marginal(p)) + conditionalEntropy(p)`
 * @example jointEntropy([[0.25, 0.25], [0.5, 0]]) // 1.03972
 */
export function jointEntropy(p: Matrix): number {
  checkJoint("jointEntropy", "p", p);
  return Math.max(0, jointScore(p, p));
}

/**
 * Joint cross-entropy `H(p, q) = −Σ p(x, y) log q(x, y)` of two distributions over pairs.
 *
 * @param p - true joint distribution, shape `[X, Y]`, sums to 1
 * @param q - model joint distribution, shape `[X, Y]`, sums to 1
 * @returns nats, in `[jointEntropy(p), Infinity]`
 * @throws RangeError if a shape, sign or sum is wrong
 * @see D7: it is `crossEntropy(marginal(p), marginal(q)) + conditionalCrossEntropy(p, q)`
 * @example jointCrossEntropy([[0.25, 0.25], [0.5, 0]], [[0.25, 0.25], [0.25, 0.25]]) // 1.38629
 */
export function jointCrossEntropy(p: Matrix, q: Matrix): number {
  checkJoint("jointCrossEntropy", "p", p);
  checkJoint("jointCrossEntropy", "q", q);
  checkSameShape("jointCrossEntropy", "p", p, "q", q);
  return jointScore(p, q);
}

function jointScore(p: Matrix, q: Matrix): number {
  const total = new CompensatedSum();
  for (let x = 0; x < p.length; x++)
    for (let y = 0; y < p[x]!.length; y++) {
      const pxy = p[x]![y]!;
      if (pxy > 0) total.addProduct(pxy, minusLog(q[x]![y]!));
    }
  return total.value;
}

/**
 * Conditional entropy `H(Y | X) = −Σ p(x, y) log p(y | x)`: the surprise left in the column once the row is known.
 *
 * @param p - joint distribution, shape `[X, Y]`, sums to 1
 * @returns nats, in `[0, log Y]`; 0 iff the row determines the column
 * @throws RangeError if a shape, sign or the sum is wrong
 * @see D7 — and `mutualInformation`, what knowing the row saved
 * @example conditionalEntropy([[0.25, 0.25], [0.5, 0]]) // 0.346574
 */
export function conditionalEntropy(p: Matrix): number {
  checkJoint("conditionalEntropy", "p", p);
  return conditionalScore(p, p);
}

/**
 * Conditional cross-entropy `−Σ p(x, y) log q(y | x)`: the mean surprise at the column of a model that sees the row.
 *
 * Only the conditionals of `q` count, not how likely it finds each row. A row that `q` holds impossible but `p` does
 * not makes the result `Infinity`.
 *
 * @param p - true joint distribution, shape `[X, Y]`, sums to 1
 * @param q - model joint distribution, shape `[X, Y]`, sums to 1
 * @returns nats, in `[conditionalEntropy(p), Infinity]`
 * @throws RangeError if a shape, sign or sum is wrong
 * @see D7 — and `jointCrossEntropy`, which scores the row too
 * @example conditionalCrossEntropy([[0.25, 0.25], [0.5, 0]], [[0.1, 0.1], [0.4, 0.4]]) // 0.693147
 */
export function conditionalCrossEntropy(p: Matrix, q: Matrix): number {
  checkJoint("conditionalCrossEntropy", "p", p);
  checkJoint("conditionalCrossEntropy", "q", q);
  checkSameShape("conditionalCrossEntropy", "p", p, "q", q);
  return conditionalScore(p, q);
}

function conditionalScore(p: Matrix, q: Matrix): number {
  const total = new CompensatedSum();
  for (let x = 0; x < p.length; x++) {
    const qx = rowTotal(q[x]!);
    for (let y = 0; y < p[x]!.length; y++) {
      const pxy = p[x]![y]!;
      if (pxy === 0) continue;
      if (qx === 0) return Infinity;
      total.addProduct(pxy, minusLog(Math.min(1, q[x]![y]! / qx))); // q(y | x) = q(x, y)/q(x)
    }
  }
  return total.value;
}

/**
 * Mutual information `I(X; Y) = Σ p(x, y) log [p(x, y)/(p(x) p(y))]`: what either coordinate tells about the other.
 *
 * @param p - joint distribution, shape `[X, Y]`, sums to 1
 * @returns nats, in `[0, min(H(X), H(Y))]`; 0 iff the coordinates are independent
 * @throws RangeError if a shape, sign or the sum is wrong
 * @see D7: it is `entropy(marginal(transpose(p))) − conditionalEntropy(p)`
 * @example mutualInformation([[0.25, 0.25], [0.5, 0]]) // 0.215762
 */
export function mutualInformation(p: Matrix): number {
  checkJoint("mutualInformation", "p", p);
  const px = marginal(p);
  const py = marginal(transpose(p));
  const total = new CompensatedSum();
  for (let x = 0; x < px.length; x++)
    for (let y = 0; y < py.length; y++) {
      const pxy = p[x]![y]!;
      if (pxy > 0) total.addProduct(pxy, Math.log(pxy / px[x]! / py[y]!));
    }
  return Math.max(0, total.value);
}
