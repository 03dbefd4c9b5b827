/** How strongly an answer is locked in. Every result records it. */

/**
 * `practice` is the learner's own machine and never a grade; `default` is QuickJS in WebAssembly inside a limited child
 * process (npm alone, every platform); `hardened` is V8 behind the operating system's own walls (Linux), which is fast
 * enough for exercises marked `heavy`.
 */
export type Tier = "practice" | "default" | "hardened";

export const tiers: readonly Tier[] = ["practice", "default", "hardened"];

/** A tier that was asked for and that this machine cannot give. Nothing is graded with a weaker one instead. */
export class TierDenied extends Error {
  override readonly name = "TierDenied";
  constructor(
    readonly tier: Tier,
    readonly reasons: readonly string[],
  ) {
    super(`the ${tier} tier is refused on this machine: ${reasons.join("; ")}`);
  }
}

/** The machine failed, not the answer: to be tried again, then listed, and never a zero. */
export class InfrastructureError extends Error {
  override readonly name = "InfrastructureError";
}
