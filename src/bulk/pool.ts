import type { Worker } from "node:worker_threads";
import { checkInteger } from "../validate";
import { type Engine, engine, setThreadCount } from "./engine";
import { type KernelName, MAX_THREADS, WORK, WORK_SIZE } from "./instance";
import { type Arena, openArena } from "./memory";

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

/** From so many logits on, the work is shared: waking a thread takes about as long as 100,000 of them. */
const SHARED_FROM = 200_000;
const NAMES: readonly KernelName[] = ["rows32", "rows64", "columns32", "columns64"];

// What the threads look at: the number of the present call, how many threads are done with it, then its arguments.
const ROUND = 0;
const DONE = 1;
const ARGUMENTS = 4; // kernel, p, rows, V, out, mode, y, scales, result, bytes; 0 as the kernel + 1 ends the thread
const SCALE = 15; // as float64, hence at byte 120

let workers: readonly Worker[] = [];
let control = new Int32Array(0);
let scaleAt = new Float64Array(0);

// A thread's whole program. It spins for about a millisecond before it sleeps: waking costs a quarter of one on a
// virtual machine, and the next batch usually comes soon. As text, since a file would be TypeScript here and JavaScript
// there.
const PROGRAM = `
const { workerData: { module, memory, buffer, index, threads, names, work }, parentPort } = require("node:worker_threads");
const control = new Int32Array(buffer), scale = new Float64Array(buffer);
const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports;
parentPort.postMessage("ready");
for (let round = 0; ; ) {
  for (let spins = 0; Atomics.load(control, 0) === round; )
    if (++spins > 300000) Atomics.wait(control, 0, round);
  round = Atomics.load(control, 0);
  const [name, p, rows, V, out, mode, y, scales, result, bytes] = control.subarray(4, 14);
  if (name === 0) break;
  const first = Math.floor((rows * index) / threads), end = Math.floor((rows * (index + 1)) / threads);
  const at = (start, size) => (start === 0 ? 0 : (start >>> 0) + first * size);
  if (end > first)
    kernels[names[name - 1]](at(p, V * bytes), end - first, V, at(out, V * bytes), mode, at(y, 4), at(scales, 8),
      scale[15], at(result, 8), work);
  Atomics.add(control, 1, 1);
}`;

/** Runs a kernel over its rows, shared among the threads. Rows do not depend on each other: the bits stay the same. */
export function runThreads(arena: Arena, c: Call): void {
  const threads = workers.length + 1;
  const shared = threads > 1 && c.rows >= threads && c.rows * c.V >= SHARED_FROM;
  if (shared) {
    const kernel = NAMES.indexOf(c.kernel) + 1;
    control.set([kernel, c.p, c.rows, c.V, c.out, c.mode, c.y, c.scales, c.result, c.bytes], ARGUMENTS);
    scaleAt[SCALE] = c.scale;
    Atomics.store(control, DONE, 0);
    Atomics.add(control, ROUND, 1);
    Atomics.notify(control, ROUND);
  }
  const rows = shared ? Math.floor(c.rows / threads) : c.rows;
  arena.kernels[c.kernel](c.p, rows, c.V, c.out, c.mode, c.y, c.scales, c.scale, c.result, WORK);
  if (shared) while (Atomics.load(control, DONE) < threads - 1);
}

/**
 * Shares the work on large allocated arrays (200,000 logits and more) among threads. The number of threads never
 * changes a bit of a result. They end with the process, or with `setThreads(1)`.
 *
 * @param count - how many, this one included; more than the processor has cores only slows things down
 * @returns what is now in use, as `engine()`, once the threads are ready (about 0.1 s)
 * @throws RangeError if `count` is not an integer in `[1, 8]`
 * @see allocate
 * @example (await setThreads(1)).threads // 1
 */
export async function setThreads(count: number): Promise<Engine> {
  checkInteger("setThreads", "count", count, 1, MAX_THREADS);
  if (workers.length > 0) {
    control[ARGUMENTS] = 0;
    Atomics.add(control, ROUND, 1);
    Atomics.notify(control, ROUND);
    workers = [];
  }
  setThreadCount(1);
  const arena = count > 1 ? openArena() : undefined;
  if (arena === undefined) return engine();
  // Loaded here: nothing else in the module needs Node, and a browser has no such package.
  const { Worker } = await import("node:worker_threads");
  const buffer = new SharedArrayBuffer(256);
  const started = Array.from({ length: count - 1 }, (_, i) => {
    const { module, memory } = arena;
    const own = { index: i + 1, threads: count, names: NAMES, work: WORK + (i + 1) * WORK_SIZE };
    const worker = new Worker(PROGRAM, { eval: true, workerData: { module, memory, buffer, ...own } });
    worker.unref(); // a waiting thread does not keep the process alive
    return worker;
  });
  await Promise.all(
    started.map(
      (worker) =>
        new Promise<void>((ready, failed) => {
          worker.once("message", () => ready());
          worker.once("error", failed);
        }),
    ),
  );
  control = new Int32Array(buffer as unknown as ArrayBuffer);
  scaleAt = new Float64Array(buffer as unknown as ArrayBuffer);
  workers = started;
  setThreadCount(count);
  return engine();
}
