import { show } from "../validate";

/** How batches are computed: see `setEngine`. */
export type EngineMode = "auto" | "portable";

/** What computes large batches. */
export interface Engine {
  readonly mode: EngineMode;
  /** Threads that share the work on allocated arrays, this one included. */
  readonly threads: number;
}

let mode: EngineMode = "auto";
let threads = 1;

/** Internal: what `setThreads` has started. */
export function setThreadCount(count: number): void {
  threads = count;
}

/**
 * Chooses how batches of logits are computed: `"auto"` (default) uses the fastest way that the batch's size and the
 * JavaScript engine allow, `"portable"` always the TypeScript loops, whose digits are the same everywhere.
 *
 * @param choice - `"auto"` or `"portable"`
 * @returns what is now in use, as `engine()`
 * @throws RangeError if `choice` is neither
 * @see engine
 * @example setEngine("portable").mode // "portable"
 */
export function setEngine(choice: EngineMode): Engine {
  if (choice !== "auto" && choice !== "portable")
    throw new RangeError(`setEngine: choice must be "auto" or "portable", got ${show(choice)}`);
  mode = choice;
  return engine();
}

/**
 * What computes large batches at present.
 *
 * @returns the mode, and the number of threads
 * @see setEngine
 * @example engine().threads // 1
 */
export function engine(): Engine {
  return { mode, threads };
}
