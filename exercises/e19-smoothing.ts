/**
 * E19 · Label smoothing, three conventions
 *
 * A smoothed target takes a little probability from the true class and spreads it. Libraries disagree over which
 * classes; the numbers differ, and so do the losses.
 */

/**
 * The smoothed target for class `c` (counted from 0) of `classes`:
 *
 * - `"all"`: ε/K to every class, the true one included, and 1 − ε more to the true one;
 * - `"others"`: 1 − ε to the true class, ε/(K − 1) to each other one;
 * - `"padded"`: class 0 is padding and gets 0; 1 − ε to the true class, ε/(K − 2) to each of the rest.
 */
export function smooth(
  c: number,
  classes: number,
  smoothing: number,
  convention: "all" | "others" | "padded",
): number[] {
  throw new Error("Not implemented: smooth. Delete this line and write your answer");
}

/** Cross-entropy of logits `z` against the target smoothed by `"all"`, and its gradient by `z`; nats. */
export function smoothedLoss(
  c: number,
  z: readonly number[],
  smoothing: number,
): { loss: number; grad: number[] } {
  throw new Error("Not implemented: smoothedLoss. Delete this line and write your answer");
}

/** The smallest loss that any prediction can reach against a target smoothed by `"all"`: its entropy, in nats. */
export function smoothedFloor(classes: number, smoothing: number): number {
  throw new Error("Not implemented: smoothedFloor. Delete this line and write your answer");
}

/** How far the logit of the true class stands above the others at that optimum (convention `"all"`). */
export function optimalGap(classes: number, smoothing: number): number {
  throw new Error("Not implemented: optimalGap. Delete this line and write your answer");
}
