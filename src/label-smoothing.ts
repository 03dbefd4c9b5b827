import { entropy } from "./entropy";
import { checkInteger, checkNumber, rangeError, show } from "./validate";

/** How a share ε of the target is spread: over `"all"` V classes, over the V − 1 `"others"`, or over V − 2 with class 0 reserved for padding. */
export type SmoothingConvention = "all" | "others" | "padded";

function checkSmoothing(where: string, V: unknown, smoothing: unknown, convention: unknown): void {
  if (convention !== "all" && convention !== "others" && convention !== "padded")
    throw rangeError(where, "convention", 'be "all", "others" or "padded"', show(convention));
  checkInteger(where, "V", V, convention === "all" ? 1 : convention === "others" ? 2 : 3);
  checkNumber(where, "smoothing", smoothing);
  if (!(smoothing >= 0 && smoothing <= 1)) throw rangeError(where, "smoothing", "be in [0, 1]", smoothing);
}

/**
 * Smoothed one-hot target, in one of three conventions that share a name:
 *
 * - `"all"`: `(1 − ε) δ_c + ε/V`; PyTorch, TensorFlow, Optax, and `labelSmoothing` here
 * - `"others"`: `1 − ε` on c and `ε/(V − 1)` on each other class
 * - `"padded"`: as `"others"` over `V − 2` classes, with nothing on the padding class 0
 *
 * @param c - class that happened
 * @param V - number of classes
 * @param smoothing - the share ε, in `[0, 1]`
 * @param convention - `"all"` (default), `"others"` or `"padded"`
 * @returns distribution, shape `[V]`
 * @throws RangeError if an argument is out of range
 * @see D17
 * @example smoothedTarget(1, 3, 0.1, "others") // [0.05, 0.9, 0.05]
 */
export function smoothedTarget(
  c: number,
  V: number,
  smoothing: number,
  convention: SmoothingConvention = "all",
): number[] {
  checkSmoothing("smoothedTarget", V, smoothing, convention);
  checkInteger("smoothedTarget", "c", c, convention === "padded" ? 1 : 0, V - 1);
  const others = convention === "all" ? smoothing / V : smoothing / (V - (convention === "others" ? 1 : 2));
  return Array.from({ length: V }, (_, k) => {
    if (convention === "padded" && k === 0) return 0;
    if (k !== c) return others;
    return convention === "all" ? 1 - smoothing + others : 1 - smoothing;
  });
}

/**
 * The least loss that any prediction can reach against a smoothed target: its entropy, above 0.
 *
 * @param V - number of classes
 * @param smoothing - the share ε, in `[0, 1]`
 * @param convention - `"all"` (default), `"others"` or `"padded"`
 * @returns nats
 * @throws RangeError if an argument is out of range
 * @see D17
 * @example smoothingFloor(5, 0.1) // 0.389673
 */
export function smoothingFloor(
  V: number,
  smoothing: number,
  convention: SmoothingConvention = "all",
): number {
  checkSmoothing("smoothingFloor", V, smoothing, convention);
  return entropy(smoothedTarget(V - 1, V, smoothing, convention));
}

/**
 * How far the true class's logit stands above the others at that least loss: `log(t_c/t_k)`, finite.
 *
 * @param V - number of classes, >= 2
 * @param smoothing - the share ε, in `[0, 1]`
 * @param convention - `"all"` (default), `"others"` or `"padded"`
 * @returns nats; for `"all"` it is `log((V(1 − ε) + ε)/ε)`; `Infinity` without smoothing
 * @throws RangeError if an argument is out of range
 * @see D17
 * @example optimalLogitGap(5, 0.1) // 3.82864
 */
export function optimalLogitGap(
  V: number,
  smoothing: number,
  convention: SmoothingConvention = "all",
): number {
  checkSmoothing("optimalLogitGap", V, smoothing, convention);
  checkInteger("optimalLogitGap", "V", V, 2);
  const target = smoothedTarget(V - 1, V, smoothing, convention);
  return Math.log(target[V - 1]! / target[V - 2]!);
}
