// The io thread: owns the sockets, so that a busy main thread never delays output, an interrupt or a heartbeat.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type * as ZeroMQ from "zeromq";
import { CrashMark } from "./crash";
import { oldSpace } from "./heap";
import type { Start, ToIo, ToMain } from "./link";
import { Shell } from "./shell";
import { tslabRequire } from "./tslab";
import { Watch } from "./watch";
import { type Content, decode, encode, type Message } from "./wire";
import { Work } from "./work";

const { connection, connectionFile, info, parent, heapLimit, bell, work, answers } = workerData as Start & {
  answers: MessagePort;
};
const { Reply, Router, XPublisher } = tslabRequire("zeromq") as typeof ZeroMQ;
const port = parentPort!;
const address = (n: number) =>
  connection.transport === "ipc"
    ? `ipc://${connection.ip}-${n}`
    : `${connection.transport}://${connection.ip}:${n}`;
const ask = (message: ToMain) => port.postMessage(message);

/** Sends one message after the other: zeromq refuses a second send while one is under way. */
function sender(socket: { send(frames: (Buffer | string)[]): Promise<void> }) {
  let last: Promise<unknown> = Promise.resolve();
  return (frames: (Buffer | string)[]) => {
    last = last.then(() => socket.send(frames)).catch(() => {});
    return last;
  };
}

// An XPublisher hears who subscribes.
const iopub = new XPublisher({ sendHighWaterMark: 0, linger: 1000, verbosity: "allSubs" });
const shell = new Router({ linger: 1000 });
const control = new Router({ linger: 1000 });
const stdin = new Router({ linger: 0 });
const heartbeat = new Reply({ linger: 0 });
const toIopub = sender(iopub);
const to = { shell: sender(shell), control: sender(control), stdin: sender(stdin) };

const publish = (type: string, content: object, parent?: Message) =>
  toIopub(encode(connection.key, type, content as Content, parent));
const respond = (channel: keyof typeof to) => (type: string, content: object, parent: Message) =>
  to[channel]([...parent.identities, ...encode(connection.key, type, content as Content, parent)]);
const respondControl = respond("control");

const mark = new CrashMark(connectionFile);
const watch = new Watch(oldSpace(heapLimit), new Work(work), ask, () => queue);
const queue: Shell = new Shell({ info, publish, reply: respond("shell"), ask, mark, watch });

/** Gives the main thread, which waits in prompt(), the reader's answer; null ends the waiting without one. */
let asking = false;
function answerPrompt(value: string | null): void {
  if (!asking) return;
  asking = false;
  answers.postMessage(value);
  const cells = new Int32Array(bell);
  Atomics.store(cells, 0, 1);
  Atomics.notify(cells, 0);
}

async function shutdown(parent: Message): Promise<void> {
  const content = { status: "ok", restart: parent.content.restart === true };
  mark.remove();
  await respondControl("shutdown_reply", content, parent);
  await publish("shutdown_reply", content, parent);
  await publish("status", { execution_state: "idle" }, parent);
  for (const socket of [shell, control, iopub, stdin, heartbeat]) socket.close();
  answerPrompt(null);
  watch.close();
  ask({ kind: "shutdown" });
  // The main thread may be stuck; it has had time to end by itself then.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 2000);
}

async function answerControl(message: Message): Promise<void> {
  await publish("status", { execution_state: "busy" }, message);
  const type = message.header.msg_type;
  switch (type) {
    case "interrupt_request":
      answerPrompt(null);
      watch.interrupt("interrupt");
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
  if (message.kind === "interrupted") watch.heard(message.id);
  else if (message.kind === "input") {
    const asker = queue.parent(message.id);
    if (!asker) return;
    asking = true;
    void respond("stdin")("input_request", { prompt: message.question, password: false }, asker);
  } else queue.hear(message);
});

/** A kernel whose client has gone would stay for ever: nobody knows its ports any more. */
function watchParent(): void {
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

/** Tells each new subscriber that from now on it hears everything (the first frame is the topic). */
async function welcome(): Promise<void> {
  for await (const [frame] of iopub) {
    if (frame?.[0] !== 1) continue;
    const subscription = frame.subarray(1).toString();
    void toIopub([subscription, ...encode(connection.key, "iopub_welcome", { subscription }, undefined)]);
  }
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
  void welcome();
  void listen(shell, (message) => queue.add(message));
  void listen(control, (message) => void answerControl(message));
  void listen(stdin, ({ content }) => answerPrompt(String(content.value ?? "")));
  watchParent();
  for await (const beat of heartbeat) await heartbeat.send(beat);
}

start().catch((error) => {
  process.stderr.write(`kernel: ${error instanceof Error ? error.message : error}\n`);
  process.kill(process.pid, "SIGKILL");
});
