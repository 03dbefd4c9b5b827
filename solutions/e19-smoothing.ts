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
  // answer:begin
  return Array.from({ length: classes }, (_, k) => {
    if (convention === "all") return smoothing / classes + (k === c ? 1 - smoothing : 0);
    if (convention === "padded" && k === 0) return 0;
    if (k === c) return 1 - smoothing;
    // who shares: everyone but the true class, and in the third convention not the padding either
    return smoothing / (classes - (convention === "padded" ? 2 : 1));
  });
  // answer:end
}

/** Cross-entropy of logits `z` against the target smoothed by `"all"`, and its gradient by `z`; nats. */
export function smoothedLoss(
  c: number,
  z: readonly number[],
  smoothing: number,
): { loss: number; grad: number[] } {
  // answer:begin
  const target = smooth(c, z.length, smoothing, "all");
  const top = Math.max(...z);
  const rest = Math.log(z.reduce((sum, zk) => sum + Math.exp(zk - top), 0));
  const logQ = z.map((zk) => zk - top - rest);
  // prediction minus target, as for any target that sums to 1 (D13)
  return {
    loss: target.reduce((sum, t, k) => (t > 0 ? sum - t * logQ[k]! : sum), 0),
    grad: logQ.map((l, k) => Math.exp(l) - target[k]!),
  };
  // answer:end
}

/** The smallest loss that any prediction can reach against a target smoothed by `"all"`: its entropy, in nats. */
export function smoothedFloor(classes: number, smoothing: number): number {
  // answer:begin
  return smooth(0, classes, smoothing, "all").reduce((sum, t) => (t > 0 ? sum - t * Math.log(t) : sum), 0);
  // answer:end
}

/** How far the logit of the true class stands above the others at that optimum (convention `"all"`). */
export function optimalGap(classes: number, smoothing: number): number {
  // answer:begin
  // softmax(z) = target gives z_c − z_k = log(t_c / t_k)
  return Math.log((classes * (1 - smoothing) + smoothing) / smoothing);
  // answer:end
}
