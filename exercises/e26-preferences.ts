/**
 * E26 · Bradley–Terry and direct preference optimisation
 *
 * A comparison of two answers is a classification with two classes, and its loss a binary cross-entropy of a
 * difference of scores. Everything in nats.
 */

/** The probability that an answer with score `a` is preferred to one with score `b`: σ(a − b), for large scores too. */
export function preferenceProbability(a: number, b: number): number {
  throw new Error("Not implemented: preferenceProbability. Delete this line and write your answer");
}

/**
 * The scores that make the observed comparisons most likely: `wins[i][j]` is how often i beat j. Scores sum to 0, and
 * are right to 1e-8.
 *
 * @returns null if no finite scores do: unless every player can be reached from every other one by wins, someone's
 * score would have to be infinite
 */
export function fitBradleyTerry(wins: readonly (readonly number[])[]): number[] | null {
  throw new Error("Not implemented: fitBradleyTerry. Delete this line and write your answer");
}

/**
 * The DPO loss `−log σ(β·((logChosen − refChosen) − (logRejected − refRejected)))` of one pair of answers, given their
 * log-probabilities under the trained model and under the reference, and its gradient by the model's two.
 *
 * @returns the loss, and the derivatives by `logChosen` and by `logRejected`
 */
export function dpoLoss(
  logChosen: number,
  logRejected: number,
  refChosen: number,
  refRejected: number,
  beta: number,
): { loss: number; grad: [number, number] } {
  throw new Error("Not implemented: dpoLoss. Delete this line and write your answer");
}

/** With a third outcome "neither" of score `neither`: the probabilities that a is chosen, b is, neither is. */
export function withNeither(a: number, b: number, neither: number): [number, number, number] {
  throw new Error("Not implemented: withNeither. Delete this line and write your answer");
}

