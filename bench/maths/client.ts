// The other end of worker.ts and worker.py.
import { type ChildProcess, spawn } from "node:child_process";
import readline from "node:readline";
import type { Peer } from "./peers";
import type { Work } from "./work";
import type { Prepared } from "./worker";

export class Client {
  private waiting: ((line: string | undefined) => void) | undefined;
  private readonly child: ChildProcess;
  private errors = "";
  version = "";

  private constructor(readonly peer: Peer) {
    this.child = spawn(peer.command, peer.args, { env: { ...process.env, ...peer.env }, stdio: "pipe" });
    const next = (line: string | undefined) => {
      const { waiting } = this;
      this.waiting = undefined;
      waiting?.(line);
    };
    // Some packages greet on standard output: only JSON is ours.
    readline.createInterface({ input: this.child.stdout! }).on("line", (line) => {
      if (/^[[{]/.test(line)) next(line);
    });
    this.child.stderr!.on("data", (chunk) => (this.errors += chunk));
    this.child.on("error", (error) => (this.errors += error.message));
    this.child.on("close", () => next(undefined));
    this.child.stdin!.on("error", () => {});
  }

  static async start(peer: Peer): Promise<Client> {
    const client = new Client(peer);
    const { version } = (await client.answer()) as { version: string };
    client.version = version;
    return client;
  }

  private async answer(): Promise<unknown> {
    if (this.child.exitCode !== null) throw new Error(this.lastWords());
    const line = await new Promise<string | undefined>((resolve) => (this.waiting = resolve));
    if (line === undefined) throw new Error(this.lastWords());
    // Python writes NaN and Infinity, which are not JSON.
    const value = JSON.parse(line.replace(/-?\b(NaN|Infinity)\b/g, "null"));
    if (value.error) throw new Error(value.error);
    return value;
  }

  private lastWords(): string {
    const lines = this.errors.trim().split("\n");
    return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? "ended";
  }

  private ask(request: object): Promise<unknown> {
    const answer = this.answer();
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    return answer;
  }

  prepare = (work: Work, folder: string) => this.ask({ prepare: work, folder }) as Promise<Prepared>;

  time = (samples: number, inner: number, warm: boolean) =>
    this.ask({ samples, inner, warm }) as Promise<number[]>;

  stop(): void {
    this.child.stdin!.end();
    this.child.kill();
  }
}
