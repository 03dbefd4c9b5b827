import type { MessagePort, Worker } from "node:worker_threads";
import { execute, explain } from "./answers";
import { saveCode } from "./code-cache";
import type { ToIo, ToMain } from "./link";
import { type CellEvent, Session } from "./session";
import { installPrompt } from "./stdin";
import type { Content } from "./wire";

interface Cell {
  id: number;
  count: number;
  silent: boolean;
  allowStdin: boolean;
}

/** Opens the session. @returns what takes the io thread's requests */
export function serve(wiring: {
  io: Worker;
  answers: MessagePort;
  bell: Int32Array;
  exit: () => void;
}): (request: ToMain) => void {
  const say = (message: ToIo) => wiring.io.postMessage(message);
  let cell: Cell | undefined;
  const show = (event: CellEvent, { id, count, silent }: Cell) => {
    if (silent) return;
    const { type, ...rest } = event;
    let content: Content = rest;
    if ("display" in event) content = { metadata: {}, transient: {}, ...event.display };
    if (type === "execute_result") content = { ...rest, execution_count: count };
    say({ kind: "publish", id, type, content });
  };
  const compiling = (yes: boolean) => void Atomics.store(wiring.bell, 1, yes ? 1 : 0);
  const session = new Session<Cell>(process.cwd(), show, compiling);
  installPrompt(wiring.answers, wiring.bell, (question) => {
    if (!cell?.allowStdin) return false;
    session.flush();
    say({ kind: "input", id: cell.id, question });
    return true;
  });
  process.on("SIGINT", () => session.interrupt());
  session.warmUp(["cross-entropy"]);

  let busy = 0;
  let active = Date.now();
  // The plots' types are larger than all else: they are read when nothing else is to do.
  const rest = setInterval(() => {
    if (busy > 0 || Date.now() - active < 700) return;
    clearInterval(rest);
    session.warmUp(["cross-entropy", "cross-entropy/lesson", "tslab"]);
    // By now, the compiler's own code is warm.
    setTimeout(saveCode, 3000).unref();
  }, 250);
  rest.unref();

  async function answer(request: ToMain): Promise<void> {
    switch (request.kind) {
      case "shutdown":
        return wiring.exit();
      case "interrupt":
        session.interrupt(request.reason);
        return say({ kind: "interrupted", id: request.id });
      case "execute":
        cell = request;
        return say({ kind: "reply", id: request.id, content: await execute(session, request, cell) });
      default:
        return say({ kind: "reply", id: request.id, content: explain(session, request) });
    }
  }
  return (request) => {
    busy++;
    const answered = answer(request).catch((error: Error) => {
      const content = { status: "error", ename: error.name, evalue: error.message, traceback: [error.stack] };
      if ("id" in request) say({ kind: "reply", id: request.id, content });
    });
    void answered.finally(() => {
      busy--;
      active = Date.now();
    });
  };
}
