import { derivationCheck } from "../../derivation";
import type { Specification } from "../../specification";

export const specification: Specification = {
  id: "e13",
  slug: "softmax-gradient",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps derives p̂ₖ − [k = c] for a true class c (D13)",
      points: 5,
      steps: "steps",
      task: "E13",
    }),
    derivationCheck({
      id: "soft",
      title: "softSteps derives p̂ₖ − tₖ for soft targets",
      points: 5,
      steps: "softSteps",
      task: "E13 soft",
    }),
  ],
};
