import { D1 } from "./d01-logarithm";
import { D2 } from "./d02-kraft";
import { D3 } from "./d03-best-lengths";
import { D4 } from "./d04-wrong-code";
import { D5 } from "./d05-decomposition";
import { D6 } from "./d06-gibbs";
import { D7 } from "./d07-chain-rule";
import type { Derivation } from "./types";

export type { CheckOptions, CounterExample, StepReport } from "./check";
export { type Rendered, render } from "./render";
export { checkDerivation, type Report } from "./report";
export { type RuleName, ruleNames } from "./rule-names";
export type { Chain, Derivation, Domain, Relation, Step } from "./types";
export { D1, D2, D3, D4, D5, D6, D7 };

/** All derivations of the course, in order. */
export const derivations: readonly Derivation[] = [D1, D2, D3, D4, D5, D6, D7];
