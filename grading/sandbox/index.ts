/**
 * Boxes for coursework: one answer, locked in, as a `Subject` that `grade()` can question.
 *
 *     await requireTier("default");
 *     const box = await openBox(source, { name: "e03.ts", given: spec.given, tier: "default" });
 *     try { await grade(spec, box, …); } finally { box.close(); }
 *     await closeBoxes(); // at the end of a run
 */
import { Box } from "../runner/box";
import type { RemoteFunction, Reply, Value } from "../specification";
import { SandboxBox } from "./box";
import { closeHelpers } from "./helpers";
import { type BoxStatus, defaultBudgets, type OpenBox, type OpenOptions } from "./options";
import { closePlaces, placeFor } from "./places";

export { requireTier } from "./doctor";
export { type BoxStatus, type Budgets, defaultBudgets, type OpenBox, type OpenOptions } from "./options";
export { InfrastructureError, type Tier, TierDenied, tiers } from "./tiers";

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
  if (options.tier === "practice") return new PracticeBox(source, options);
  const budgets = { ...defaultBudgets, ...options.budgets };
  return new SandboxBox({ source, options, budgets, ...(await placeFor(options)) });
}

/** Ends every process that waits for the next answer. */
export async function closeBoxes(): Promise<void> {
  closePlaces();
  closeHelpers();
}
