import { entropy, minusLog } from "./entropy";
import type { Random } from "./random";
import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkSameLength,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

// A Markov chain is a matrix P whose row i is the distribution of the next state after i.

/** A square matrix of distributions. Internal. */
export function checkChain(where: string, argument: string, P: unknown): asserts P is Matrix {
  checkArray(where, argument, P);
  for (let i = 0; i < P.length; i++) {
    checkDistribution(where, `${argument}[${i}]`, P[i]);
    const { length } = P[i] as Vector;
    if (length !== P.length)
      throw rangeError(where, `${argument}[${i}]`, `have length ${P.length} like the matrix`, String(length));
  }
}

/**
 * Stationary distribution of a Markov chain: `π = π P`, how often each state is visited in the long run.
 *
 * By elimination without subtractions (Grassmann, Taksar & Heyman 1985), so that rare states keep their digits.
 *
 * @param P - transition probabilities, shape `[V, V]`, each row sums to 1
 * @returns distribution, shape `[V]`
 * @throws RangeError if a row is no distribution, or the chain has more than one closed class
 * @see D22
 * @example stationaryDistribution([[0.9, 0.1], [0.5, 0.5]]) // [0.833333, 0.166667]
 */
export function stationaryDistribution(P: Matrix): number[] {
  checkChain("stationaryDistribution", "P", P);
  return stationary("stationaryDistribution", P);
}

function stationary(where: string, P: Matrix): number[] {
  const order = recurrentFirst(where, P);
  const n = order.length;
  const A = order.map((i) => order.map((j) => P[i]![j]!));
  for (let k = n - 1; k > 0; k--) {
    let leave = 0;
    for (let j = 0; j < k; j++) leave += A[k]![j]!;
    for (let i = 0; i < k; i++) {
      A[i]![k]! /= leave;
      for (let j = 0; j < k; j++) A[i]![j]! += A[i]![k]! * A[k]![j]!;
    }
  }
  const weights = [1];
  for (let k = 1; k < n; k++) weights.push(weights.reduce((sum, w, i) => sum + w * A[i]![k]!, 0));
  const total = weights.reduce((a, b) => a + b);
  const pi = new Array<number>(P.length).fill(0);
  order.forEach((i, k) => {
    pi[i] = weights[k]! / total;
  });
  return pi;
}

/** The states of the only closed class; states outside it are visited finitely often. */
function recurrentFirst(where: string, P: Matrix): number[] {
  const reach = Array.from(P, (_, start) => {
    const seen = new Set([start]);
    for (const i of seen) for (let j = 0; j < P.length; j++) if (P[i]![j]! > 0) seen.add(j);
    return seen;
  });
  const recurrent = reach.flatMap((seen, i) => ([...seen].every((j) => reach[j]!.has(i)) ? [i] : []));
  if (!recurrent.every((i) => reach[i]!.size === recurrent.length))
    throw rangeError(where, "P", "have one closed class of states", "several");
  return recurrent;
}

/**
 * Entropy rate of a Markov chain, `Σᵢ πᵢ H(Pᵢ)`: the mean surprise per symbol of who knows the chain and the past.
 *
 * @param P - transition probabilities, shape `[V, V]`
 * @returns nats per symbol, in `[0, entropy(π)]`
 * @throws RangeError as `stationaryDistribution`
 * @see D22 — and `crossEntropyRate`
 * @example entropyRate([[0.9, 0.1], [0.5, 0.5]]) // 0.386427
 */
export function entropyRate(P: Matrix): number {
  checkChain("entropyRate", "P", P);
  return rate("entropyRate", P, P);
}

/**
 * Cross-entropy rate `−Σᵢ πᵢ Σⱼ Pᵢⱼ log Qᵢⱼ`: the mean surprise per symbol of a model Q of the chain P.
 *
 * The states are visited as P has it; the model is charged only for what it says there.
 *
 * @param P - true transition probabilities, shape `[V, V]`
 * @param Q - the model's, shape `[V, V]`
 * @returns nats per symbol, in `[entropyRate(P), Infinity]`
 * @throws RangeError if a row is no distribution or shapes differ
 * @see D22
 * @example crossEntropyRate([[0.9, 0.1], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]]) // 0.693147
 */
