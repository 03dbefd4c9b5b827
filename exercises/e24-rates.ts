/**
 * E24 · Entropy rates of sources with memory
 *
 * A Markov source draws the next symbol from a row of P: `P[i][j]` is the probability of j after i. All of it in nats
 * per symbol.
 */

/** The distribution π with π = πP of an irreducible chain: how often each state is visited in the long run. */
export function stationary(P: readonly (readonly number[])[]): number[] {
  throw new Error("Not implemented: stationary. Delete this line and write your answer");
}

/** The entropy rate `Σᵢ πᵢ H(P[i])`: what a symbol costs when its predecessor is known. */
export function entropyRate(P: readonly (readonly number[])[]): number {
  throw new Error("Not implemented: entropyRate. Delete this line and write your answer");
}

/**
 * The cross-entropy rate `−Σᵢ πᵢ Σⱼ P[i][j] log Q[i][j]` when symbols come from P and are predicted by Q; `Infinity` if
 * Q excludes a transition that P makes.
 */
export function crossEntropyRate(
  P: readonly (readonly number[])[],
  Q: readonly (readonly number[])[],
): number {
  throw new Error("Not implemented: crossEntropyRate. Delete this line and write your answer");
}

/**
 * The ladder of conditional entropies H(X₁), H(X₂ | X₁), H(X₃ | X₁X₂), … of a stationary source, from the joint
 * distribution of words of L letters. `joint` lists the words in dictionary order, the first letter counting most:
 * for two letters and L = 2 that is aa, ab, ba, bb.
 */
export function contextLadder(joint: readonly number[], symbols: number): number[] {
  throw new Error("Not implemented: contextLadder. Delete this line and write your answer");
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
  throw new Error("Not implemented: hmmNll. Delete this line and write your answer");
}
