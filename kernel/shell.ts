import type { CrashMark } from "./crash";
import { History } from "./history";
import type { ToIo, ToMain } from "./link";
import type { Watch } from "./watch";
import type { Content, Message } from "./wire";

export interface Wiring {
  info: object;
  publish(type: string, content: object, parent?: Message): Promise<unknown>;
  reply(type: string, content: object, parent: Message): Promise<unknown>;
  ask(message: ToMain): void;
  mark: CrashMark;
  watch: Watch;
}

/** The requests of the shell channel, answered one after the other, in the order of their arrival. */
export class Shell {
  private readonly queue: { message: Message; aborted: boolean }[] = [];
  private readonly history = new History();
  private readonly parents = new Map<number, Message>();
  private readonly pending = new Map<number, (content: Content) => void>();
  private busy = false;
  private count = 0;
  private id = 0;
  /** What the main thread has not yet answered. */
  private asked: ToMain | undefined;
  private crash: string | undefined;

  constructor(private readonly wiring: Wiring) {
    this.crash = wiring.mark.take();
  }

  add(message: Message): void {
    this.queue.push({ message, aborted: false });
    if (!this.busy) void this.drain();
  }

  /** The request that a number stands for in what the main thread says. */
  parent(id: number): Message | undefined {
    return this.parents.get(id);
  }

  /** The request that the main thread answers, 0 if there is none. */
  get current(): number {
    return this.asked && "id" in this.asked ? this.asked.id : 0;
  }

  /** Asks once more, in case that the main thread has not heard; it takes each request only once. */
  repeat(): void {
    if (this.asked) this.wiring.ask(this.asked);
  }

  /** What the main thread says. */
  hear(message: ToIo): void {
    if (message.kind === "publish") {
      void this.wiring.publish(message.type, message.content, this.parents.get(message.id));
    } else if (message.kind === "reply") {
      this.pending.get(message.id)?.(message.content);
      this.pending.delete(message.id);
      this.asked = undefined;
    }
  }

  /** What is published goes out in order without waiting for it: an interrupt must always find the cell that is next. */
  private async drain(): Promise<void> {
    this.busy = true;
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      const { message, aborted } = next;
      void this.wiring.publish("status", { execution_state: "busy" }, message);
      const content = aborted ? { status: "aborted" } : await this.answer(message);
      const type = message.header.msg_type.replace("_request", "_reply");
      if (content) void this.wiring.reply(type, content, message);
      void this.wiring.publish("status", { execution_state: "idle" }, message);
    }
    this.busy = false;
  }

  private ask(make: (id: number) => ToMain, parent: Message): Promise<Content> {
    const id = ++this.id;
    this.parents.set(id, parent);
    return new Promise((resolve) => {
      this.pending.set(id, resolve);
      this.asked = make(id);
      this.wiring.ask(this.asked);
    });
  }

  /** @returns undefined for a message that has no reply */
  private async answer(message: Message): Promise<object | undefined> {
    const { content, header } = message;
    const code = String(content.code ?? "");
    const position = Number(content.cursor_pos ?? [...code].length);
    switch (header.msg_type) {
      case "execute_request":
        return this.execute(message);
      case "kernel_info_request":
        return this.wiring.info;
      case "complete_request":
        return this.ask((id) => ({ kind: "complete", id, code, position }), message);
      case "inspect_request":
        return this.ask((id) => ({ kind: "inspect", id, code, position }), message);
      case "is_complete_request":
        return this.ask((id) => ({ kind: "is_complete", id, code }), message);
      case "history_request":
        return { status: "ok", ...this.history.answer(content) };
      case "comm_info_request":
        return { status: "ok", comms: {} };
      case "comm_open":
        // No widget has a counterpart here: closing at once is how the protocol says so.
        await this.wiring.publish("comm_close", { comm_id: content.comm_id, data: {} }, message);
        return undefined;
      case "comm_msg":
      case "comm_close":
        return undefined;
      default:
        return { status: "error", ename: "NotSupported", evalue: header.msg_type, traceback: [] };
    }
  }

  private async execute(message: Message): Promise<Content> {
    const { content } = message;
    const { mark, publish, watch } = this.wiring;
    const code = String(content.code ?? "");
    const silent = content.silent === true;
    const store = content.store_history !== false && !silent;
    if (store) this.history.add(++this.count, code);
    const count = this.count;
    if (!silent) void publish("execute_input", { code, execution_count: count }, message);
    if (this.crash && !silent) {
      void publish("stream", { name: "stderr", text: this.crash }, message);
      this.crash = undefined;
    }
    const expressions = (content.user_expressions ?? {}) as Record<string, string>;
    const allowStdin = content.allow_stdin === true;
    mark.set(count, code);
    watch.begin();
    const result = await this.ask(
      (id) => ({ kind: "execute", id, count, code, silent, expressions, allowStdin }),
      message,
    );
    watch.end();
    mark.remove();
    // Only what was waiting when the error came is dropped; a cell that arrives later is a new decision. Who interrupts
    // a cell that ends by itself in this moment does not want the next ones either.
    const failed = result.status === "error" && content.stop_on_error !== false;
    if (failed || watch.interrupting)
      for (const entry of this.queue)
        if (entry.message.header.msg_type === "execute_request") entry.aborted = true;
    return { ...result, execution_count: count };
  }
}
