/**
 * E24 · Entropy rates of sources with memory
 *
 * A Markov source draws the next symbol from a row of P: `P[i][j]` is the probability of j after i. All of it in nats
 * per symbol.
 */

/** The distribution π with π = πP of an irreducible chain: how often each state is visited in the long run. */
export function stationary(P: readonly (readonly number[])[]): number[] {
  // answer:begin
  // Grassmann, Taksar & Heyman 1985: elimination without a subtraction, so no cancellation
  const A = P.map((row) => [...row]);
  for (let n = A.length - 1; n > 0; n--) {
    const leave = A[n]!.slice(0, n).reduce((a, b) => a + b, 0);
    for (let i = 0; i < n; i++) {
      A[i]![n]! /= leave;
      for (let j = 0; j < n; j++) A[i]![j]! += A[i]![n]! * A[n]![j]!;
    }
  }
  const pi = [1];
  for (let n = 1; n < A.length; n++) pi.push(pi.reduce((sum, x, i) => sum + x * A[i]![n]!, 0));
  const total = pi.reduce((a, b) => a + b, 0);
  return pi.map((x) => x / total);
  // answer:end
}

/** The entropy rate `Σᵢ πᵢ H(P[i])`: what a symbol costs when its predecessor is known. */
export function entropyRate(P: readonly (readonly number[])[]): number {
  // answer:begin
  return crossEntropyRate(P, P);
  // answer:end
}

/**
 * The cross-entropy rate `−Σᵢ πᵢ Σⱼ P[i][j] log Q[i][j]` when symbols come from P and are predicted by Q; `Infinity` if
 * Q excludes a transition that P makes.
 */
export function crossEntropyRate(
  P: readonly (readonly number[])[],
  Q: readonly (readonly number[])[],
): number {
  // answer:begin
  // π belongs to P: reality decides which states are visited, the model only what each step costs
  const pi = stationary(P);
  let rate = 0;
  for (const [i, row] of P.entries())
    for (const [j, p] of row.entries()) if (p > 0) rate -= pi[i]! * p * Math.log(Q[i]![j]!);
  return rate;
  // answer:end
}

/**
 * The ladder of conditional entropies H(X₁), H(X₂ | X₁), H(X₃ | X₁X₂), … of a stationary source, from the joint
 * distribution of words of L letters. `joint` lists the words in dictionary order, the first letter counting most:
 * for two letters and L = 2 that is aa, ab, ba, bb.
 */
export function contextLadder(joint: readonly number[], symbols: number): number[] {
  // answer:begin
  const entropyOf = (p: readonly number[]) => p.reduce((sum, x) => (x > 0 ? sum - x * Math.log(x) : sum), 0);
  const blocks: number[] = [];
  for (let words = joint; words.length > 1; ) {
    blocks.unshift(entropyOf(words));
    // summing out the last letter joins each run of `symbols` neighbours
    const shorter = Array<number>(words.length / symbols).fill(0);
    words.forEach((x, i) => {
      shorter[Math.floor(i / symbols)]! += x;
    });
    words = shorter;
  }
  // chain rule: H(X_k | past) = H(k letters) − H(k − 1 letters)
  return blocks.map((h, k) => h - (blocks[k - 1] ?? 0));
  // answer:end
}

/**
 * The loss −log p(sequence) in nats of a hidden Markov model: hidden states move by A, state i emits symbol x with
 * probability `B[i][x]`, the first state is drawn from `initial`. Sequences may be long.
 */
export function hmmNll(
  sequence: readonly number[],
  A: readonly (readonly number[])[],
  B: readonly (readonly number[])[],
  initial: readonly number[],
): number {
  // answer:begin
  let total = 0;
  let alpha = [...initial];
  for (const [t, x] of sequence.entries()) {
    const before = alpha;
    if (t > 0) alpha = alpha.map((_, j) => before.reduce((sum, a, i) => sum + a * A[i]![j]!, 0));
    alpha = alpha.map((a, i) => a * B[i]![x]!);
    // scaled to sum 1 at every step: the product of the scales is p(sequence), and its logarithm a sum
    const scale = alpha.reduce((a, b) => a + b, 0);
    total -= Math.log(scale);
    alpha = alpha.map((a) => a / scale);
  }
  return total;
  // answer:end
}
