import type { RuleName } from "./rule-names";

/** How a line relates to the line before it. `<=>`, `=>` and the limit `->` are written as in mathematics. */
export type Relation = "=" | "<=" | ">=" | "<" | ">" | "<=>" | "=>" | "->";

/**
 * One line of a derivation, the same type for D1 to D24 and for a learner's answer.
 *
 * `expression` is in mathjs syntax. Vectors are indexed from 1, `p[i]`, and sums are first class:
 * `sum(i, p[i] * log(q[i]))` runs over all K classes.
 */
export type Step = {
  readonly expression: string;
  /** Towards the line above; `=` when absent, and without meaning on the first line. */
  readonly relation?: Relation;
  /** The rule that leads from the line above to this one; `start` on the first line. */
  readonly by: RuleName;
  /** Words for the reader, shown beside the rule's name; for `argument`, the argument itself. */
  readonly note?: string;
  /** For `->`: the symbol that runs to infinity or to zero. */
  readonly limit?: { readonly of: string; readonly to: "infinity" | "zero" };
  /** For `<=` and `>=`: values that must turn the relation into an equality. */
  readonly equalWhen?: Readonly<Record<string, string>>;
};

/** What a symbol stands for, and so from where random points are drawn. Sizes are names such as `K`. */
export type Domain =
  | { readonly is: "distribution"; readonly size: string; readonly zeros?: boolean }
  | { readonly is: "joint"; readonly rows: string; readonly columns: string }
  | { readonly is: "conditional"; readonly rows: string; readonly columns: string }
  | { readonly is: "stationary"; readonly of: string; readonly size: string }
  | { readonly is: "real"; readonly size?: string; readonly columns?: string }
  | { readonly is: "positive"; readonly size?: string; readonly columns?: string }
  | { readonly is: "unit"; readonly size?: string; readonly below?: number }
  | { readonly is: "label"; readonly size: string }
  | { readonly is: "labels"; readonly length: string; readonly size: string }
  | { readonly is: "integer"; readonly from: number; readonly to: number }
  | { readonly is: "codeLengths"; readonly size: string };

/** One chain of lines inside a derivation. */
export type Chain = {
  readonly name: string;
  readonly steps: readonly Step[];
  /** For lines that are equations: the values at which they hold, `{ "q[i]": "p[i]" }`. */
  readonly at?: Readonly<Record<string, string>>;
};

/** A derivation of the course: data only, so that it can be shown, checked, broken and graded. */
export type Derivation = {
  /** Permanent: `D5`. */
  readonly id: string;
  /** Its file in src/derivations, without extension. */
  readonly slug: string;
  readonly title: string;
  /** The result in plain words, with its unit where it has one. */
  readonly statement: string;
  readonly symbols: Readonly<Record<string, Domain>>;
  /** Values that each size takes in turn when the derivation is checked; K = 2, 3, 4 unless told. */
  readonly sizes?: Readonly<Record<string, readonly number[]>>;
  /** Which size an index letter runs over, where it is not K. */
  readonly indices?: Readonly<Record<string, string>>;
  /** `{ "H(a)": "-sum(i, a[i] * log(a[i]))" }`: opened by the rule `definition`. */
  readonly definitions?: Readonly<Record<string, string>>;

  /** Unknown functions: rules know only what `turns` says; numbers use this instance. */
  readonly unknown?: Readonly<Record<string, { readonly instance: string; readonly turns?: string }>>;
  readonly assumptions: readonly string[];
  readonly chains: readonly Chain[];
  /** Wrong lines that people write, to be offered by "break this step"; chains from 0, lines from 1. */
  readonly misconceptions?: readonly {
    readonly chain?: number;
    readonly line: number;
    readonly expression: string;
    readonly says: string;
  }[];
  /** LaTeX of a symbol or function; `#1`, `#2` stand for its arguments. */
  readonly latex?: Readonly<Record<string, string>>;
};
