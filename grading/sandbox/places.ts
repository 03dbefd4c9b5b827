/** Which child locks an answer in: by tier, by what this machine has, and by slot. */
import path from "node:path";
import { harness } from "./harness";
import { FreshLane, type Lane, SharedLane } from "./lane";
import { hardenedCommand, type Means, mayOwnUser } from "./launchers";
import { type Limit, nodeCommand, underLimits, userOf } from "./limits";
import type { OpenOptions } from "./options";
import { type Command, Peer } from "./peer";
import { TierDenied } from "./tiers";

/** MiB of WebAssembly memory: a hard cap */
const MEMORY = 128;
/** all that the engine's file allows, for the doctor's tests */
const NO_CAP = 2048;
/** seconds of processor time for a child, many answers together */
const LANE_SECONDS = 600;

const noCallback = () => ({ error: "there is nothing to call" });
const start = (command: Command) => new Peer(command, noCallback);

function quickJsCommand(slot: number, without: readonly Limit[]): Command {
  const folder = harness();
  const program = path.join(folder, without.includes("engine") ? "v8.js" : "quickjs.js");
  const memory = without.includes("memory") ? NO_CAP : MEMORY;
  const node = nodeCommand(
    { program, args: [`${memory}`], read: [path.join(folder, "*")], heap: 256 },
    without,
  );
  const user = userOf(slot, [program, process.execPath]);
  return { ...underLimits(node, LANE_SECONDS, without), ...(user === undefined ? {} : { user }) };
}

interface Choice {
  readonly means: Means;
  readonly ownUser: boolean;
}

/** does a child start in this way, and say that it is ready? */
async function tryChoice(choice: Choice): Promise<string | undefined> {
  let peer: Peer | undefined;
  try {
    peer = start(hardenedCommand(choice.means, { slot: 0, ownUser: choice.ownUser }));
    await peer.started();
    return undefined;
  } catch (error) {
    const noise = peer?.noise.trim().split("\n")[0] ?? "";
    return `${choice.means}: ${(error as Error).message}${noise === "" ? "" : ` (${noise.slice(0, 200)})`}`;
  } finally {
    peer?.end("closed", "was only a trial");
  }
}

const choices = new Map<string, Promise<Choice>>();
async function choose(list: readonly Means[]): Promise<Choice> {
  const reasons: string[] = [];
  for (const means of list)
    for (const ownUser of mayOwnUser() ? [true, false] : [false]) {
      const reason = await tryChoice({ means, ownUser });
      if (reason === undefined) return { means, ownUser };
      if (!reasons.includes(reason)) reasons.push(reason);
    }
  throw new TierDenied("hardened", reasons);
}

/** Bubblewrap where it works, else the Landlock launcher, else a `TierDenied` with what is missing. */
export function chooseMeans(wanted?: Means): Promise<Choice> {
  const key = wanted ?? "";
  let choice = choices.get(key);
  if (choice === undefined) {
    choice = choose(wanted === undefined ? ["bubblewrap", "landlock"] : [wanted]);
    choices.set(key, choice);
    // a machine may be mended while the grader runs
    choice.catch(() => choices.delete(key));
  }
  return choice;
}

interface Slot {
  readonly lane: Lane;
  busy: boolean;
}
const slots = new Map<string, Slot>();

function takeSlot(kind: string, wanted: number | undefined, make: (slot: number) => Lane): Slot {
  for (let number = wanted ?? 0; ; number++) {
    const key = `${kind} ${number}`;
    let slot = slots.get(key);
    if (slot === undefined) {
      slot = { lane: make(number), busy: false };
      slots.set(key, slot);
    }
    if (!slot.busy) {
      slot.busy = true;
      return slot;
    }
    if (wanted !== undefined) throw new RangeError(`openBox: slot ${wanted} must be free`);
  }
}

export interface Place {
  readonly lane: Lane;
  readonly means: string;
  readonly release: () => void;
}

/** A free slot of the tier that the options ask for. */
export async function placeFor(options: OpenOptions): Promise<Place> {
  const { tier, slot: wanted, without = [] } = options;
  const choice = tier === "hardened" ? await chooseMeans(options.means) : undefined;
  const means = choice?.means ?? (without.includes("engine") ? "node" : "quickjs");
  const ownUser = choice?.ownUser === true && !without.includes("processes");
  const slot = takeSlot([means, ...without].join(" "), wanted, (number) => {
    if (choice !== undefined)
      return new FreshLane(() => start(hardenedCommand(choice.means, { slot: number, ownUser, without })));
    const make = () => start(quickJsCommand(number, without));
    return without.includes("engine") ? new FreshLane(make) : new SharedLane(make);
  });
  const release = () => {
    slot.busy = false;
  };
  return { lane: slot.lane, means, release };
}

export function closePlaces(): void {
  for (const { lane } of slots.values()) lane.close();
  slots.clear();
}

/** ends what waits in places from which limits were left out: they are for probes alone */
export function closeWeakPlaces(): void {
  for (const [key, { lane, busy }] of slots)
    if (!busy && key.split(" ").length > 2) {
      lane.close();
      slots.delete(key);
    }
}
