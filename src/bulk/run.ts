// Runs the kernels over a batch: in place where logits and result live in the module's memory, else piece by piece
// through a scratch memory that fits into the processor's cache. Internal.
import type { Batch, Output } from "../rows";
import type { Vector } from "../validate";
import { engine } from "./engine";
import { FREE, instantiate, type Kernel, type Kernels, type Memory, PAGE, WORK } from "./instance";
import { type Arena, arenaOf, giveBack, take } from "./memory";
import { runThreads } from "./pool";

/** What a kernel does with `out`, as in tools/wasm/rows.ts. */
export const LOSS_ONLY = 0;
export const EXPONENTIALS = 1;
export const LOGARITHMS = 2;

export interface Task {
  readonly mode: 0 | 1 | 2;
  /** The class of each row, −1 for rows to skip; without, the number per row is the logarithm of the sum. */
  readonly y?: Int32Array | undefined;
  /** Factor of the exponentials or the gradient: one for all rows, or one for each. */
  readonly scale?: number | undefined;
  readonly scales?: Float64Array | undefined;
  /** Where results go: one flat array, or a row for each row. */
  readonly flat?: Output | undefined;
  readonly rows?: readonly Output[] | undefined;
  /** Does row b in TypeScript, into `into` from `at` on (nowhere for `LOSS_ONLY`), and returns its number. */
  slow(b: number, into: Output, at: number): number;
}

/** Fewer logits than this are done in TypeScript: the way there and back would cost more than it saves. */
export const SMALLEST = 1024;
/** From this length on, one row after another; below, rows side by side (at most 64: the scratch of a thread). */
const LONG = { 4: 32, 8: 64 } as const;
/** Numbers per piece: 192 kB of logits stay in the second cache. */
const PIECE = 192 * 1024;
/** A longer row (8 MB) is not copied to scratch memory, which would stay that large. */
const LONGEST = 8 * 1024 * 1024;

const isFloat32 = (batch: Batch): boolean => {
  if (batch.flat !== undefined) return batch.flat instanceof Float32Array;
  for (let b = 0; b < batch.B; b++) if (!(batch.row(b) instanceof Float32Array)) return false;
  return true;
};

/**
 * The number of each row (its loss, or the logarithm of its sum), with results written to where the task says;
 * undefined if the batch is better done in TypeScript.
 */
export function runBulk(batch: Batch, task: Task): Float64Array | undefined {
  const { B, V } = batch;
  const { scale = 1 } = task;
  if (B * V < SMALLEST || engine().mode === "portable") return undefined;
  // Outside this range the exponentials' bias and the scale might together leave float32.
  if (!(scale > 2 ** -40 && scale < 2 ** 40)) return undefined;
  if (task.scales?.some((s) => !(s === 0 || (s > 2 ** -40 && s < 2 ** 40)))) return undefined;
  const bytes = isFloat32(batch) ? 4 : 8;
  const arena = inArena(batch, task, bytes);
  if (arena !== undefined) return inPlace(arena, batch, task, bytes);
  if (V * bytes > LONGEST) return undefined;
  return throughScratch(batch, task, bytes);
}

const nameOf = (bytes: 4 | 8, V: number) =>
  `${V >= LONG[bytes] ? "rows" : "columns"}${bytes === 4 ? 32 : 64}` as const;

/** The arena, if everything is there in the right width and the result does not overlap the logits. */
function inArena(batch: Batch, { mode, flat, rows }: Task, bytes: number): Arena | undefined {
  if (rows !== undefined || batch.flat === undefined) return undefined;
  const arena = arenaOf(batch.flat);
  if (arena === undefined || mode === LOSS_ONLY || flat === undefined) return arena;
  const out = flat as Float64Array;
  if (arenaOf(flat) === undefined || out.BYTES_PER_ELEMENT !== bytes) return undefined;
  const z = batch.flat as Float64Array;
  const apart =
    out.byteOffset + out.byteLength <= z.byteOffset || z.byteOffset + z.byteLength <= out.byteOffset;
  return apart ? arena : undefined;
}

