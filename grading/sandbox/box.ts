/** One answer in its box: what the grader asks, and what becomes of every way in which the answer may end. */
import { encode } from "../codec";
import { hearDraws } from "../inside";
import { blockedMessage } from "../runner/direct";
import type { Probe, RemoteFunction, Reply, Value } from "../specification";
import { clean, compileAnswer, errorReply } from "./answer";
import { HostFunctions } from "./functions";
import { givenText } from "./given";
import { type Compiled, gradeStepsApart } from "./helpers";
import type { BoxStatus, Budgets, OpenBox, OpenOptions } from "./options";
import { Ended, type Limits, type Outcome, outcomeOf, type Peer } from "./peer";
import type { Place } from "./places";
import { InfrastructureError, type Tier } from "./tiers";
import { decodeStrictly, type Message, Violation } from "./wire";

/** milliseconds for a call whose check says nothing else */
const USUAL = 1000;
const MAX_RESTARTS = 3;
const MAX_LOG = 64 * 1024;

export interface BoxParts extends Place {
  readonly source: string;
  readonly options: OpenOptions;
  readonly budgets: Budgets;
}

export class SandboxBox implements OpenBox {
  readonly tier: Tier;
  readonly means: string;
  log = "";
  status: BoxStatus = { kind: "ok", reason: "", restarts: 0 };
  private readonly compiled: Promise<Compiled | Reply>;
  private readonly functions = new HostFunctions();
  private lines: readonly number[] = [];
  private peer: Peer | undefined;
  /** what every further question is answered with */
  private failure: Reply | undefined;
  private loads = 0;
  private closed = false;
  /** milliseconds by the clock, and of processor time before and since the present child */
  private wall = 0;
  private cpuBefore = 0;
  private cpuBase = 0;
  private allowed: number;

  constructor(private readonly parts: BoxParts) {
    this.tier = parts.options.tier;
    this.means = parts.means;
    this.allowed = parts.budgets.submission;
    this.compiled = compileAnswer(parts.source, parts.options);
    this.compiled.catch(() => {});
  }

  call(fn: string, args: readonly Value[], budget = USUAL): Promise<Reply> {
    return this.ask(() => ({ op: "call", fn, args: this.functions.encode(args) }), budget, args);
  }

  async *callAll(
    calls: readonly Pick<Probe, "fn" | "args">[],
    budget = USUAL,
  ): AsyncGenerator<Reply, void, undefined> {
    let next = 0;
    if (
      !this.closed &&
      calls.length > 1 &&
      !calls.some(({ args }) => args.some((a) => typeof a === "function"))
    ) {
      const peer = await this.orInfra(() => this.loaded());
      if (!("kind" in peer)) {
        const limits = this.limits(budget);
        const replies: Promise<Outcome>[] = [];
        peer.together(() => {
          for (const { fn, args } of calls)
            replies.push(outcomeOf(peer.ask({ op: "call", fn, args: this.functions.encode(args) }, limits)));
        });
        try {
          // until the box is another one, or gone: what it was not asked is asked one by one
          for (let gone = false; next < calls.length && !gone && this.peer === peer; next++) {
            if (this.usedUp()) {
              this.retire("timeout");
              break;
            }
            if (budget > USUAL) this.allowed += budget;
            const outcome = replies[next]!;
            yield await this.orInfra(() => this.guarded(outcome, peer, limits.budget, "its process"));
            gone = "ended" in (await outcome);
          }
        } finally {
          await Promise.all(replies);
        }
      }
    }
    for (; next < calls.length; next++) yield await this.call(calls[next]!.fn, calls[next]!.args, budget);
  }
  apply(fn: RemoteFunction, args: readonly Value[], budget = USUAL): Promise<Reply> {
    return this.ask(() => ({ op: "apply", handle: fn.id, args: this.functions.encode(args) }), budget);
  }
  read(name: string): Promise<Reply> {
    return this.ask(() => ({ op: "read", fn: name }), USUAL);
  }

