/** What a box is asked for and what it tells. */
import type { Subject } from "../specification";
import type { Means } from "./launchers";
import type { Limit } from "./limits";
import type { Tier } from "./tiers";

/** Milliseconds, but for the number of callbacks. A check's own budget for one call comes with the call. */
export interface Budgets {
  readonly load: number;
  /** all calls of one submission together; a call with a longer budget than usual brings it along */
  readonly submission: number;
  /** calls of the host's functions during one call of the answer's */
  readonly callbacks: number;
}

export const defaultBudgets: Budgets = { load: 5000, submission: 10_000, callbacks: 250_000 };

export interface OpenOptions {
  /** how the answer is called in messages, such as `e03-cross-entropy.ts` */
  readonly name: string;
  /** names that the answer may import from "cross-entropy" */
  readonly given: readonly string[];
  readonly tier: Tier;
  /** the lane of a parallel run: at most one box is open in a slot; without it any free one is taken */
  readonly slot?: number;
  readonly budgets?: Partial<Budgets>;
  /** for the doctor's probes only: hands the text what an answer would have that found a way out of the language */
  readonly powers?: boolean;
  /** limits left out on purpose, to see that the doctor notices */
  readonly without?: readonly Limit[];
  /** one way of the hardened tier instead of the first that works */
  readonly means?: Means;
}

export interface BoxStatus {
  /** `violation`: the answer broke the protocol or tried what no answer needs. `infra`: the machine failed: try again. */
  readonly kind: "ok" | "violation" | "infra";
  /** for the staff; empty when all is well */
  readonly reason: string;
  /** how often the box was replaced after a call that was stopped */
  readonly restarts: number;
}

/**
 * An answer in its box. Where the machine fails, the methods reject with an `InfrastructureError`; whatever the answer
 * does, they resolve to a `Reply`.
 */
export interface OpenBox extends Subject {
  readonly tier: Tier;
  /** what locks it in: `quickjs`, `bubblewrap`, `landlock`, `child` */
  readonly means: string;
  /** what the answer printed, at most 64 KiB */
  readonly log: string;
  readonly status: BoxStatus;
}
