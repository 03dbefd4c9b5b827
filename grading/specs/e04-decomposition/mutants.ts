import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

const right = stepsOf([
  ["-sum(i, p[i] * log(q[i]))", "start"],
  ["-sum(i, p[i] * (log(q[i]) - log(p[i]) + log(p[i])))", "add and subtract"],
  ["-sum(i, p[i] * log(p[i])) + sum(i, p[i] * (log(p[i]) - log(q[i])))", "linearity"],
  ["H(p) + sum(i, p[i] * (log(p[i]) - log(q[i])))", "definition"],
  ["H(p) + sum(i, p[i] * log(p[i] / q[i]))", "log of a quotient"],
  ["H(p) + KL(p, q)", "definition"],
]);

export const mutants: readonly Mutant[] = derivationMutants("steps", "steps", derivationTasks.E04!, right);
