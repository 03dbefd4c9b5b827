/** The exercises whose specification is written, in order. */
import type { Hidden } from "../hidden";
import type { Mutant, Specification } from "../specification";
import * as e01c from "./e01-surprisal/checks";
import * as e01h from "./e01-surprisal/hidden";
import * as e01m from "./e01-surprisal/mutants";
import * as e02c from "./e02-logarithm/checks";
import * as e02m from "./e02-logarithm/mutants";
import * as e03c from "./e03-cross-entropy/checks";
import * as e03h from "./e03-cross-entropy/hidden";
import * as e03m from "./e03-cross-entropy/mutants";
import * as e04c from "./e04-decomposition/checks";
import * as e04m from "./e04-decomposition/mutants";
import * as e05c from "./e05-gibbs/checks";
import * as e05m from "./e05-gibbs/mutants";
import * as e06c from "./e06-one-hot/checks";
import * as e06h from "./e06-one-hot/hidden";
import * as e06m from "./e06-one-hot/mutants";
import * as e07c from "./e07-wrong-code/checks";
import * as e07m from "./e07-wrong-code/mutants";
import * as e08c from "./e08-maximum-likelihood/checks";
import * as e08m from "./e08-maximum-likelihood/mutants";
import * as e09c from "./e09-finite-samples/checks";
import * as e09m from "./e09-finite-samples/mutants";
import * as e10c from "./e10-bernoulli/checks";
import * as e10h from "./e10-bernoulli/hidden";
import * as e10m from "./e10-bernoulli/mutants";
import * as e11c from "./e11-logits/checks";
import * as e11m from "./e11-logits/mutants";
import * as e12c from "./e12-log-sum-exp/checks";
import * as e12h from "./e12-log-sum-exp/hidden";
import * as e12m from "./e12-log-sum-exp/mutants";
import * as e13c from "./e13-softmax-gradient/checks";
import * as e13m from "./e13-softmax-gradient/mutants";
import * as e14c from "./e14-batch/checks";
import * as e14h from "./e14-batch/hidden";
import * as e14m from "./e14-batch/mutants";
import * as e15c from "./e15-curvature/checks";
import * as e15m from "./e15-curvature/mutants";
import * as e16c from "./e16-proper-scores/checks";
import * as e16m from "./e16-proper-scores/mutants";
import * as e17c from "./e17-calibration/checks";
import * as e17m from "./e17-calibration/mutants";
import * as e18c from "./e18-temperature/checks";
import * as e18m from "./e18-temperature/mutants";
import * as e19c from "./e19-smoothing/checks";
import * as e19m from "./e19-smoothing/mutants";
import * as e20c from "./e20-distillation/checks";
import * as e20m from "./e20-distillation/mutants";
import * as e21c from "./e21-weights/checks";
import * as e21m from "./e21-weights/mutants";
import * as e22c from "./e22-masks/checks";
import * as e22m from "./e22-masks/mutants";
import * as e23c from "./e23-sequences/checks";
import * as e23m from "./e23-sequences/mutants";
import * as e24c from "./e24-rates/checks";
import * as e24m from "./e24-rates/mutants";
import * as e25c from "./e25-noise/checks";
import * as e25m from "./e25-noise/mutants";
import * as e26c from "./e26-preferences/checks";
import * as e26m from "./e26-preferences/mutants";
import * as e27c from "./e27-capstone/checks";
import * as e27m from "./e27-capstone/mutants";
import * as e28c from "./e28-museum/checks";
import * as e28m from "./e28-museum/mutants";

export interface Exercise {
  readonly specification: Specification;
  readonly mutants: readonly Mutant[];
  /** only in coursework */
  readonly hidden?: readonly Hidden[];
}

const exercise = (
  checks: { readonly specification: Specification },
  wrong: { readonly mutants: readonly Mutant[] },
  deeper?: { readonly hidden: readonly Hidden[] },
): Exercise => ({
  specification: checks.specification,
  mutants: wrong.mutants,
  ...(deeper === undefined ? {} : { hidden: deeper.hidden }),
});

export const exercises: readonly Exercise[] = [
  exercise(e01c, e01m, e01h),
  exercise(e02c, e02m),
  exercise(e03c, e03m, e03h),
  exercise(e04c, e04m),
  exercise(e05c, e05m),
  exercise(e06c, e06m, e06h),
  exercise(e07c, e07m),
  exercise(e08c, e08m),
  exercise(e09c, e09m),
  exercise(e10c, e10m, e10h),
  exercise(e11c, e11m),
  exercise(e12c, e12m, e12h),
  exercise(e13c, e13m),
  exercise(e14c, e14m, e14h),
  exercise(e15c, e15m),
  exercise(e16c, e16m),
  exercise(e17c, e17m),
  exercise(e18c, e18m),
  exercise(e19c, e19m),
  exercise(e20c, e20m),
  exercise(e21c, e21m),
  exercise(e22c, e22m),
  exercise(e23c, e23m),
  exercise(e24c, e24m),
  exercise(e25c, e25m),
  exercise(e26c, e26m),
  exercise(e27c, e27m),
  exercise(e28c, e28m),
];
