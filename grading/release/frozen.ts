/**
 * The checks of an exercise as data, for people who should practise and not read the answers: the calls with their
 * expected values, and what each known wrong answer returns for them. No code of a check or a mutant is in it.
 */
import { decode, encode } from "../codec";
import { compare, judgeRefusal, judgeValue, right } from "../judge";
import { show, showCall } from "../show";
import type { Check, Mutant, Probe, Reply, Tolerance, Value, Verdict } from "../specification";

/** How a frozen check judges. The rest of the checks cannot be frozen and are checked at submission only. */
export type FrozenJudge = "value" | "value, +0" | "value, unchanged" | "value, +0, unchanged" | "refusal";
export const frozenJudges: readonly FrozenJudge[] = [
  "value",
  "value, +0",
  "value, unchanged",
  "value, +0, unchanged",
  "refusal",
];

export interface FrozenCheck {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly needs: readonly string[];
  readonly budget: number;
  readonly tolerance: Tolerance;
  readonly judge: FrozenJudge;
  readonly probes: readonly { readonly fn: string; readonly args: unknown; readonly want: unknown }[];
}

/** A derivation is graded by the module itself, from its steps. */
export interface FrozenDerivation {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly steps: string;
  readonly task: string;
}

export interface FrozenMutant {
  readonly name: string;
  readonly check: string;
  readonly message: string;
  /** what it returned, by function and arguments */
  readonly outputs: readonly { readonly fn: string; readonly args: unknown; readonly reply: unknown }[];
}

export interface FrozenExercise {
  readonly schema: "course-frozen/1";
  readonly id: string;
  readonly slug: string;
  readonly given: readonly string[];
  readonly checks: readonly (FrozenCheck | FrozenDerivation)[];
  readonly mutants: readonly FrozenMutant[];
  /** titles of what is checked at submission only */
  readonly later: readonly string[];
}

const none = (): never => {
  throw new RangeError("a function cannot be frozen");
};
export const store = (value: Value): unknown => encode(value, none);
export const load = (json: unknown): Value => decode(json, none);
const keyOf = (args: readonly Value[]) => JSON.stringify(store(args));

export function judgeFrozen(judge: FrozenJudge, reply: Reply, probe: Probe, tolerance: Tolerance): Verdict {
  if (judge === "refusal") return judgeRefusal(reply, probe);
  const verdict = judgeValue(reply, probe, tolerance);
  if (!verdict.ok || reply.kind !== "value") return verdict;
  const call = showCall(probe.fn, probe.args);
  if (judge.includes("+0") && Object.is(reply.value, -0))
    return { ok: false, kind: "also", message: `${call}: the result is -0, wanted 0` };
  if (judge.includes("unchanged") && !compare(reply.args, probe.args, { absolute: 0, relative: 0 }).ok)
    return {
      ok: false,
      kind: "changed",
      message: `${call} changed its argument to ${show(reply.args[0])}: work on a copy`,
    };
  return right;
}

export function thawCheck(frozen: FrozenCheck): Check {
  const { probes, judge, ...rest } = frozen;
  return {
    ...rest,
    visibility: "visible",
    generate: () => probes.map((p) => ({ fn: p.fn, args: load(p.args) as Value[], want: load(p.want) })),
    call: (subject, probe) => subject.call(probe.fn, probe.args, frozen.budget),
    judge: (reply, probe) => judgeFrozen(judge, reply, probe, frozen.tolerance),
  };
}

/** What a call returned, threw, and left of its arguments. */
export type Output =
  | { readonly value: Value; readonly args: readonly Value[] }
  | { readonly error: string; readonly name: string };

/** The wrong functions as tables: they know what they returned for these arguments and nothing else. */
export function thawMutant({ outputs, ...rest }: FrozenMutant): Mutant {
  const code: Record<string, (...args: Value[]) => Value> = {};
  for (const fn of new Set(outputs.map((o) => o.fn))) {
    const table = new Map(outputs.filter((o) => o.fn === fn).map((o) => [JSON.stringify(o.args), o.reply]));
    code[fn] = (...args) => {
      const found = table.get(keyOf(args));
      if (found === undefined) throw new RangeError("not recorded");
      const output = load(found) as Output;
      if ("error" in output) throw Object.assign(new Error(output.error), { name: output.name });
      // an answer that spoils its arguments is recognised by it
      args.forEach((arg, i) => {
        if (Array.isArray(arg)) arg.splice(0, arg.length, ...(output.args[i] as Value[]));
        else if (ArrayBuffer.isView(arg)) (arg as Float64Array).set(output.args[i] as Float64Array);
      });
      return output.value;
    };
  }
  return { ...rest, code };
}
