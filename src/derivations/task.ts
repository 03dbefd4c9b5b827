import type { RuleName } from "./rule-names";
import type { Derivation, Relation } from "./types";

/** What a graded derivation must show on its way; any order that is valid will do. */
export type Milestone = {
  readonly name: string;
  /** Some line is one of these, up to order, brackets and signs, and up to what the rule `modulo` does. */
  readonly forms?: readonly string[];
  readonly modulo?: RuleName;
  /** Or: some step gives one of these reasons. */
  readonly reasons?: readonly RuleName[];
};

/** A wrong line that a known misconception produces, and what a good teacher says to it. */
export type Misconception = { readonly line: string; readonly says: string };

/** A graded derivation: from one of the starts to its target, past the milestones. */
export type DerivationTask = Pick<
  Derivation,
  "symbols" | "sizes" | "indices" | "definitions" | "unknown" | "latex"
> & {
  readonly id: string;
  /** `relation` is how the start relates to the target. */
  readonly routes: readonly {
    readonly start: string;
    readonly target: string;
    readonly relation: Relation;
  }[];
  /** For lines that are equations: where they hold. */
  readonly at?: Readonly<Record<string, string>>;
  readonly milestones: readonly Milestone[];
  /** Different lines that a full answer has at least, the start included. */
  readonly lines: number;
  /** Reasons that would beg the question; `argument` never counts. */
  readonly without?: readonly RuleName[];
  readonly misconceptions: readonly Misconception[];
};
