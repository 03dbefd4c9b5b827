/**
 * A child process and the questions to it: answered in order, ids that begin at random and rise by one, one reply for
 * each. Questions may be sent together; the time of each begins when the one before it is answered. Whatever else arrives
 * ends the child. Ending it is always safe.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import type { Readable, Writable } from "node:stream";
import { later } from "../later";
import { frame } from "../runner/frames";
import { processorTime } from "./processor-time";
import { FrameReader, type Message } from "./wire";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** a user of its own for each slot, where the grader may choose */
  readonly user?: number;
  /** the environment; none unless a doctor's test asks for one */
  readonly env?: NodeJS.ProcessEnv;
  /** the program in front tells a death by a signal as 128 and the signal's number */
  readonly signalsAsCodes?: boolean;
  /** files that the child finds opened for reading, as 5, 6, … */
  readonly files?: readonly string[];
}

/** Why a child is gone. Only `start` and `outside` are the machine's doing. */
export type Why = "start" | "outside" | "closed" | "exit" | "memory" | "timeout" | "callbacks" | "violation";

export class Ended extends Error {
  override readonly name = "Ended";
  constructor(
    readonly why: Why,
    message: string,
  ) {
    super(message);
  }
}

export interface Limits {
  /** milliseconds of processor time */
  readonly budget: number;
  readonly callbacks: number;
}

interface Waiting {
  readonly id: number;
  readonly limits: Limits;
  callbacks: number;
  /** ends the watch over its time, which begins when its turn comes */
  stop: () => void;
  resolve(message: Message): void;
  reject(error: Ended): void;
}

/** How a question ended, as a promise that never rejects: it may wait until somebody looks at it. */
export type Outcome = { readonly message: Message } | { readonly ended: unknown };
export const outcomeOf = (reply: Promise<Message>): Promise<Outcome> =>
  reply.then(
    (message) => ({ message }),
    (ended: unknown) => ({ ended }),
  );

const START = 20_000;
const MAX_NOISE = 64 * 1024;
const quiet = () => {};

export class Peer {
  ended: Ended | undefined;
  /** what the process wrote outside the protocol: for the staff */
  noise = "";
  private readonly child: ChildProcess;
  private readonly reader = new FrameReader();
  /** the first one is being answered */
  private readonly waiting: Waiting[] = [];
  private starting: { resolve: () => void; reject: (e: Error) => void } | undefined;
  /** it said that it ends, of its own will */
  private tookLeave = false;
  private nextId = randomInt(1, 2 ** 40);