function inPlace(arena: Arena, batch: Batch, task: Task, bytes: 4 | 8): Float64Array | undefined {
  const { B, V } = batch;
  const { mode, y, scale = 1, scales, flat, slow } = task;
  const block = take(B * 20 + 64);
  if (block < 0) return undefined;
  try {
    const { buffer } = arena.memory;
    const result = new Float64Array(buffer as ArrayBuffer, block, B);
    const scalesAt = block + 8 * B;
    const yAt = block + 16 * B;
    if (scales !== undefined) new Float64Array(buffer as ArrayBuffer, scalesAt, B).set(scales);
    if (y !== undefined) new Int32Array(buffer as ArrayBuffer, yAt, B).set(y);
    const z = batch.flat as Float64Array;
    const call = {
      kernel: nameOf(bytes, V),
      p: z.byteOffset,
      rows: B,
      V,
      out: mode === LOSS_ONLY ? 0 : (flat as Float64Array).byteOffset,
      mode,
      y: y === undefined ? 0 : yAt,
      scales: scales === undefined ? 0 : scalesAt,
      scale,
      result: block,
      bytes,
    };
    runThreads(arena, call);
    const numbers = result.slice();
    for (let b = 0; b < B; b++) if (Number.isNaN(numbers[b])) numbers[b] = slow(b, flat ?? [], b * V);
    return numbers;
  } finally {
    giveBack(block);
  }
}

/** The scratch memory: private, because copying to and from shared memory takes twice as long. */
let scratch: { memory: Memory; kernels: Kernels } | undefined;
let views: { f32: Float32Array; f64: Float64Array; i32: Int32Array } | undefined;

function scratchOf(size: number): { f32: Float32Array; f64: Float64Array; i32: Int32Array } | undefined {
  scratch ??= instantiate(FREE + 2 * PIECE, false);
  if (scratch === undefined) return undefined;
  const { memory } = scratch;
  const missing = FREE + size - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  const buffer = memory.buffer as ArrayBuffer;
  if (views === undefined || views.f32.buffer !== buffer)
    views = { f32: new Float32Array(buffer), f64: new Float64Array(buffer), i32: new Int32Array(buffer) };
  return views;
}

function throughScratch(batch: Batch, task: Task, bytes: 4 | 8): Float64Array | undefined {
  const { B, V } = batch;
  const { mode, y, scale = 1, scales, slow } = task;
  const R = Math.max(1, Math.min(B, 4096, Math.floor(PIECE / bytes / V))); // rows per piece
  const head = Math.ceil((R * 20) / 64) * 64;
  const memory = scratchOf(head + R * V * bytes + 64);
  if (memory === undefined) return undefined;
  const resultAt = FREE;
  const scalesAt = resultAt + 8 * R;
  const yAt = scalesAt + 8 * R;
  const start = FREE + head;
  const numbers = new Float64Array(B);
  const kernel: Kernel = scratch!.kernels[nameOf(bytes, V)];
  const values: Output = bytes === 4 ? memory.f32 : memory.f64;
  for (let first = 0; first < B; first += R) {
    const rows = Math.min(R, B - first);
    // Copies run at full speed only between addresses that are equal modulo 8.
    const source = batch.flat as { byteOffset?: number } | undefined;
    const at = start + (((source?.byteOffset ?? 0) + first * V * bytes) & (8 - bytes));
    const from = at / bytes;
    load(batch, first, rows, values, from);
    if (y !== undefined) memory.i32.set(y.subarray(first, first + rows), yAt / 4);
    if (scales !== undefined) memory.f64.set(scales.subarray(first, first + rows), scalesAt / 8);
    kernel(
      at,
      rows,
      V,
      at,
      mode,
      y === undefined ? 0 : yAt,
      scales === undefined ? 0 : scalesAt,
      scale,
      resultAt,
      WORK,
    );
    for (let r = 0; r < rows; r++) {
      const number = memory.f64[resultAt / 8 + r]!;
      // The logits are still where they came from, even if the results will replace them.
      numbers[first + r] = Number.isNaN(number) ? slow(first + r, values, from + r * V) : number;
    }
    if (mode !== LOSS_ONLY) unload(task, first, rows, V, values, from);
  }
  return numbers;
}

const isTyped = (x: unknown): x is Float64Array => ArrayBuffer.isView(x);

/** Copies rows of the batch to scratch memory. */
function load({ flat, row, V }: Batch, first: number, rows: number, values: Output, from: number): void {
  const typed = values as Float64Array;
  if (isTyped(flat)) typed.set(flat.subarray(first * V, (first + rows) * V), from);
  else if (flat !== undefined) copy(flat, first * V, values, from, rows * V);
  else for (let r = 0; r < rows; r++) typed.set(row(first + r), from + r * V);
}

/** Copies results from scratch memory to where they are wanted. */
function unload(task: Task, first: number, rows: number, V: number, values: Output, from: number): void {
  const typed = values as Float64Array;
  const { flat } = task;
  if (isTyped(flat)) flat.set(typed.subarray(from, from + rows * V), first * V);
  else if (flat !== undefined) copy(values, from, flat, first * V, rows * V);
  else for (let r = 0; r < rows; r++) copy(values, from + r * V, task.rows![first + r]!, 0, V);
}

function copy(from: Vector, start: number, to: Output, at: number, count: number): void {
  for (let i = 0; i < count; i++) to[at + i] = from[start + i]!;
}
