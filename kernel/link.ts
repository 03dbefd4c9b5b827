// What the two threads of the kernel say to each other: the main thread runs the cells and may be stuck in a loop;
// the io thread owns the sockets and always answers.
import type { Content } from "./wire";

export type ToMain =
  | {
      kind: "execute";
      id: number;
      count: number;
      code: string;
      silent: boolean;
      expressions: Record<string, string>;
    }
  | { kind: "complete" | "inspect"; id: number; code: string; position: number; detail: number }
  | { kind: "is_complete"; id: number; code: string }
  | { kind: "interrupt"; id: number }
  | { kind: "shutdown" };

export type ToIo =
  | { kind: "interrupted"; id: number }
  | { kind: "publish"; id: number; type: string; content: Content }
  | { kind: "reply"; id: number; content: Content };
