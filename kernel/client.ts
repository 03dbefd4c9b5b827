// A small Jupyter client: the kernel is tested and measured over its real sockets, without Python.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import type * as ZeroMQ from "zeromq";
import { command } from "./kernelspec";
import { root } from "./root";
import { tslabRequire } from "./tslab";
import { type Connection, decode, encode, type Message } from "./wire";

const { Dealer, Subscriber } = tslabRequire("zeromq") as typeof ZeroMQ;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.listen(0, "127.0.0.1", () => resolve((server.address() as net.AddressInfo).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the type of the message
  reply: any;
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the type of the message
  outputs: { type: string; content: any }[];
  /** Everything printed to a stream, joined. */
  text(name?: "stdout" | "stderr"): string;
}

export interface StartOptions {
  cwd?: string;
  command?: (connectionFile: string) => string[];
  env?: Record<string, string>;
  /** Options of Node. */
  node?: string[];
  program?: string;
}

type Channel = "shell" | "control" | "stdin";

export class Client {
  /** From the start of the process to its first answer. */
  startSeconds = 0;
  private readonly listeners = new Set<(channel: string, message: Message & { parent: string }) => void>();

  private constructor(
    readonly process: ChildProcess,
    readonly connectionFile: string,
    private readonly connection: Connection,
    private readonly sockets: Record<Channel, ZeroMQ.Dealer>,
    private readonly iopub: ZeroMQ.Subscriber,
    private readonly options: StartOptions,
  ) {
    for (const channel of ["shell", "control", "stdin"] as const) void this.listen(channel, sockets[channel]);
    void this.listen("iopub", iopub);
  }

  static async start(options: StartOptions = {}): Promise<Client> {
    const ports = await freePorts(5);
    const [shell_port, control_port, iopub_port, stdin_port, hb_port] = ports as [
      number,
      number,
      number,
      number,
      number,
    ];
    const numbers = { shell_port, control_port, iopub_port, stdin_port, hb_port };
    const connection = { transport: "tcp", ip: "127.0.0.1", key: randomUUID(), ...numbers };
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kernel-"));
    const file = path.join(folder, "connection.json");
    fs.writeFileSync(file, JSON.stringify({ ...connection, signature_scheme: "hmac-sha256" }));
    return Client.launch(file, connection, options);
  }

  private static async launch(file: string, connection: Connection, options: StartOptions): Promise<Client> {
    const [program, ...rest] = options.command?.(file) ?? command(root, file);
    const started = performance.now();
    const child = spawn(options.program ?? program!, [...(options.node ?? []), ...rest], {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const identity = randomUUID();
    const connect = (port: number) => {
      // It connects before the kernel listens: the default pause between attempts would be measured, too.
      const socket = new Dealer({ routingId: identity, linger: 0, reconnectInterval: 5 });
      socket.connect(`tcp://127.0.0.1:${port}`);
      return socket;
    };
    const { iopub_port, shell_port, control_port, stdin_port } = connection;
    const iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0, reconnectInterval: 5 });
    iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
    iopub.subscribe();
    const sockets = {
      shell: connect(shell_port),
      control: connect(control_port),
      stdin: connect(stdin_port),
    };
    const client = new Client(child, file, connection, sockets, iopub, options);
    // iopub delivers only what is published after the subscription has arrived.
    await client.request("kernel_info_request", {}, { idleWithin: 1 });
    client.startSeconds = (performance.now() - started) / 1000;
    for (let published = false; !published; )
      published = (await client.request("kernel_info_request", {}, { idleWithin: 200 })).outputs.length > 0;
    return client;
  }

  private async listen(channel: string, socket: AsyncIterable<Buffer[]>): Promise<void> {
    try {
      for await (const frames of socket) {
        const at = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
        const message = decode(frames, this.connection.key);
        if (!message) throw new Error("badly signed message");
        const parent = JSON.parse(String(frames[at + 3])).msg_id ?? "";
        for (const listener of this.listeners) listener(channel, { ...message, parent });
      }
    } catch (error) {
      if (!String(error).includes("closed")) throw error;
    }
  }

  on(listener: (channel: string, message: Message & { parent: string }) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async send(channel: Channel, type: string, content: object): Promise<string> {
    const frames = encode(this.connection.key, type, content as Record<string, unknown>, undefined);
    await this.sockets[channel].send(frames);
    return JSON.parse(String(frames[2])).msg_id;
  }

  /** Sends a request that somebody without the key could have made. */
  async sendForged(type: string, content: object): Promise<void> {
    await this.sockets.shell.send(encode("another key", type, content as Record<string, unknown>, undefined));
  }

  /** Sends a request and waits for its reply and for the idle status that ends its outputs. */
  request(
    type: string,
    content: object,
    options: {
      channel?: Channel;
      idleWithin?: number;
      onOutput?: (type: string, content: never) => void;
    } = {},
  ): Promise<Answer> {
    const outputs: Answer["outputs"] = [];
    const all: Answer["outputs"] = [];
    return new Promise((resolve) => {
      let id: string | undefined;
      let reply: unknown;
      let idle = false;
      const early: [string, Message & { parent: string }][] = [];
      const finish = () => {
        stop();
        const text = (name?: string) =>
          outputs
            .filter(({ type, content }) => type === "stream" && (!name || content.name === name))
            .map(({ content }) => content.text)
            .join("");
        resolve({ reply, outputs: options.idleWithin ? all : outputs, text });
      };
      const take = (channel: string, message: Message & { parent: string }) => {
        if (id === undefined) return void early.push([channel, message]);
        if (message.parent !== id) return;
        const { header, content } = message;
        if (channel === "iopub") {
          all.push({ type: header.msg_type, content });
          if (header.msg_type === "status") idle ||= content.execution_state === "idle";
          else outputs.push({ type: header.msg_type, content });
          if (header.msg_type !== "status") options.onOutput?.(header.msg_type, content as never);
        } else if (channel !== "stdin") reply = content;
        if (reply !== undefined && idle) finish();
        else if (reply !== undefined && options.idleWithin) setTimeout(finish, options.idleWithin);
      };
      const stop = this.on(take);
      void this.send(options.channel ?? "shell", type, content).then((sent) => {
        id = sent;
        for (const [channel, message] of early) take(channel, message);
      });
    });
  }

  execute(code: string, more: object = {}): Promise<Answer> {
    return this.request("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...more,
    });
  }

  /** Starts a kernel with the same connection file, as Jupyter does when one has died. */
  restart(): Promise<Client> {
    this.disconnect();
    return Client.launch(this.connectionFile, this.connection, this.options);
  }

  /** A connection file that no kernel has used. */
  unusedConnection(): string {
    const file = path.join(path.dirname(this.connectionFile), "unused.json");
    const zero = { shell_port: 0, control_port: 0, iopub_port: 0, stdin_port: 0, hb_port: 0 };
    fs.writeFileSync(file, JSON.stringify({ ...this.connection, ...zero }));
    return file;
  }

  private disconnect(): void {
    for (const socket of Object.values(this.sockets)) socket.close();
    this.iopub.close();
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill("SIGKILL");
      await ended;
    }
    this.disconnect();
    fs.rmSync(path.dirname(this.connectionFile), { recursive: true, force: true });
  }
}
