/**
 * E09 · Honesty with a finite sample
 *
 * A number that was estimated from a sample is worth as much as its standard error; and an entropy that was estimated
 * by plugging in relative frequencies is, on average, too small. All randomness comes from the function you are given:
 * `random()` is uniform in [0, 1), and with the same stream the result must be the same.
 */

/** The mean of at least two independent values, and its standard error s/√n with s² = Σ(x − mean)²/(n − 1). */
export function monteCarloMean(values: readonly number[]): { mean: number; standardError: number } {
  // answer:begin
  const n = values.length;
  if (n < 2) throw new RangeError(`monteCarloMean: values must have at least 2 entries, got ${n}`);
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  // n − 1, since the mean was fitted to the same values (Bessel)
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  return { mean, standardError: Math.sqrt(variance / n) };
  // answer:end
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
  // answer:begin
  const truth = entropy(p);
  return monteCarloMean(
    Array.from({ length: repetitions }, () => entropy(frequencies(p, n, random)) - truth),
  );
  // answer:end
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
  // answer:begin
  return monteCarloMean(
    Array.from({ length: repetitions }, () =>
      frequencies(p, n, random).reduce((sum, f, k) => (f > 0 ? sum + f * Math.log(f / p[k]!) : sum), 0),
    ),
  );
  // answer:end
}

// answer:begin remove
const entropy = (p: readonly number[]): number =>
  p.reduce((sum, x) => (x > 0 ? sum - x * Math.log(x) : sum), 0);

/** relative frequencies of `n` draws by inversion: the first outcome whose cumulated probability exceeds u */
function frequencies(p: readonly number[], n: number, random: () => number): number[] {
  const counts = p.map(() => 0);
  for (let i = 0; i < n; i++) {
    let u = random();
    let k = 0;
    while (k < p.length - 1 && u >= p[k]!) u -= p[k++]!;
    counts[k]! += 1;
  }
  return counts.map((c) => c / n);
}
// answer:end
