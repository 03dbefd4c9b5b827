/**
 * An attack: the text of a submission that tries to earn more than it is worth, or to touch the machine that grades
 * it. Whether it got through is never judged by what it says, but by what it earned and by what is changed on the host.
 */
import type { Ground } from "./ground";

/**
 * K1 the grader's own tools, K2 its secrets, K3 its records, K4 an early end, K5 values that lie, K6 knowledge of the
 * wanted values, K7 exhaustion, K8 a way out of the box, K9 what is handed in, K10 what the grader writes.
 */
export type AttackClass = "K1" | "K2" | "K3" | "K4" | "K5" | "K6" | "K7" | "K8" | "K9" | "K10";

/** What can be seen on the host after an attack that got through. */
export type EffectKind =
  | "points"
  | "file"
  | "process"
  | "connection"
  | "port"
  | "signal"
  | "environment"
  | "globals"
  | "leak"
  | "output"
  | "memory";

export interface Attack {
  /** its number in the catalogue, or `S1` to `S8` for what was seen elsewhere */
  readonly id: string;
  readonly class: AttackClass;
  readonly name: string;
  /** the exercise that it pretends to answer; e12 if absent */
  readonly exercise?: string;
  readonly source: (ground: Ground) => string;
  /** submissions that go before it, on the same machine in the same slot, whose traces it uses */
  readonly before?: readonly ((ground: Ground) => string)[];
  /** the points that the same answer earns without the attack */
  readonly honest: number;
  /** an innocent answer that only looks like one: it must earn all of its honest points */
  readonly innocent?: boolean;
  /** what it does to a machine where nothing protects against it; the tests try these out in a plain process */
  readonly live?: readonly EffectKind[];
}

/** One attack in one file may have several forms; they are told apart by their names. */
export const attackName = (attack: Attack): string => `${attack.id} ${attack.name}`;
