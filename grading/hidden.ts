/** Checks that a learner does not see: the questions of a visible check again, larger and with other numbers. */
import { probesFrom } from "./check";
import type { Random } from "./random";
import type { Check, Value, Visibility } from "./specification";

export interface Hidden {
  /** the visible check that it deepens and from whose points it takes its share */
  readonly of: string;
  readonly share: number;
  readonly make: (visible: Check) => Check;
}

interface HiddenOptions {
  readonly of: string;
  /** a sentence that says what is deeper, without naming an input */
  readonly title: string;
  readonly calls: (random: Random) => readonly (readonly [fn: string, ...args: Value[]])[];
  readonly share?: number;
  readonly visibility?: Exclude<Visibility, "visible">;
}

/**
 * The same truth, judge and tolerance as the visible check's, other calls. It waits for nothing: an answer that fails
 * the visible check for a special case may still be right on the rest.
 */
export function hiddenCheck({
  of,
  title,
  calls,
  share = 0.4,
  visibility = "after_due",
}: HiddenOptions): Hidden {
  return {
    of,
    share,
    make: (visible) => {
      const { truth } = visible;
      if (truth === undefined) throw new RangeError(`hiddenCheck: ${of} must have a truth of its own`);
      const { shrink: _, ...rest } = visible;
      const generate: Check["generate"] = (random) => probesFrom(calls(random), truth);
      return { ...rest, id: `${of}-hidden`, title, visibility, needs: [], generate };
    },
  };
}
