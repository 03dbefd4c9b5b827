// What the two threads of the kernel say to each other: the main thread runs the cells and may be stuck in a loop;
// the io thread owns the sockets and always answers.
import type { Reason } from "./session";
import type { Connection, Content } from "./wire";

export interface ExecuteRequest {
  kind: "execute";
  id: number;
  count: number;
  code: string;
  silent: boolean;
  expressions: Record<string, string>;
  allowStdin: boolean;
}

export type ToMain =
  | ExecuteRequest
  | { kind: "complete" | "inspect"; id: number; code: string; position: number }
  | { kind: "is_complete"; id: number; code: string }
  // `of` is the request that was being answered, 0 if there was none.
  | { kind: "interrupt"; id: number; of: number; reason: Reason }
  | { kind: "shutdown" };

export type ToIo =
  | { kind: "interrupted"; id: number }
  | { kind: "publish"; id: number; type: string; content: Content }
  | { kind: "reply"; id: number; content: Content }
  | { kind: "input"; id: number; question: string };

/** What the io thread is started with. */
export interface Start {
  connection: Connection;
  connectionFile: string;
  info: object;
  /** The process that has started the kernel. */
  parent: number;
  /** Bytes of the main thread's heap, which a worker cannot ask for. */
  heapLimit: number;
  /** A number that wakes the main thread, which waits for the reader. */
  bell: SharedArrayBuffer;
  /** See work.ts. */
  work: SharedArrayBuffer;
}
