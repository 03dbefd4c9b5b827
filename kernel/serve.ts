import { setTimeout } from "node:timers";
import type { MessagePort, Worker } from "node:worker_threads";
import { execute, explain } from "./answers";
import { saveCode } from "./code-cache";
import type { ToIo, ToMain } from "./link";
import { type CellEvent, type Reason, Session, stopped } from "./session";
import { installPrompt } from "./stdin";
import type { Content } from "./wire";
import type { Work } from "./work";

interface Cell {
  id: number;
  count: number;
  silent: boolean;
  allowStdin: boolean;
}

/** Milliseconds in which a stopped cell's answer is sent: far more than it needs. */
const grace = 50;

/** Opens the session. @returns what takes the io thread's requests */
export function serve(wiring: {
  io: Worker;
  answers: MessagePort;
  bell: Int32Array;
  work: Work;
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
  const session = new Session<Cell>(process.cwd(), show, wiring.work.own);
  installPrompt(wiring.answers, wiring.bell, (question) => {
    if (!cell?.allowStdin) return false;
    session.flush();
    say({ kind: "input", id: cell.id, question });
    return true;
  });
  process.on("SIGINT", () => session.interrupt());
  session.warmUp(["cross-entropy"]);

  /** Requests come one after the other, with rising numbers: the last one taken, and the one not yet answered. */
  let taken = 0;
  let open = 0;
  /** A request that was interrupted before it was heard. */
  let refused = 0;
  let active = Date.now();
  const reply = (id: number, content: Content) => {
    // Who gives up a request may be late: its own answer has come meanwhile; and the other way round.
    if (id !== open) return;
    open = 0;
    active = Date.now();
    say({ kind: "reply", id, content });
  };

  // The plots' types are larger than all else: they are read when nothing else is to do.
  const rest = setInterval(() => {
    if (open > 0 || Date.now() - active < 700) return;
    clearInterval(rest);
    session.warmUp(["cross-entropy", "cross-entropy/lesson", "tslab"]);
    // By now, the compiler's own code is warm.
    setTimeout(() => wiring.work.own(saveCode), 3000).unref();
  }, 250);
  rest.unref();

  function interrupt(of: number, reason: Reason): void {
    if (of > taken) refused = of;
    if (of === 0 || of !== open) return;
    session.interrupt(reason);
    // If the stop has also hit whoever should have answered, nobody else will.
    setTimeout(() => giveUp(of, reason), grace);
  }

  function giveUp(id: number, reason: Reason): void {
    if (id !== open) return;
    const error = stopped(reason);
    if (cell?.id === id) show({ type: "error", ...error }, cell);
    reply(id, { status: "error", ...error, payload: [], user_expressions: {} });
  }

  async function answer(request: ToMain): Promise<void> {
    if (request.kind === "shutdown") return wiring.exit();
    if (request.kind === "interrupt") {
      interrupt(request.of, request.reason);
      return say({ kind: "interrupted", id: request.id });
    }
    const { id } = request;
    if (id <= taken) return;
    taken = open = id;
    try {
      if (request.kind !== "execute") return reply(id, explain(session, request));
      cell = request;
      if (id === refused) giveUp(id, "interrupt");
      else reply(id, await execute(session, request, cell));
    } catch (reason) {
      const error = reason as Error;
      reply(id, { status: "error", ename: error.name, evalue: error.message, traceback: [error.stack] });
    }
  }
  return (request) => void answer(request);
}