  /** `callBack` runs one of the host's functions for the answer */
  constructor(
    command: Command,
    public callBack: (handle: unknown, args: unknown) => Message,
  ) {
    const { file, args, user, env = {}, files = [], signalsAsCodes = false } = command;
    // opened anew each time: children that share an open file share its position
    const opened = files.map((name) => fs.openSync(name, "r"));
    this.child = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", ...opened],
      cwd: process.platform === "win32" ? process.env.SystemRoot : "/",
      env,
      detached: process.platform !== "win32",
      windowsHide: true,
      ...(user === undefined ? {} : { uid: user, gid: user }),
    });
    for (const descriptor of opened) fs.closeSync(descriptor);
    const listen = (bytes: Buffer) => {
      if (this.noise.length < MAX_NOISE)
        this.noise = (this.noise + bytes.toString("latin1")).slice(0, MAX_NOISE);
    };
    this.child.stdout!.on("data", listen);
    this.child.stderr!.on("data", listen);
    (this.child.stdio[3] as Writable).on("error", quiet);
    (this.child.stdio[4] as Readable).on("data", (bytes: Buffer) => this.hear(bytes)).on("error", quiet);
    this.child.on("error", (error) => this.end("start", `could not be started: ${error.message}`));
    this.child.on("close", (code, signal) =>
      this.left(code, signal ?? (signalsAsCodes ? this.meant(code) : null)),
    );
    // an idle child must not keep a command alive
    this.child.unref();
    for (const stream of this.child.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the child says that it can take an answer. */
  started(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      if (this.ended !== undefined) return reject(this.ended);
      const stop = later(START, () => this.end("start", "did not start in time"));
      const settle = (act: () => void) => () => {
        stop();
        this.starting = undefined;
        act();
      };
      this.starting = {
        resolve: settle(resolve),
        reject: (error) => settle(() => reject(error))(),
      };
    });
  }

  ask(question: Message, limits: Limits): Promise<Message> {
    return new Promise<Message>((resolve, reject) => {
      if (this.ended !== undefined) return reject(this.ended);
      const id = this.nextId++;
      const bytes = frame({ ...question, id, budget: limits.budget });
      this.waiting.push({ id, limits, callbacks: 0, stop: quiet, resolve, reject });
      if (this.waiting.length === 1) this.begin();
      (this.child.stdio[3] as Writable).write(bytes);
    });
  }

  /** Whatever is told until then goes out in one piece. */
  together(tell: () => void): void {
    const pipe = this.child.stdio[3] as Writable;
    pipe.cork();
    try {
      tell();
    } finally {
      pipe.uncork();
    }
  }

  /** the turn of the first question begins */
  private begin(): void {
    const [question] = this.waiting;
    if (question !== undefined) question.stop = this.watch(question.limits.budget);
  }

  /** a message that needs no reply */
  tell(message: Message): void {
    (this.child.stdio[3] as Writable).write(frame(message));
  }

  processorTime(): number | undefined {
    return this.ended === undefined ? processorTime(this.pid) : undefined;
  }

  end(why: Why, message: string): void {
    if (this.ended !== undefined) return;
    this.ended = new Ended(why, message);
    try {
      // the whole group: whatever the child has started goes with it
      if (this.child.pid !== undefined && process.platform !== "win32")
        process.kill(-this.child.pid, "SIGKILL");
    } catch {}
    this.child.kill("SIGKILL");
    for (const { stop, reject } of this.waiting.splice(0)) {
      stop();
      reject(this.ended);
    }
    this.starting?.reject(this.ended);
  }

  /**
   * Ends the child when a question has used its budget. The clock on the wall only begins the watch; from then on the
   * child's own processor time counts, or, where it is not known or does not move, eight times the budget; more on a
   * machine that has more than four times as much to do as it has cores. While the grader itself was busy or asleep, no
   * time passes, and a reply that arrived meanwhile is read first.
   */
  private watch(budget: number): () => void {
    let waited = 0;
    let base: number | undefined;
    let stop = quiet;
    const wait = (pause: number) => {
      stop = later(pause, () => {
        waited += pause;
        const used = this.processorTime();
        base ??= used;
        const crowd = Math.max(1, os.loadavg()[0]! / (4 * os.availableParallelism()));
        const patience =
          crowd * (used === undefined ? 3 * budget : Math.min(8 * budget + 2000, budget + 60_000));
        const over = used !== undefined && base !== undefined && used - base >= budget;
        if (over || waited >= patience)
          this.end("timeout", `was stopped: no answer within ${budget / 1000} s`);
        else wait(Math.max(20, Math.min(budget / 4, 1000)));
      });
    };
    wait(budget);
    return () => stop();
  }

  private hear(bytes: Buffer): void {
    if (this.ended !== undefined) return;
    try {
      for (const message of this.reader.push(bytes)) this.receive(message);
    } catch (error) {
      this.end("violation", (error as Error).message);
    }
  }

  private receive(message: Message): void {
    const { starting } = this;
    const [waiting] = this.waiting;
    if (this.ended !== undefined) return;
    if (message.leaving === true) this.tookLeave = true;
    else if (message.ready === true && starting !== undefined) starting.resolve();
    else if (waiting === undefined) this.end("violation", "it spoke without being asked");
    else if (message.id !== waiting.id) this.end("violation", "it answered another question");
    else if (!Object.hasOwn(message, "callback")) {
      this.waiting.shift();
      waiting.stop();
      this.begin();
      waiting.resolve(message);
    } else if (++waiting.callbacks <= waiting.limits.callbacks)
      this.tell(this.callBack(message.callback, message.args));
    else {
      const most = waiting.limits.callbacks;
      this.end("callbacks", `called the functions it was given more than ${most} times`);
    }
  }

  /** The signal that a code stands for, unless the process took its leave, which one that was killed cannot. */
  private meant(code: number | null): NodeJS.Signals | null {
    if (code === null || code <= 128 || this.tookLeave) return null;
    const names = Object.entries(os.constants.signals) as [NodeJS.Signals, number][];
    return names.find(([, number]) => number === code - 128)?.[0] ?? null;
  }

  private left(code: number | null, signal: NodeJS.Signals | null): void {
    if (/heap out of memory|Committing semi space failed|bad_alloc/.test(this.noise))
      this.end("memory", "used up its memory");
    else if (this.starting !== undefined) this.end("start", `ended while starting (${signal ?? code})`);
    // nobody here killed it; the processor-time limit sends SIGXCPU
    else if (signal === "SIGKILL") this.end("outside", "was killed from outside");
    else if (signal === "SIGXCPU") this.end("timeout", "was stopped: it used up its processor time");
    else this.end("exit", `ended its process (${signal ?? `code ${code}`})`);
  }
}