  async derive(name: string, task: string): Promise<Reply> {
    const steps = await this.read(name);
    if (steps.kind !== "value") return steps;
    const outcome = await this.orInfra(() =>
      gradeStepsApart(
        encode(steps.value, () => 0),
        task,
      ),
    );
    if (outcome instanceof Ended) return this.fromEnd(outcome, "grading the steps");
    return this.toReply(outcome);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.peer !== undefined) this.parts.lane.giveBack(this.peer);
    this.peer = undefined;
    this.parts.release();
  }

  /** the machine's failures leave as errors and stay in the status */
  private async orInfra<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const isStart = error instanceof Ended && (error.why === "start" || error.why === "outside");
      if (!isStart && !(error instanceof InfrastructureError)) throw error;
      const reason = `the box ${error.message}`;
      this.status = { ...this.status, kind: "infra", reason };
      throw isStart ? new InfrastructureError(reason) : error;
    }
  }

  private async ask(question: () => Message, budget: number, args?: readonly Value[]): Promise<Reply> {
    if (this.closed) throw new RangeError("ask: the box must be open, got a closed one");
    return this.orInfra(async () => {
      if (this.failure !== undefined) return this.failure;
      if (this.usedUp()) return { kind: "timeout", message: this.wasted() };
      const peer = await this.loaded();
      if ("kind" in peer) return peer;
      // a check that states a longer budget than usual brings it along
      if (budget > USUAL) this.allowed += budget;
      const limits = this.limits(budget);
      const outcome = outcomeOf(peer.ask(question(), limits));
      return this.guarded(outcome, peer, limits.budget, "its process", args);
    });
  }

  private limits(budget: number): Limits {
    // the doctor's own tests take the clock away to see that it notices
    const patience = this.parts.options.without?.includes("time") ? 1000 * budget : budget;
    return { budget: patience, callbacks: this.parts.budgets.callbacks };
  }

  private async guarded(
    outcome: Promise<Outcome>,
    peer: Peer,
    budget: number,
    who: string,
    sent: readonly Value[] = [],
  ): Promise<Reply> {
    const begun = performance.now();
    try {
      const known = await outcome;
      if ("message" in known) return this.toReply(known.message, budget, sent);
      if (!(known.ended instanceof Ended)) throw known.ended;
      return this.fromEnd(known.ended, who);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      peer.end("violation", error.message);
      return this.fromEnd(peer.ended ?? new Ended("violation", error.message), who);
    } finally {
      this.wall += performance.now() - begun;
    }
  }

  /** a child in which the answer is loaded, or the reply that says why there is none */
  private async loaded(): Promise<Peer | Reply> {
    const compiled = await this.compiled;
    if ("kind" in compiled) this.failure ??= compiled;
    if (this.failure !== undefined) return this.failure;
    if (this.peer !== undefined && this.peer.ended === undefined) return this.peer;
    if (this.loads++ > MAX_RESTARTS)
      return { kind: "dead", message: "it was stopped several times: this check was not tried" };
    if (this.loads > 1) this.status = { ...this.status, restarts: this.loads - 1 };
    const peer = await this.parts.lane.take();
    this.peer = peer;
    peer.callBack = (handle, args) =>
      this.functions.run(handle, args, (violation) => peer.end("violation", violation));
    this.cpuBase = peer.processorTime() ?? 0;
    return (await this.load(peer, compiled as Compiled)) ?? peer;
  }

  private async load(peer: Peer, { code, lines }: Compiled): Promise<Reply | undefined> {
    const { options, budgets } = this.parts;
    this.lines = lines;
    const { name } = options;
    const library = givenText(options.given);
    const question = {
      op: "load",
      name,
      code,
      ...(library === undefined ? {} : { library }),
      ...(options.powers === true ? { powers: true } : {}),
    };
    const limits = { budget: budgets.load, callbacks: 0 };
    const outcome = outcomeOf(peer.ask(question, limits));
    const reply = await this.guarded(outcome, peer, limits.budget, `the process of ${name}`);
    if (reply.kind === "value") return undefined;
    this.failure =
      reply.kind === "error"
        ? { kind: "load", message: `${name} does not load: ${reply.name}: ${reply.message}` }
        : reply.kind === "timeout"
          ? { ...reply, message: `loading ${name} ${reply.message}` }
          : reply;
    return this.failure;
  }

  private toReply(message: Message, budget = 0, sent: readonly Value[] = []): Reply {
    if (typeof message.log === "string" && this.log.length < MAX_LOG)
      this.log += clean(message.log, MAX_LOG - this.log.length);
    if (typeof message.blocked === "string")
      return { kind: "blocked", message: blockedMessage(clean(message.blocked, 60)) };
    if (message.stopped === "timeout") {
      this.retire("timeout");
      return { kind: "timeout", message: `was stopped: no answer within ${budget / 1000} s` };
    }
    if (message.stopped === "memory") {
      this.retire("memory");
      return { kind: "memory", message: "its process used up its memory" };
    }
    // said by the child itself, before any of the answer ran
    if (typeof message.fault === "string" && this.means === "quickjs")
      throw new InfrastructureError(message.fault);
    if (message.error !== undefined) return errorReply(message.error, this.parts.options.name, this.lines);
    if (!Object.hasOwn(message, "value")) throw new Violation("a reply without a value");
    const args = message.args ?? [];
    if (!Array.isArray(args)) throw new Violation("a reply without arguments");
    let after = args.map(decodeStrictly);
    try {
      after = hearDraws(sent, after);
    } catch (error) {
      throw new Violation((error as Error).message);
    }
    return {
      kind: "value",
      value: decodeStrictly(message.value),
      args: after,
      promised: message.promised === true,
    };
  }

  /** the child is not used again, and the next question begins a new one */
  private retire(why: "timeout" | "memory"): void {
    this.cpuBefore += (this.peer?.processorTime() ?? 0) - this.cpuBase;
    this.cpuBase = 0;
    this.peer?.end(why, "was stopped");
    this.peer = undefined;
  }

  private fromEnd(ended: Ended, who: string): Reply {
    const { why, message } = ended;
    if (why === "start" || why === "outside" || why === "closed") throw new InfrastructureError(message);
    if (why === "timeout") return { kind: "timeout", message };
    if (why === "memory") return { kind: "memory", message: `${who} ${message}` };
    if (why === "violation") {
      this.status = { ...this.status, kind: "violation", reason: clean(message, 300) };
      this.failure = { kind: "dead", message: "its box was closed: it tried to speak to the grader itself" };
      return this.failure;
    }
    return { kind: "dead", message: `${who} ${message}` };
  }

  private wasted = () => `was not tried: the answer has used its ${this.allowed / 1000} s`;
  /** more than a submission's share: by the clock first, then by the processor's time, which others cannot use up */
  private usedUp(): boolean {
    if (this.wall < this.allowed) return false;
    const gone = this.peer === undefined || this.peer.ended !== undefined;
    const cpu = gone ? this.cpuBase : this.peer?.processorTime();
    if (cpu === undefined) return this.wall > 3 * this.allowed;
    return this.cpuBefore + cpu - this.cpuBase > this.allowed;
  }
}
