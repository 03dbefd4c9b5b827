/** Makes a check from the few things that differ between checks. */
import { compare, judgeArrival, judgeRefusal, judgeValue, right } from "./judge";
import type { Random } from "./random";
import { plainCall } from "./replies";
import { show, showCall } from "./show";
import {
  type Check,
  closedForm,
  type Probe,
  type Reply,
  type Shrink,
  type Subject,
  type Tolerance,
  type Value,
  type Verdict,
  type Visibility,
} from "./specification";

interface Common {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly visibility?: Visibility;
  readonly needs?: readonly string[];
  readonly budget?: number;
  readonly tolerance?: Tolerance;
}

const defaults = { visibility: "visible", needs: [], budget: 1000, tolerance: closedForm } as const;

/** Calls with the expected value of each. */
export const probesFrom = (
  calls: readonly (readonly [fn: string, ...args: Value[]])[],
  truth: NonNullable<Check["truth"]>,
): Probe[] =>
  calls.map(([fn, ...args]) => ({
    fn,
    args,
    want: (truth as (fn: string, ...args: readonly Value[]) => Value)(fn, ...args),
  }));

export interface ValueCheck extends Common {
  /** the calls: `[function, ...arguments]` */
  readonly calls: (random: Random) => readonly (readonly [fn: string, ...args: Value[]])[];
  /** the right result of such a call, by a route of its own */
  // biome-ignore lint/suspicious/noExplicitAny: one function for calls of different signatures
  readonly truth: (fn: string, ...args: any[]) => Value;
  readonly shrink?: Shrink;
  /** a condition beyond closeness, such as "+0, not −0"; returns what is wrong, or undefined */
  readonly also?: (value: Value, probe: Probe) => string | undefined;
  /** set to require that the arguments are still the same after the call */
  readonly unchanged?: boolean;
}

/** The usual check: some calls, each with a true value. */
export function valueCheck(options: ValueCheck): Check {
  const { calls, truth, also, unchanged, ...common } = options;
  const tolerance = options.tolerance ?? closedForm;
  return {
    ...defaults,
    ...common,
    truth,
    generate: (random) => probesFrom(calls(random), truth),
    call: plainCall(options.budget ?? defaults.budget),
    judge: (reply, probe) => {
      const verdict = judgeValue(reply, probe, tolerance);
      if (!verdict.ok || reply.kind !== "value") return verdict;
      const problem = also?.(reply.value, probe);
      if (problem !== undefined)
        return { ok: false, kind: "also", message: `${showCall(probe.fn, probe.args)}: ${problem}` };
      if (unchanged && !compare(reply.args, probe.args, { absolute: 0, relative: 0 }).ok)
        return {
          ok: false,
          kind: "changed",
          message: `${showCall(probe.fn, probe.args)} changed its argument to ${show(reply.args[0])}: work on a copy`,
        };
      return right;
    },
  };
}

/** A check that each of these calls is refused with an error. */
export function refusalCheck(
  options: Common & { readonly calls: (random: Random) => readonly (readonly [string, ...Value[]])[] },
): Check {
  const { calls, ...common } = options;
  return {
    ...defaults,
    ...common,
    generate: (random) => calls(random).map(([fn, ...args]) => ({ fn, args, want: "an error" })),
    call: plainCall(options.budget ?? defaults.budget),
    judge: judgeRefusal,
  };
}

/** A check of a property: `accept` sees the value and says what is wrong with it, or nothing. */
export function propertyCheck(
  options: Common & {
    readonly calls: (random: Random) => readonly (readonly [string, ...Value[]])[];
    // biome-ignore lint/suspicious/noExplicitAny: as above
    readonly accept: (value: any, ...args: any[]) => string | undefined;
    readonly call?: (subject: Subject, probe: Probe) => Promise<Reply>;
    readonly want?: string;
    // biome-ignore lint/suspicious/noExplicitAny: as above
    readonly truth?: (fn: string, ...args: any[]) => Value;
  },
): Check {
  const { calls, accept, want, ...common } = options;
  return {
    ...defaults,
    call: plainCall(options.budget ?? defaults.budget),
    ...common,
    generate: (random) => calls(random).map(([fn, ...args]) => ({ fn, args, want: want ?? "" })),
    judge: (reply, probe): Verdict => {
      const arrival = judgeArrival(reply, probe);
      if (arrival !== undefined) return arrival;
      let problem: string | undefined;
      try {
        problem = accept((reply as { value: Value }).value, ...probe.args);
      } catch {
        problem = `the result ${show((reply as { value: Value }).value)} has the wrong form`;
      }
      return problem === undefined
        ? right
        : { ok: false, kind: "property", message: `${showCall(probe.fn, probe.args)}: ${problem}` };
    },
  };
}
