/**
 * The fixed list of reasons. NOTATION.md explains each with an example; rules.ts and theorems.ts decide whether a
 * rule explains a step.
 */
export const ruleNames = [
  "start",
  // Equalities: both lines have the same canonical tree after the rule's normaliser.
  "rearrange",
  "definition",
  "earlier result",
  "add and subtract",
  "cancel",
  "algebra",
  "linearity",
  "exchange sums",
  "log of a product",
  "log of a quotient",
  "log of a power",
  "log of exp",
  "exp of a sum",
  "power of a power",
  "sums to 1",
  "pick the term",
  "differentiate",
  "chain rule",
  "additivity",
  "both sides",
  "solve",
  "Gaussian moments",
  // Named theorems: their hypotheses are checked.
  "log x <= x - 1",
  "Jensen, log concave",
  "log-sum inequality",
  "ceiling",
  "nonnegative terms",
  "part of a sum",
  "Gibbs",

  "largest term",
  "limit",
  // What no rule decides: counted, listed, never shown as machine-checked.
  "argument",
] as const;

/** A reason that a step may give. */
export type RuleName = (typeof ruleNames)[number];
