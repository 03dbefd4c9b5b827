import { compositions } from "./distributions";
import { minusLog } from "./entropy";
import { CompensatedSum } from "./sum";
import { checkDistribution, checkInteger, checkNumber, rangeError, type Vector } from "./validate";

/** All sequences of `n` symbols with the same counts: they have the same probability. */
export interface TypeClass {
  /** How often each symbol comes, shape `[V]`, sum n. */
  readonly counts: readonly number[];
  /** `log` of the number of such sequences, in nats. */
  readonly logSize: number;
  /** Probability that a random sequence is one of them. */
  readonly probability: number;
  /** Surprisal per symbol `−(1/n) log p(x₁) … p(xₙ)` of each of them, in nats. */
  readonly rate: number;
}

/** `log n!` for n = 0 … N, as sums of logarithms. */
function logFactorials(N: number): number[] {
  const total = new CompensatedSum();
  return Array.from({ length: N + 1 }, (_, n) => {
    if (n > 1) total.add(Math.log(n));
    return total.value;
  });
}

/**
 * The type classes of sequences of `n` independent draws from `p`: an exact view of all `Vⁿ` sequences at once.
 *
 * The surprisal per symbol of a long sequence is nearly always near `entropy(p)` (asymptotic equipartition), although
 * the likeliest sequence may be far from it.
 *
 * @param p - distribution of one symbol, shape `[V]`, sums to 1
 * @param n - sequence length, an integer >= 1, with at most 2²⁰ classes
 * @returns the classes; their probabilities sum to 1
 * @throws RangeError if `p` is no distribution or there are too many classes
 * @see typicalSet, which adds them up
 * @example typeClasses([0.9, 0.1], 2).map((type) => type.probability) // [0.81, 0.18, 0.01]
 */
export function typeClasses(p: Vector, n: number): TypeClass[] {
  checkDistribution("typeClasses", "p", p);
  checkInteger("typeClasses", "n", n, 1);
  let size = 1;
  for (let k = 1; k < p.length; k++) size = (size * (n + k)) / k;
  if (size > 2 ** 20) throw rangeError("typeClasses", "n", "make at most 2^20 classes", Math.round(size));
  const logFactorial = logFactorials(n);
  return compositions(n, p.length).map((counts) => {
    const logSize = counts.reduce((rest, count) => rest - logFactorial[count]!, logFactorial[n]!);
    let nats = 0;
    counts.forEach((count, i) => {
      if (count > 0) nats += count * minusLog(p[i]!);
    });
    return { counts, logSize, probability: Math.exp(logSize - nats), rate: nats / n };
  });
}

/**
 * The typical set: all sequences of `n` symbols whose surprisal per symbol is within `tolerance` of `entropy(p)`.
 *
 * @param p - distribution of one symbol, shape `[V]`, sums to 1
 * @param n - sequence length, an integer >= 1, with at most 2²⁰ type classes
 * @param tolerance - in nats, > 0
 * @returns its probability, and the share of all `Vⁿ` sequences that belong to it
 * @throws RangeError if an argument is out of range
 * @see typeClasses
 * @example typicalSet([0.9, 0.1], 100, 0.1) // { probability: 0.86985, share: 4.14223e-14 }
 */
export function typicalSet(p: Vector, n: number, tolerance: number): { probability: number; share: number } {
  checkNumber("typicalSet", "tolerance", tolerance);
  if (!(tolerance > 0)) throw rangeError("typicalSet", "tolerance", "be > 0", tolerance);
  const classes = typeClasses(p, n);
  let target = 0;
  for (let i = 0; i < p.length; i++) if (p[i]! > 0) target += p[i]! * minusLog(p[i]!);
  const probability = new CompensatedSum();
  const share = new CompensatedSum();
  for (const type of classes) {
    if (Math.abs(type.rate - target) > tolerance) continue;
    probability.add(type.probability);
    share.add(Math.exp(type.logSize - n * Math.log(p.length)));
  }
  return { probability: probability.value, share: share.value };
}
