/**
 * E16 · Which scores make honesty pay
 *
 * A score is a loss S(c, q) for having forecast the distribution q when class c happened. It is strictly proper if for
 * every truth p the forecast p, and only that, has the least expected loss.
 */
import type { Step } from "cross-entropy";

export type Score = (c: number, q: readonly number[]) => number;

/**
 * A score S of nothing but the probability of what happened, best at q = p. From
 * `diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0` to `p[k] * diff(S(q[k]), q[k]) == lambda`,
 * at least three lines, with the relation "<=>".
 */
export const steps: Step[] = [
  // your steps, one line each
];

/**
 * The forecast with the least expected score when classes are drawn from `p`, right to 1e-5. The scores given here have
 * one minimum and no other valley; it may lie in a corner, such as [1, 0, 0].
 */
export function bestResponse(score: Score, p: readonly number[]): number[] {
  throw new Error("Not implemented: bestResponse. Delete this line and write your answer");
}

/**
 * Whether the score is strictly proper for that many classes, as far as a search can tell: false if for some truth p
 * another forecast costs no more than p itself. `random()` gives numbers in [0, 1).
 */
export function isProper(score: Score, classes: number, random: () => number): boolean {
  throw new Error("Not implemented: isProper. Delete this line and write your answer");
}

/**
 * A loss s of one probability such that S(c, q) = s(q[c]) is strictly proper for three classes and more. Any such
 * function is right.
 */
export function localProper(): (p: number) => number {
  throw new Error("Not implemented: localProper. Delete this line and write your answer");
}
