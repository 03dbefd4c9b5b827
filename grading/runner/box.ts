/**
 * The host's side of the killable child: sends calls, decodes replies as data, and ends the child when a call takes
 * longer than its budget. A new child takes over for the next check.
 */
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { decode, encode } from "../codec";
import { crossing, hearDraws } from "../inside";
import { later } from "../later";
import { root } from "../root";
import { RemoteFunction, type Reply, type Subject, type Value } from "../specification";
import { blockedMessage } from "./direct";
import type { Response } from "./evaluator";
import { FrameReader, frame } from "./frames";

/** loading is mostly the compiler's time, and a busy machine must not fail an innocent answer */
const LOAD_BUDGET = 10_000;
const MAX_RESTARTS = 3;
/** kilobytes of memory for data: 2 GB */
const MAX_DATA = 2 << 20;
const MAX_LOG = 64 * 1024;
const remote = (id: number) => new RemoteFunction(id);

class Child {
  readonly process: ChildProcess;
  readonly ready: Promise<void>;
  log = "";
  ended: string | undefined;
  private readonly reader = new FrameReader();
  private waiting: { id: number; resolve: (r: Response) => void; reject: (e: Error) => void } | undefined;
  private readonly callbacks: ((...args: Value[]) => Value)[] = [];
  private nextId = 1;

  constructor() {
    const node = [
      process.execPath,
      "--max-old-space-size=512",
      "--stack-size=900",
      path.join(root, "dist", "grading", "runner", "child.js"),
    ];
    // V8's own limit does not count typed arrays: a shell sets the process's, where there is one
    const [command, ...args] =
      process.platform === "win32" ? node : ["sh", "-c", `ulimit -d ${MAX_DATA}; exec "$@"`, "sh", ...node];
    this.process = spawn(command!, args, {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      cwd: root,
      env: { PATH: process.env.PATH ?? "" },
    });
    const collect = (bytes: Buffer) => {
      if (this.log.length < MAX_LOG) this.log = (this.log + bytes.toString("utf8")).slice(0, MAX_LOG);
    };
    this.process.stdout!.on("data", collect);
    this.process.stderr!.on("data", collect);
    let isReady: () => void;
    let failed: (e: Error) => void;
    this.ready = new Promise<void>((resolve, reject) => {
      isReady = resolve;
      failed = reject;
    });
    this.ready.catch(() => {});
    (this.process.stdio[4] as Readable).on("data", (bytes: Buffer) => {
      try {
        for (const message of this.reader.push(bytes))
          this.receive(message as Record<string, unknown>, isReady);
      } catch (error) {
        this.end(`sent something unreadable (${(error as Error).message})`);
      }
    });
    (this.process.stdio[3] as Writable).on("error", () => {});
    this.process.on("exit", (code, signal) => {
      const memory = /heap out of memory/.test(this.log) ? "used up its memory" : undefined;
      this.ended ??= memory ?? `ended its process (${signal ?? `code ${code}`})`;
      failed(new Error(this.ended));
      this.waiting?.reject(new Error(this.ended));
    });
    // an idle spare must not keep a command alive
    this.process.unref();
    for (const stream of this.process.stdio) (stream as { unref?: () => void } | null)?.unref?.();
  }

  private receive(message: Record<string, unknown>, isReady: () => void): void {
    if (message.ready === true) {
      isReady();
      return;
    }
    if (this.waiting === undefined) this.end("spoke without being asked");
    else if (typeof message.callback === "number") this.callBack(message.callback, message.args);
    else if (message.id !== this.waiting.id) this.end("answered another question");
    else {
      const { resolve } = this.waiting;
      this.waiting = undefined;
      resolve(message as Response);
    }
  }

  private callBack(handle: number, args: unknown): void {
    let reply: unknown;
    try {
      const list = decode(args, remote) as Value[];
      reply = { value: encode(this.callbacks[handle]!(...list), () => 0) };
    } catch (error) {
      reply = { error: String((error as Error).message) };
    }
    this.write(reply);
  }

  private write(message: unknown): void {
    (this.process.stdio[3] as Writable).write(frame(message));
  }

  /** numbers the host's functions among the arguments */
  encode = (args: readonly Value[]): unknown =>
    args.map((a) =>
      encode(a, (f) => {
        const crosses = crossing(f);
        if (crosses !== undefined) return crosses;
        this.callbacks.push(f as (...args: Value[]) => Value);
        return this.callbacks.length - 1;
      }),
    );

  async request(message: Record<string, unknown>, budget: number): Promise<Response | "timeout"> {
    // While a call runs, the process must stay alive for its answer: the timer holds it.
    const id = this.nextId++;
    const reply = new Promise<Response>((resolve, reject) => {
      this.waiting = { id, resolve, reject };
    });
    this.write({ ...message, id });
    let stop = () => {};
    const late = new Promise<"timeout">((resolve) => {
      stop = later(budget, () => {
        this.waiting = undefined;
        this.end(`took longer than ${budget} ms`);
        resolve("timeout");
      });
    });
    try {
      return await Promise.race([reply, late]);
    } finally {
      stop();
    }
  }

