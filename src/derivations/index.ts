import { D1 } from "./d01-logarithm";
import { D2 } from "./d02-kraft";
import { D3 } from "./d03-best-lengths";
import { D4 } from "./d04-wrong-code";
import { D5 } from "./d05-decomposition";
import { D6 } from "./d06-gibbs";
import { D7 } from "./d07-chain-rule";
import { D8 } from "./d08-maximum-likelihood";
import { D9 } from "./d09-finite-sample";
import { D10 } from "./d10-gaussian";
import { D11 } from "./d11-bce";
import { D12 } from "./d12-log-sum-exp";
import { D13 } from "./d13-softmax-gradient";
import { D14 } from "./d14-hessian";
import { D15 } from "./d15-proper-scoring";
import { D16 } from "./d16-temperature";
import { D17 } from "./d17-smoothing";
import { D18 } from "./d18-distillation";
import { D19 } from "./d19-weights";
import { D20 } from "./d20-noise-focal";
import { D21 } from "./d21-perplexity";
import { D22 } from "./d22-rates";
import { D23 } from "./d23-dpo";
import { D24 } from "./d24-initial-loss";
import type { Derivation } from "./types";

export { type Break, breakControl, breakStep } from "./break";
export type { CheckOptions, CounterExample, StepReport } from "./check";
export { type Grade, type GradeMessage, gradeSteps } from "./grade";
export { type Rendered, render } from "./render";
export { checkDerivation, type Report } from "./report";
export { type RuleName, ruleNames } from "./rule-names";
export {
  falseOverSeeds,
  type Leap,
  type Mutant,
  type MutantStudy,
  type PlainPoint,
  studyLeaps,
  studyMutants,
} from "./study";
export type { DerivationTask, Milestone, Misconception } from "./task";
export { derivationTasks } from "./tasks/index";
export type { Chain, Derivation, Domain, Relation, Step } from "./types";
export {
  D1,
  D2,
  D3,
  D4,
  D5,
  D6,
  D7,
  D8,
  D9,
  D10,
  D11,
  D12,
  D13,
  D14,
  D15,
  D16,
  D17,
  D18,
  D19,
  D20,
  D21,
  D22,
  D23,
  D24,
};

/** All derivations of the course, in order. */
export const derivations: readonly Derivation[] = [
  D1,
  D2,
  D3,
  D4,
  D5,
  D6,
  D7,
  D8,
  D9,
  D10,
  D11,
  D12,
  D13,
  D14,
  D15,
  D16,
  D17,
  D18,
  D19,
  D20,
  D21,
  D22,
  D23,
  D24,
];
