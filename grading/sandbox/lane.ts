/** Where boxes come from. A slot has at most one box at a time, and keeps what makes the next one start quickly. */
import type { Peer } from "./peer";

export interface Lane {
  /** a child that is ready for an answer; rejects with an `Ended` if the machine cannot give one */
  take(): Promise<Peer>;
  /** gives it back after an answer; a child that was ended or misused is not used again */
  giveBack(peer: Peer): void;
  close(): void;
}

export type MakePeer = () => Peer;

const MAX_ANSWERS = 200;
/** milliseconds of processor time: half of what the shell's limit allows a child */
const MAX_TIME = 300_000;

/** One child for many answers, each in an instance of its own: the default tier. */
export class SharedLane implements Lane {
  private peer: Peer | undefined;
  private answers = 0;
  private starting: Promise<void> | undefined;

  constructor(private readonly make: MakePeer) {}

  async take(): Promise<Peer> {
    const tired = ++this.answers > MAX_ANSWERS || (this.peer?.processorTime() ?? 0) > MAX_TIME;
    if (tired) this.close();
    if (this.peer === undefined || this.peer.ended !== undefined) {
      this.answers = 1;
      this.peer = this.make();
      this.starting = this.peer.started();
    }
    await this.starting;
    return this.peer;
  }

  giveBack(peer: Peer): void {
    if (peer.ended !== undefined) return;
    // the next instance is made while the grader does something else
    this.starting = peer.started();
    this.starting.catch(() => {});
    peer.tell({ op: "next" });
  }

  close(): void {
    this.peer?.end("closed", "is not needed any more");
    this.peer = undefined;
  }
}

/** A child for each answer: the hardened tier. The next one starts while the present one works. */
export class FreshLane implements Lane {
  private spare: { peer: Peer; started: Promise<void> } | undefined;

  constructor(private readonly make: MakePeer) {}

  private prepare(): { peer: Peer; started: Promise<void> } {
    const peer = this.make();
    const started = peer.started();
    started.catch(() => {});
    return { peer, started };
  }

  async take(): Promise<Peer> {
    const { peer, started } =
      this.spare === undefined || this.spare.peer.ended !== undefined ? this.prepare() : this.spare;
    this.spare = undefined;
    await started;
    this.spare = this.prepare();
    return peer;
  }

  giveBack(peer: Peer): void {
    peer.end("closed", "has done its work");
  }

  close(): void {
    this.spare?.peer.end("closed", "is not needed any more");
    this.spare = undefined;
  }
}
