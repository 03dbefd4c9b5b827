/**
 * What an exercise asks, written once and trusted: the list of its checks, the wrong answers that people really give
 * (mutants) each with the sentence that a good teacher would say, and the names that an answer may import.
 * The learner's check, the notebooks, the gates and coursework all run this same list.
 */
import type { Random } from "./random";

/** Nothing but numbers, strings, booleans, null, undefined, arrays, typed arrays, plain objects and functions. */
export type Value = unknown;

export interface Tolerance {
  /** an answer `a` is right for `b` iff `|a − b| <= absolute + relative·|b|` */
  readonly absolute: number;
  readonly relative: number;
}

/** One call of a learner's function and what must come back, computed before the call by an independent route. */
export interface Probe {
  readonly fn: string;
  readonly args: readonly Value[];
  readonly want: Value;
}

/** What came back. Values only: whether they are right is never decided on the learner's side. */
export type Reply =
  | {
      readonly kind: "value";
      readonly value: Value;
      readonly args: readonly Value[];
      readonly promised: boolean;
    }
  | { readonly kind: "error"; readonly name: string; readonly message: string }
  | { readonly kind: "timeout" | "memory" | "dead" | "blocked" | "load"; readonly message: string };

/** Someone's answer: whatever can be called by name, in a child process, in a notebook or in this process. */
export interface Subject {
  call(fn: string, args: readonly Value[], budget?: number): Promise<Reply>;
  /**
   * The same calls, one after the other, sent together: the replies come in order. Whoever stops early waits until the
   * rest is answered, and hears nothing of it.
   */
  callAll?(
    calls: readonly Pick<Probe, "fn" | "args">[],
    budget?: number,
  ): AsyncGenerator<Reply, void, undefined>;
  /** calls a function that an earlier reply contained */
  apply(fn: RemoteFunction, args: readonly Value[], budget?: number): Promise<Reply>;
  /** reads an exported constant, such as the steps of a derivation */
  read(name: string): Promise<Reply>;
  /** grades exported steps, which are data, against a task of src/derivations; never in the grader's own process */
  derive(name: string, task: string): Promise<Reply>;
  close(): void;
}

/** A function that stays where the answer runs; only its number crosses. */
export class RemoteFunction {
  constructor(readonly id: number) {}
}

export interface Verdict {
  readonly ok: boolean;
  /** the kind of failure: `type`, `finite`, `shape`, `sign`, `scale`, `value`, `error`, … */
  readonly kind: string;
  readonly message: string;
  /** the mutant that the check recognised itself, where equal outputs cannot tell (randomness, memory) */
  readonly misconception?: string;
  /** the part of the points that a failed check still earns, such as the milestones of a derivation */
  readonly share?: number;
}

export type Visibility = "visible" | "after_due" | "staff";

export interface Check {
  readonly id: string;
  /** a sentence that names what is checked and why */
  readonly title: string;
  readonly points: number;
  readonly visibility: Visibility;
  /** checks that must pass first: a stub that throws must not pass "throws for bad input" */
  readonly needs: readonly string[];
  /** milliseconds for one call */
  readonly budget: number;
  readonly tolerance: Tolerance;
  generate(random: Random): readonly Probe[];
  call(subject: Subject, probe: Probe): Promise<Reply>;
  judge(reply: Reply, probe: Probe): Verdict;
  /** the independent truth for any arguments, if the check has one: for swapped arguments and shrinking */
  readonly truth?: (fn: string, ...args: never[]) => Value;
  /** how to look for the smallest failing input, in fast-check's terms */
  readonly shrink?: Shrink;
  /** a derivation has one task for everybody: nothing about it can be generated */
  readonly derivation?: boolean;
}

export interface Shrink {
  readonly fn: string;
  // fast-check is loaded only when an answer fails
  readonly arguments: (fc: typeof import("fast-check")) => import("fast-check").Arbitrary<readonly Value[]>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers have any signature; the specification knows which
export type Answer = Readonly<Record<string, ((...args: any[]) => Value) | Value>>;

export interface Mutant {
  readonly name: string;
  /** the functions that are wrong; the rest of the answer is the reference's */
  readonly code: Answer;
  /** what a good teacher would say to someone who wrote this */
  readonly message: string;
  /** the check that must lose its points */
  readonly check: string;
}

export interface Specification {
  readonly id: string;
  readonly slug: string;
  /** names that an answer may import from "cross-entropy"; everything else is refused */
  readonly given: readonly string[];
  /** a training run belongs to it: fewer seeds in the gates, and a small size in the project's own tests */
  readonly heavy?: { readonly resize: (tiny: boolean) => void };
  readonly checks: readonly Check[];
}

/** Tolerances by the kind of computation. None is tighter than 4 ulp: mathematical libraries differ by 2. */
export const closedForm: Tolerance = { absolute: 1e-300, relative: 1e-12 };
export const gradientForm: Tolerance = { absolute: 1e-12, relative: 1e-9 };
export const iterative: Tolerance = { absolute: 1e-8, relative: 1e-8 };
export const exactly: Tolerance = { absolute: 0, relative: 0 };