  end(why: string): void {
    this.ended ??= why;
    this.process.kill("SIGKILL");
    this.waiting?.reject(new Error(why));
  }
}

/** Grades derivations: a child in which no answer ever runs, only their steps are read. */
let deriver: Child | undefined;
let deriving: Promise<void> = Promise.resolve();
/** mathjs takes half a second to load there */
const DERIVE_BUDGET = 15_000;

let spare: Child | undefined;
/** Starts the next child ahead of time, so that a check begins at once. */
export function warmUp(): void {
  if (spare === undefined || spare.ended !== undefined) spare = new Child();
}
/** Ends the waiting child, so that nothing is left behind. */
export function coolDown(): void {
  spare?.end("not needed");
  deriver?.end("not needed");
  spare = undefined;
  deriver = undefined;
}

export interface BoxOptions {
  readonly name: string;
  readonly given: readonly string[];
  /** keep one child warm for the next check (for `watch`) */
  readonly keepWarm?: boolean;
}

export class Box implements Subject {
  private child: Child | undefined;
  private restarts = 0;
  private failure: Reply | undefined;
  /** what the answer printed */
  log = "";

  constructor(
    private readonly source: string,
    private readonly options: BoxOptions,
  ) {}

  private async loaded(): Promise<Child | Reply> {
    if (this.failure !== undefined) return this.failure;
    if (this.child !== undefined && this.child.ended === undefined) return this.child;
    if (this.child !== undefined) this.log += this.child.log;
    if (this.restarts++ > MAX_RESTARTS)
      return { kind: "dead", message: "it was stopped several times: this check was not tried" };
    warmUp();
    const child = spare!;
    spare = undefined;
    this.child = child;
    if (this.options.keepWarm) warmUp();
    const release = later(20_000, () => child.end("did not start"));
    try {
      await child.ready;
      const { name, given } = this.options;
      const reply = await child.request({ op: "load", source: this.source, name, given }, LOAD_BUDGET);
      const failure = this.toReply(reply, LOAD_BUDGET);
      if (failure.kind === "value") return child;
      this.failure =
        failure.kind === "error"
          ? { kind: "load", message: `${name} does not load: ${failure.name}: ${failure.message}` }
          : { ...failure, message: `loading ${name} ${failure.message}` };
    } catch {
      this.failure = {
        kind: "dead",
        message: `the process of ${this.options.name} ${child.ended ?? "broke"}`,
      };
    } finally {
      release();
    }
    return this.failure;
  }

  private toReply(response: Response | "timeout", budget: number, sent: readonly Value[] = []): Reply {
    if (response === "timeout")
      return { kind: "timeout", message: `was stopped: no answer within ${budget / 1000} s` };
    if (typeof response.blocked === "string")
      return {
        kind: "blocked",
        message: blockedMessage(response.blocked),
      };
    if (response.error !== undefined)
      return { kind: "error", name: String(response.error.name), message: String(response.error.message) };
    return {
      kind: "value",
      value: decode(response.value, remote),
      args: Array.isArray(response.args)
        ? hearDraws(
            sent,
            response.args.map((a) => decode(a, remote)),
          )
        : [],
      promised: response.promised === true,
    };
  }

  private async ask(
    build: (child: Child) => Record<string, unknown>,
    budget: number,
    sent: readonly Value[] = [],
  ): Promise<Reply> {
    const child = await this.loaded();
    if (!(child instanceof Child)) return child;
    try {
      return this.toReply(await child.request(build(child), budget), budget, sent);
    } catch {
      return { kind: "dead", message: `its process ${child.ended ?? "broke"}` };
    }
  }

  call(fn: string, args: readonly Value[], budget = 1000): Promise<Reply> {
    return this.ask((child) => ({ op: "call", fn, args: child.encode(args) }), budget, args);
  }
  apply(fn: RemoteFunction, args: readonly Value[], budget = 1000): Promise<Reply> {
    return this.ask((child) => ({ op: "apply", handle: fn.id, args: child.encode(args) }), budget);
  }
  read(name: string): Promise<Reply> {
    return this.ask(() => ({ op: "read", fn: name }), 1000);
  }
  async derive(name: string, task: string): Promise<Reply> {
    const steps = await this.read(name);
    if (steps.kind !== "value") return steps;
    const request = { op: "derive", task, steps: encode(steps.value, () => 0) };
    // one after the other: the child answers one question at a time
    const answer = deriving.then(() => this.askDeriver(request));
    deriving = answer.then(() => {});
    return answer;
  }
  private async askDeriver(request: Record<string, unknown>): Promise<Reply> {
    if (deriver === undefined || deriver.ended !== undefined) deriver = new Child();
    const child = deriver;
    // the timer also keeps this process waiting: the child itself does not
    const release = later(20_000, () => child.end("did not start"));
    try {
      await child.ready;
      return this.toReply(await child.request(request, DERIVE_BUDGET), DERIVE_BUDGET);
    } catch {
      return { kind: "dead", message: `grading the steps ${child.ended ?? "broke"}` };
    } finally {
      release();
    }
  }
  close(): void {
    if (this.child === undefined) return;
    this.log += this.child.log;
    this.child.end("closed");
    this.child = undefined;
  }
}
