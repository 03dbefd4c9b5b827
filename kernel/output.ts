// What a cell prints goes through console, process.stdout and process.stderr: this file takes it from there.
import { Console } from "node:console";
import { Writable } from "node:stream";

type Write = typeof process.stdout.write;
export type StreamName = "stdout" | "stderr";

/**
 * Collects printed text and passes it on in large pieces: one message per line would flood the front end (and stock
 * tslab loses such a flood).
 */
export class Printer {
  private text = "";
  private name: StreamName = "stdout";
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly stdout = process.stdout.write;
  private readonly stderr = process.stderr.write;
  private readonly console = globalThis.console;

  constructor(private readonly deliver: (name: StreamName, text: string) => void) {}

  attach(): void {
    // A console of our own: the process may have replaced its console by one that does not use stdout (as vitest does).
    globalThis.console = new Console({ stdout: this.stream("stdout"), stderr: this.stream("stderr") });
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
    if (this.name !== name) this.flush();
    if (this.text === "") this.since = Date.now();
    this.name = name;
    this.text += text;
    // A loop that prints for long never returns to the event loop, so time is looked at here, too.
    if (this.text.length > 1 << 16 || Date.now() - this.since > 50) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), 20);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.text === "") return;
    const text = this.text;
    this.text = "";
    this.deliver(this.name, text);
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
