/**
 * E09 · Honesty with a finite sample
 *
 * A number that was estimated from a sample is worth as much as its standard error; and an entropy that was estimated
 * by plugging in relative frequencies is, on average, too small. All randomness comes from the function you are given:
 * `random()` is uniform in [0, 1), and with the same stream the result must be the same.
 */

/** The mean of at least two independent values, and its standard error s/√n with s² = Σ(x − mean)²/(n − 1). */
export function monteCarloMean(values: readonly number[]): { mean: number; standardError: number } {
  throw new Error("Not implemented: monteCarloMean. Delete this line and write your answer");
}

/**
 * The bias of the plug-in entropy, by simulation: the mean of `H(p̂) − H(p)` over `repetitions` samples of size `n` from
 * `p`, where p̂ are the relative frequencies of a sample; with its standard error, in nats.
 */
export function plugInEntropyBias(
  p: readonly number[],
  n: number,
  repetitions: number,
  random: () => number,
): { mean: number; standardError: number } {
  throw new Error("Not implemented: plugInEntropyBias. Delete this line and write your answer");
}

/**
 * The excess risk of a fitted distribution, by simulation: the mean of `D(p̂‖p)` over `repetitions` samples of size `n`
 * from `p`, with its standard error, in nats. (`D(p‖p̂)` would be infinite whenever an outcome does not occur.)
 */
export function excessRisk(
  p: readonly number[],
  n: number,
  repetitions: number,
  random: () => number,
): { mean: number; standardError: number } {
  throw new Error("Not implemented: excessRisk. Delete this line and write your answer");
}

