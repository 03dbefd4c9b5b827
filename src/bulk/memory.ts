import { checkInteger, rangeError, show, typeError } from "../validate";
import { FREE, instantiate, type Kernels, MAX_PAGES, type Memory, PAGE } from "./instance";

// The module's own memory. It is shared memory because that never moves: an array that was handed out stays valid when
// the memory grows, and threads see it (pool.ts).
interface Block {
  readonly at: number;
  readonly size: number;
}
export interface Arena {
  readonly memory: Memory;
  readonly kernels: Kernels;
  readonly module: object;
}
let arena: Arena | undefined;
/** Each buffer object under which the memory has been handed out: growing makes a new one. */
const buffers = new WeakSet<object>();
const used = new Map<number, number>(); // start → size
let free: Block[] = []; // by ascending start, never adjacent

/** Internal: the arena, if an array lives in it. */
export function arenaOf(x: unknown): Arena | undefined {
  const buffer = (x as { buffer?: object }).buffer;
  return buffer !== undefined && buffers.has(buffer) ? arena : undefined;
}

/** Internal: `size` bytes, rounded up to whole cache lines; −1 if there is no room. */
export function take(size: number): number {
  const bytes = Math.ceil(size / 64) * 64;
  let index = free.findIndex((block) => block.size >= bytes);
  if (index < 0 && arena !== undefined) {
    const end = arena.memory.buffer.byteLength;
    const last = free.at(-1);
    const open = last !== undefined && last.at + last.size === end ? last.size : 0;
    const pages = Math.ceil((bytes - open) / PAGE);
    if (end / PAGE + pages > MAX_PAGES) return -1;
    try {
      arena.memory.grow(pages);
    } catch {
      return -1;
    }
    buffers.add(arena.memory.buffer);
    give(end, pages * PAGE);
    index = free.length - 1;
  }
  const block = free[index];
  if (block === undefined) return -1;
  const rest = block.size - bytes;
  free.splice(index, 1, ...(rest > 0 ? [{ at: block.at + bytes, size: rest }] : []));
  used.set(block.at, bytes);
  return block.at;
}

/** Puts a block back among the free ones and joins it with its neighbours. */
function give(at: number, size: number): void {
  const blocks = [...free, { at, size }].sort((a, b) => a.at - b.at);
  free = [];
  for (const block of blocks) {
    const before = free.at(-1);
    if (before !== undefined && before.at + before.size === block.at)
      free[free.length - 1] = { at: before.at, size: before.size + block.size };
    else free.push(block);
  }
}

/** Internal: gives back what `take` gave; false if it did not. */
export function giveBack(at: number): boolean {
  const size = used.get(at);
  if (size === undefined) return false;
  used.delete(at);
  give(at, size);
  return true;
}

/** Internal. */
export function openArena(): Arena | undefined {
  if (arena === undefined) {
    arena = instantiate(PAGE, true);
    if (arena !== undefined) {
      buffers.add(arena.memory.buffer);
      give(FREE, PAGE - FREE);
    }
  }
  return arena;
}

/**
 * An array in the module's own memory, where a batch is computed without copying it: take both the logits and `out`
 * from here. Filled with 0; it stays until `release`. Where the JavaScript engine has no WebAssembly, an ordinary array.
 *
 * During a call, an entry of the logits may be overwritten for a moment: other threads must not read them then.
 *
 * @param kind - `"float32"` or `"float64"`
 * @param length - number of entries, at least 1
 * @returns an array like any other, with shared memory behind it
 * @throws RangeError if `kind` is neither, or the 4 GiB of the memory have no room for `length` entries
 * @see release, setThreads
 * @example allocate("float32", 3) // [0, 0, 0]
 */
export function allocate(kind: "float32", length: number): Float32Array;
export function allocate(kind: "float64", length: number): Float64Array;
export function allocate(kind: "float32" | "float64", length: number): Float32Array | Float64Array {
  if (kind !== "float32" && kind !== "float64")
    throw rangeError("allocate", "kind", 'be "float32" or "float64"', show(kind));
  const bytes = kind === "float32" ? 4 : 8;
  checkInteger("allocate", "length", length, 1, (MAX_PAGES * PAGE) / bytes);
  const Kind = kind === "float32" ? Float32Array : Float64Array;
  const { memory } = openArena() ?? {};
  if (memory === undefined) return new Kind(length);
  const at = take(length * bytes);
  if (at < 0) throw rangeError("allocate", "length", "fit into what is left of the memory's 4 GiB", length);
  return new Kind(memory.buffer as ArrayBuffer, at, length).fill(0);
}

/**
 * Gives the memory of an allocated array back. Neither it nor a part of it may be used any more.
 *
 * @param array - what `allocate` returned
 * @throws TypeError if it is anything else, or was released before
 * @see allocate
 * @example release(allocate("float64", 2)) // undefined
 */
export function release(array: Float32Array | Float64Array): void {
  const isArray = array instanceof Float32Array || array instanceof Float64Array;
  if (isArray && arena === undefined && openArena() === undefined) return; // no WebAssembly: an ordinary array
  if (!isArray || arenaOf(array) === undefined || !giveBack(array.byteOffset))
    throw typeError("release", "array", "come from allocate and be released once", array);
}
