import { CompensatedSum } from "./sum";
import {
  checkArray,
  checkDistribution,
  checkInteger,
  checkSameLength,
  checkWeights,
  type Matrix,
  rangeError,
  type Vector,
} from "./validate";

/**
 * The uniform distribution over `V` outcomes.
 *
 * @param V - number of outcomes, an integer >= 1
 * @returns distribution, shape `[V]`, each entry `1/V`
 * @throws RangeError if `V` is not an integer >= 1
 * @example entropy(uniform(8)) // 2.07944
 */
export function uniform(V: number): number[] {
  checkInteger("uniform", "V", V, 1);
  return Array.from({ length: V }, () => 1 / V);
}

/**
 * The one-hot distribution `δ_c`: outcome `c` is certain.
 *
 * @param c - the certain outcome, an integer in `[0, V − 1]`
 * @param V - number of outcomes, an integer >= 1
 * @returns distribution, shape `[V]`
 * @throws RangeError if `c` or `V` is out of range
 * @example oneHot(1, 3) // [0, 1, 0]
 */
export function oneHot(c: number, V: number): number[] {
  checkInteger("oneHot", "V", V, 1);
  checkInteger("oneHot", "c", c, 0, V - 1);
  return Array.from({ length: V }, (_, i) => (i === c ? 1 : 0));
}

/**
 * Weights divided by their sum. No function of this package does this on its own: ask for it.
 *
 * @param weights - finite numbers >= 0, shape `[V]`, not all 0; counts, for example
 * @returns distribution, shape `[V]`
 * @throws RangeError if a weight is negative or not finite, or their sum is 0 or overflows
 * @example normalise([3, 1, 0]) // [0.75, 0.25, 0]
 */
export function normalise(weights: Vector): number[] {
  checkWeights("normalise", "weights", weights);
  const total = new CompensatedSum();
  for (let i = 0; i < weights.length; i++) total.add(weights[i]!);
  if (!(total.value > 0 && total.value < Infinity))
    throw rangeError("normalise", "weights", "have a positive finite sum", total.value);
  return Array.from(weights, (weight) => weight / total.value);
}

/**
 * Mixture `Σⱼ wⱼ pⱼ` of distributions over the same outcomes.
 *
 * @param weights - a distribution over the components, shape `[M]`, sums to 1
 * @param components - M distributions, shape `[M, V]`
 * @returns distribution, shape `[V]`
 * @throws RangeError if a shape, sign or sum is wrong
 * @example mixture([0.25, 0.75], [[1, 0], [0, 1]]) // [0.25, 0.75]
 */
export function mixture(weights: Vector, components: Matrix): number[] {
  checkDistribution("mixture", "weights", weights);
  checkArray("mixture", "components", components);
  checkSameLength("mixture", "weights", weights, "components", components);
  const first = components[0]!;
  for (let j = 0; j < components.length; j++) {
    checkDistribution("mixture", `components[${j}]`, components[j]);
    checkSameLength("mixture", "components[0]", first, `components[${j}]`, components[j]!);
  }
  return Array.from(first, (_, i) => {
    const total = new CompensatedSum();
    for (let j = 0; j < components.length; j++) total.add(weights[j]! * components[j]![i]!);
    return total.value;
  });
}

/**
 * Distribution of `n` independent draws taken as one symbol: `p(x₁) p(x₂) … p(xₙ)` for all `Vⁿ` blocks.
 *
 * Block `[x₁, …, xₙ]` stands at index `x₁Vⁿ⁻¹ + … + xₙ`, as in counting with n digits.
 *
 * @param p - distribution of one symbol, shape `[V]`, sums to 1
 * @param n - block length, an integer >= 1 with `Vⁿ ≤ 2²⁴`
 * @returns distribution, shape `[Vⁿ]`; its entropy is `n · entropy(p)`
 * @throws RangeError if `p` is no distribution or there are too many blocks
 * @example blockDistribution([0.9, 0.1], 2) // [0.81, 0.09, 0.09, 0.01]
 */
export function blockDistribution(p: Vector, n: number): number[] {
  checkDistribution("blockDistribution", "p", p);
  checkInteger("blockDistribution", "n", n, 1);
  const size = p.length ** n;
  if (size > 2 ** 24) throw rangeError("blockDistribution", "n", `make at most 2^24 blocks`, size);
  let blocks = [1];
  for (let k = 0; k < n; k++) blocks = blocks.flatMap((block) => Array.from(p, (pi) => block * pi));
  return blocks;
}

/**
 * All distributions over `V` outcomes whose entries are multiples of `1/steps`: an even grid on the simplex.
 *
 * @param V - number of outcomes, an integer >= 1
 * @param steps - divisions of each edge, an integer >= 1
 * @returns distributions, shape `[N, V]` with `N = C(steps + V − 1, V − 1)`, the first outcome falling from 1 to 0
 * @throws RangeError if `V` or `steps` is not an integer >= 1, or the grid has more than 2²⁰ points
 * @example simplexGrid(2, 2) // [[1, 0], [0.5, 0.5], [0, 1]]
 */
export function simplexGrid(V: number, steps: number): number[][] {
  checkInteger("simplexGrid", "V", V, 1);
  checkInteger("simplexGrid", "steps", steps, 1);
  let points = 1;
  for (let k = 1; k < V; k++) points = (points * (steps + k)) / k;
  if (points > 2 ** 20) throw rangeError("simplexGrid", "steps", "make at most 2^20 points", points);
  return compositions(steps, V).map((counts) => counts.map((count) => count / steps));
}

/** All ways to share `total` among `parts` places, the first place falling fastest from `total`. Internal. */
export function compositions(total: number, parts: number): number[][] {
  if (parts === 1) return [[total]];
  const all: number[][] = [];
  for (let first = total; first >= 0; first--)
    for (const rest of compositions(total - first, parts - 1)) all.push([first, ...rest]);
  return all;
}
