// The launcher: Jupyter starts `node dist/kernel/main.js CONNECTION_FILE` (see kernelspec.ts).
import fs from "node:fs";
import path from "node:path";
import util from "node:util";
import { Worker } from "node:worker_threads";
import { kernelInfo } from "./info";
import type { ToIo, ToMain } from "./link";
import { type CellEvent, createSession, type Session } from "./session";
import type { Content } from "./wire";

const connectionFile = process.argv[2];
if (connectionFile === undefined) {
  process.stderr.write("Jupyter starts this file, with the path of its connection file: npm start\n");
  process.exit(2);
}
const connection = JSON.parse(fs.readFileSync(connectionFile, "utf8"));
// The sockets open while TypeScript still loads on this thread.
const io = new Worker(path.join(__dirname, "io.js"), { workerData: { connection, info: kernelInfo() } });
const say = (message: ToIo) => io.postMessage(message);
const exit = process.exit.bind(process);

/** The cell that output belongs to: the running one, or the last one for what comes later. */
let cell = { id: 0, count: 0, silent: true };

function emit(event: CellEvent): void {
  if (cell.silent && event.type !== "error") return;
  const { type, ...rest } = event;
  let content: Content = rest;
  if ("display" in event) content = { metadata: {}, transient: {}, ...event.display };
  if (type === "execute_result") content = { ...rest, execution_count: cell.count };
  say({ kind: "publish", id: cell.id, type, content });
}

const session: Session = createSession(process.cwd(), emit);

async function execute(request: ToMain & { kind: "execute" }): Promise<Content> {
  cell = { id: request.id, count: request.count, silent: request.silent };
  const { ok, ...error } = await session.execute(request.code);
  return ok ? { status: "ok", payload: [], user_expressions: {} } : { status: "error", ...error };
}

async function answer(request: ToMain): Promise<void> {
  switch (request.kind) {
    case "interrupt":
      session.interrupt();
      return say({ kind: "interrupted", id: request.id });
    case "shutdown":
      return exit(0);
    case "execute":
      return say({ kind: "reply", id: request.id, content: await execute(request) });
    case "is_complete": {
      const { completed, indent } = session.isComplete(request.code);
      const content = completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
      return say({ kind: "reply", id: request.id, content });
    }
    case "complete": {
      const { start, end, candidates } = session.complete(request.code, request.position);
      const content = {
        cursor_start: start,
        cursor_end: end,
        matches: candidates,
        metadata: {},
        status: "ok",
      };
      return say({ kind: "reply", id: request.id, content });
    }
    case "inspect": {
      const text = session.inspect(request.code, request.position);
      const data = text === undefined ? {} : { "text/plain": text };
      const content = { status: "ok", found: text !== undefined, data, metadata: {} };
      return say({ kind: "reply", id: request.id, content });
    }
  }
}

io.on("message", (request: ToMain) => {
  answer(request).catch((error: Error) => {
    if ("id" in request && request.kind !== "interrupt")
      say({
        kind: "reply",
        id: request.id,
        content: {
          status: "error",
          ename: error.name,
          evalue: error.message,
          traceback: [String(error.stack)],
        },
      });
  });
});

// A learner's slip must not end the session.
process.exit = ((code?: number) => {
  throw new Error(
    `process.exit(${code ?? ""}) would end the kernel and its variables: it is switched off here`,
  );
}) as typeof process.exit;
process.on("SIGINT", () => session.interrupt());
process.on("uncaughtException", (error) => process.stderr.write(`Uncaught ${util.inspect(error)}\n`));
process.on("unhandledRejection", (error) =>
  process.stderr.write(`Unhandled rejection: ${util.inspect(error)}\n`),
);