export function crossEntropyRate(P: Matrix, Q: Matrix): number {
  checkChain("crossEntropyRate", "P", P);
  checkChain("crossEntropyRate", "Q", Q);
  checkSameLength("crossEntropyRate", "P", P, "Q", Q);
  return rate("crossEntropyRate", P, Q);
}

function rate(where: string, P: Matrix, Q: Matrix): number {
  const pi = stationary(where, P);
  const total = new CompensatedSum();
  for (let i = 0; i < P.length; i++)
    for (let j = 0; j < P.length; j++) {
      const weight = pi[i]! * P[i]![j]!;
      if (weight > 0) total.addProduct(weight, minusLog(Q[i]![j]!));
    }
  return total.value;
}

/**
 * Context ladder: from the distribution of blocks of n symbols, `H(X)`, `H(X₂ | X₁)`, …, `H(Xₙ | X₁ … Xₙ₋₁)`.
 *
 * For a stationary source it never rises, and falls to the entropy rate: differences of block entropies.
 *
 * @param blocks - distribution of blocks, shape `[Vⁿ]`, block `x₁ … xₙ` at index `x₁Vⁿ⁻¹ + … + xₙ`
 * @param V - number of symbols, >= 2
 * @returns nats, shape `[n]`
 * @throws RangeError if `blocks` is no distribution or its length no power of V
 * @see D22 — and `markovBlocks`, which makes the blocks of a chain
 * @example contextLadder([0.5, 0, 0, 0.5], 2) // [0.693147, 0]
 */
export function contextLadder(blocks: Vector, V: number): number[] {
  checkDistribution("contextLadder", "blocks", blocks);
  checkInteger("contextLadder", "V", V, 2);
  const n = Math.round(Math.log(blocks.length) / Math.log(V));
  if (n < 1 || V ** n !== blocks.length)
    throw rangeError(
      "contextLadder",
      "blocks",
      `have a length that is a power of ${V}`,
      String(blocks.length),
    );
  const entropies: number[] = [];
  let p = Array.from(blocks);
  for (let k = n; k >= 1; k--) {
    entropies[k - 1] = entropy(p);
    p = Array.from({ length: p.length / V }, (_, i) => {
      let total = 0;
      for (let s = 0; s < V; s++) total += p[i * V + s]!;
      return total;
    });
  }
  return entropies.map((h, k) => (k === 0 ? h : h - entropies[k - 1]!));
}

/**
 * Distribution of blocks of n symbols of a Markov chain in its stationary state.
 *
 * @param P - transition probabilities, shape `[V, V]`
 * @param n - block length, >= 1, with `Vⁿ ≤ 2²⁰`
 * @returns distribution, shape `[Vⁿ]`
 * @throws RangeError as `stationaryDistribution`, or if there are too many blocks
 * @see contextLadder
 * @example markovBlocks([[0.9, 0.1], [0.5, 0.5]], 2) // [0.75, 0.0833333, 0.0833333, 0.0833333]
 */
export function markovBlocks(P: Matrix, n: number): number[] {
  checkChain("markovBlocks", "P", P);
  checkInteger("markovBlocks", "n", n, 1);
  const V = P.length;
  if (V ** n > 2 ** 20) throw rangeError("markovBlocks", "n", "make at most 2^20 blocks", V ** n);
  let blocks = stationary("markovBlocks", P);
  for (let k = 1; k < n; k++) blocks = blocks.flatMap((p, i) => Array.from(P[i % V]!, (pij) => p * pij));
  return blocks;
}

/**
 * A path of a Markov chain, begun in its stationary state.
 *
 * @param P - transition probabilities, shape `[V, V]`
 * @param length - number of symbols, >= 1
 * @param random - the source of randomness
 * @returns states, shape `[length]`
 * @throws RangeError as `stationaryDistribution`
 * @example markovPath([[0, 1], [1, 0]], 4, new Random(1)) // [1, 0, 1, 0]
 */
export function markovPath(P: Matrix, length: number, random: Random): number[] {
  checkChain("markovPath", "P", P);
  checkInteger("markovPath", "length", length, 1);
  const path = [random.categorical(stationary("markovPath", P))];
  while (path.length < length) path.push(random.categorical(P[path.at(-1)!]!));
  return path;
}
