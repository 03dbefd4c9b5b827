// The io thread: owns the sockets, so that a busy main thread never delays output, an interrupt or a heartbeat.
import { Session as Inspector } from "node:inspector";
import { parentPort, workerData } from "node:worker_threads";
import type * as ZeroMQ from "zeromq";
import type { ToIo, ToMain } from "./link";
import { Shell } from "./shell";
import { tslabRequire } from "./tslab";
import { type Connection, decode, encode, type Message } from "./wire";

const { connection, info } = workerData as { connection: Connection; info: object };
const { Publisher, Reply, Router } = tslabRequire("zeromq") as typeof ZeroMQ;
const port = parentPort!;
const address = (n: number) => `${connection.transport}://${connection.ip}:${n}`;
const ask = (message: ToMain) => port.postMessage(message);

/** Sends one message after the other: zeromq refuses a second send while one is under way. */
function sender(socket: { send(frames: (Buffer | string)[]): Promise<void> }) {
  let last: Promise<unknown> = Promise.resolve();
  return (frames: (Buffer | string)[]) => {
    last = last.then(() => socket.send(frames)).catch(() => {});
    return last;
  };
}

const iopub = new Publisher({ sendHighWaterMark: 0, linger: 500 });
const shell = new Router({ linger: 500 });
const control = new Router({ linger: 500 });
const stdin = new Router({ linger: 0 });
const heartbeat = new Reply({ linger: 0 });
const toIopub = sender(iopub);
const toShell = sender(shell);
const toControl = sender(control);

const publish = (type: string, content: object, parent?: Message) =>
  toIopub(encode(connection.key, type, content as Record<string, unknown>, parent));
const respond = (send: typeof toShell) => (type: string, content: object, parent: Message) =>
  send([...parent.identities, ...encode(connection.key, type, content as Record<string, unknown>, parent)]);
const respondControl = respond(toControl);

const queue = new Shell({ info, publish, reply: respond(toShell), ask });

// A loop that does not return to the event loop answers no message: it is ended through the debugger's interface.
const inspector = new Inspector();
inspector.connectToMainThread();
const patience = 150;
let interrupts = 0;
const waiting = new Map<number, NodeJS.Timeout>();

function interrupt(): void {
  const id = ++interrupts;
  waiting.set(
    id,
    setTimeout(() => inspector.post("Runtime.terminateExecution"), patience),
  );
  ask({ kind: "interrupt", id });
}

async function shutdown(parent: Message): Promise<void> {
  await respondControl("shutdown_reply", { status: "ok", restart: parent.content.restart === true }, parent);
  await publish("shutdown_reply", { status: "ok", restart: parent.content.restart === true }, parent);
  await publish("status", { execution_state: "idle" }, parent);
  ask({ kind: "shutdown" });
  // The main thread may be stuck; it has had time to end by itself then.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 1000);
}

async function answerControl(message: Message): Promise<void> {
  await publish("status", { execution_state: "busy" }, message);
  switch (message.header.msg_type) {
    case "interrupt_request":
      interrupt();
      await respondControl("interrupt_reply", { status: "ok" }, message);
      break;
    case "shutdown_request":
      return shutdown(message);
    case "kernel_info_request":
      await respondControl("kernel_info_reply", info, message);
      break;
    case "debug_request": {
      const { seq, command } = message.content;
      const refusal = { seq: 0, type: "response", request_seq: seq, success: false, command };
      await respondControl("debug_reply", { ...refusal, message: "This kernel has no debugger." }, message);
      break;
    }
    default: {
      const type = message.header.msg_type;
      const problem = { status: "error", ename: "NotSupported", evalue: type, traceback: [] };
      await respondControl(type.replace("_request", "_reply"), problem, message);
    }
  }
  await publish("status", { execution_state: "idle" }, message);
}

async function listen(socket: AsyncIterable<Buffer[]>, take: (message: Message) => void): Promise<void> {
  for await (const frames of socket) {
    const message = decode(frames, connection.key);
    if (message) take(message);
  }
}

port.on("message", (message: ToIo) => {
  if (message.kind === "interrupted") {
    clearTimeout(waiting.get(message.id));
    waiting.delete(message.id);
  } else queue.hear(message);
});

/** A kernel whose client has gone would stay for ever: nobody knows its ports any more. */
function watchParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    let alive = process.ppid === parent;
    try {
      process.kill(parent, 0);
    } catch {
      alive = false;
    }
    if (!alive) process.kill(process.pid, "SIGKILL");
  }, 1000);
}

async function start(): Promise<void> {
  await iopub.bind(address(connection.iopub_port));
  await Promise.all([
    shell.bind(address(connection.shell_port)),
    control.bind(address(connection.control_port)),
    stdin.bind(address(connection.stdin_port)),
    heartbeat.bind(address(connection.hb_port)),
  ]);
  void publish("status", { execution_state: "starting" });
  void listen(shell, (message) => queue.add(message));
  void listen(control, (message) => void answerControl(message));
  watchParent();
  for await (const beat of heartbeat) await heartbeat.send(beat);
}

start().catch((error) => {
  process.stderr.write(`kernel: ${error instanceof Error ? error.message : error}\n`);
  process.kill(process.pid, "SIGKILL");
});
