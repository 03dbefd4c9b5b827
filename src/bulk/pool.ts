import { type KernelName, WORK } from "./instance";
import type { Arena } from "./memory";

/** One call of a kernel. */
export interface Call {
  readonly kernel: KernelName;
  readonly p: number;
  readonly rows: number;
  readonly V: number;
  readonly out: number;
  readonly mode: number;
  readonly y: number;
  readonly scales: number;
  readonly scale: number;
  readonly result: number;
  readonly bytes: number;
}

/** Internal. */
export function runThreads(arena: Arena, c: Call): void {
  arena.kernels[c.kernel](c.p, c.rows, c.V, c.out, c.mode, c.y, c.scales, c.scale, c.result, WORK);
}
