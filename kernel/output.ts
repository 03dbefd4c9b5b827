// What a cell prints goes through console, process.stdout and process.stderr: this file takes it from there.
import { Console } from "node:console";
import { Writable } from "node:stream";
import { setTimeout } from "node:timers";

type Write = typeof process.stdout.write;
export type StreamName = "stdout" | "stderr";

/** Whose output it is, and how much there has been. */
export interface Account {
  lines: number;
  bytes: number;
  lostLines: number;
  lostBytes: number;
}

export const newAccount = (): Account => ({ lines: 0, bytes: 0, lostLines: 0, lostBytes: 0 });

const setting = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise) || otherwise;
/** More would make the front end unusable and the notebook unreadable. */
const limits = {
  lines: setting("KERNEL_OUTPUT_LINES", 1_000_000),
  bytes: setting("KERNEL_OUTPUT_MB", 128) * 2 ** 20,
};
const amount = (lines: number, bytes: number) =>
  `${lines.toLocaleString("en")} lines, ${(bytes / 2 ** 20).toFixed(1)} MB`;

/**
 * Collects printed text and passes it on in large pieces: one message per line would flood the front end (and stock
 * tslab loses such a flood).
 */
export class Printer<Owner extends Account> {
  private text = "";
  private name: StreamName = "stdout";
  private owner: Owner | undefined;
  private sent = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly stdout = process.stdout.write;
  private readonly stderr = process.stderr.write;
  private readonly console = globalThis.console;

  /** @param owners - tells to whom belongs what is printed at this moment */
  constructor(
    private readonly owners: () => Owner,
    private readonly deliver: (name: StreamName, text: string, owner: Owner) => void,
    private readonly clear: (owner: Owner) => void,
  ) {}

  attach(): void {
    // A console of our own: the process may have replaced its console by one that does not use stdout (as vitest does).
    globalThis.console = new Console({ stdout: this.stream("stdout"), stderr: this.stream("stderr") });
    globalThis.console.clear = () => {
      this.flush();
      this.clear(this.owners());
    };
    process.stdout.write = this.writer("stdout");
    process.stderr.write = this.writer("stderr");
  }

  detach(): void {
    this.flush();
    process.stdout.write = this.stdout;
    process.stderr.write = this.stderr;
    globalThis.console = this.console;
  }

  print(name: StreamName, text: string): void {
    const owner = this.owners();
    if (this.name !== name || this.owner !== owner) this.flush();
    const kept = this.count(owner, text);
    if (kept === "") return;
    this.name = name;
    this.owner = owner;
    this.text += kept;
    // A loop that prints never returns to the event loop, so time is looked at here; the first line goes out at once.
    if (this.text.length > 1 << 16 || Date.now() - this.sent > 50) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), 20);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.text === "" || !this.owner) return;
    const text = this.text;
    this.text = "";
    this.sent = Date.now();
    this.deliver(this.name, text, this.owner);
  }

  /** Ends a cell: says what was left out. */
  finish(owner: Owner): void {
    this.flush();
    if (owner.lostBytes === 0) return;
    const lost = amount(owner.lostLines, owner.lostBytes);
    const shown = amount(owner.lines, owner.bytes);
    this.deliver("stderr", `\n[output cut: ${shown} are shown, ${lost} more are not]\n`, owner);
    owner.lostBytes = owner.lostLines = 0;
  }

  /** @returns the text, or nothing once the owner's limit is reached */
  private count(owner: Owner, text: string): string {
    let lines = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
    if (owner.lines + lines <= limits.lines && owner.bytes + text.length <= limits.bytes) {
      owner.lines += lines;
      owner.bytes += text.length;
      return text;
    }
    owner.lostLines += lines;
    owner.lostBytes += text.length;
    return "";
  }

  private stream(name: StreamName): NodeJS.WritableStream {
    const stream = new Writable();
    stream.write = this.writer(name);
    return stream;
  }

  private writer(name: StreamName): Write {
    const write = (chunk: Uint8Array | string, second?: unknown, third?: unknown) => {
      this.print(name, typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
      const done = typeof second === "function" ? second : third;
      if (typeof done === "function") process.nextTick(done as () => void);
      return true;
    };
    return write as Write;
  }
}
