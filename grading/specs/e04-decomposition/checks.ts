import { derivationCheck } from "../../derivation";
import type { Specification } from "../../specification";

export const specification: Specification = {
  id: "e04",
  slug: "decomposition",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps leads from −Σ p log q to H(p) + D(p‖q), each line by a rule (D5)",
      points: 8,
      steps: "steps",
      task: "E04",
    }),
  ],
};
