/** How fast the boxes of this machine are: one right answer, graded many times in boxes of its own. */
import fs from "node:fs";
import { solutionSource } from "../answers";
import { grade, probesOf } from "../grade";
import { exercises } from "../specs";
import { openBox, type Tier } from "./index";
import type { Means } from "./launchers";
import { processorTime } from "./processor-time";

export interface Speed {
  readonly perSecond: number;
  /** milliseconds from the text to the points, half of the answers are faster */
  readonly median: number;
  /** milliseconds of processor time for one, all processes together; where the system tells */
  readonly processor: number | undefined;
  /** MiB that all children used together at most; where the system tells */
  readonly memory: number | undefined;
}

const WARM = 60;

/** MiB of a process and all below it */
function memoryOf(pid: number): number {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, "latin1");
    const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").trim();
    return children
      .split(" ")
      .reduce((sum, child) => sum + (child === "" ? 0 : memoryOf(Number(child))), own);
  } catch {
    return 0;
  }
}

/** processor time of this process, of its children, and of those that have ended */
function allTime(): number | undefined {
  const living = processorTime(process.pid);
  if (living === undefined) return undefined;
  const fields = fs
    .readFileSync("/proc/self/stat", "latin1")
    .replace(/^.*\) /, "")
    .split(" ");
  return living + 10 * (Number(fields[13]) + Number(fields[14]));
}

export async function measureSpeed(
  tier: Tier,
  options: {
    readonly means?: Means;
    readonly count: number;
    readonly slots: number;
    readonly exercise: string;
  },
): Promise<Speed> {
  const { means, count, slots, exercise } = options;
  const spec = exercises.find((e) => e.specification.id === exercise)!.specification;
  const source = solutionSource(spec);
  // the expected values are computed once, as for a class with common numbers
  for (const check of spec.checks) probesOf(check, "speed");
  const times: number[] = [];
  let number = 0;
  const one = async (slot: number) => {
    const begun = performance.now();
    // as many texts as students: an equal one would not be compiled again
    const box = await openBox(`${source}\n// ${number++}\n`, {
      name: "answer.ts",
      given: spec.given,
      tier,
      slot,
      ...(means === undefined ? {} : { means }),
    });
    try {
      const { earned, points } = await grade(spec, box, { seed: "speed", explain: false });
      if (earned !== points) throw new Error(`the right answer earned ${earned} of ${points}`);
    } finally {
      box.close();
    }
    times.push(performance.now() - begun);
  };
  const lanes = Array.from({ length: slots }, (_, slot) => slot);
  // the first answers start the children, and show the compiler what is compiled
  let warm = WARM;
  await Promise.all(
    lanes.map(async (slot) => {
      while (warm-- > 0) await one(slot);
    }),
  );
  times.length = 0;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(process.pid) - process.memoryUsage().rss / 2 ** 20);
  }, 100);
  const [begun, spent] = [performance.now(), allTime()];
  let left = count;
  await Promise.all(
    lanes.map(async (slot) => {
      while (left-- > 0) await one(slot);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  const after = allTime();
  times.sort((a, b) => a - b);
  return {
    perSecond: count / seconds,
    median: times[times.length >> 1]!,
    processor: spent === undefined || after === undefined ? undefined : (after - spent) / count,
    memory: most > 0 ? most : undefined,
  };
}
