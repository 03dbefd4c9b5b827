import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

const right = stepsOf([
  ["diff(-z[c] + log(sum(i, exp(z[i]))), z[k])", "start"],
  ["exp(z[k]) / sum(i, exp(z[i])) - delta(k, c)", "differentiate"],
  ["phat[k] - delta(k, c)", "definition"],
]);
const soft = stepsOf([
  ["diff(-sum(i, t[i] * log(phat[i])), z[k])", "start"],
  ["diff(-sum(i, t[i] * log(exp(z[i]) / sum(j, exp(z[j])))), z[k])", "definition"],
  ["diff(-sum(i, t[i] * (log(exp(z[i])) - log(sum(j, exp(z[j]))))), z[k])", "log of a quotient"],
  ["diff(-sum(i, t[i] * (z[i] - log(sum(j, exp(z[j]))))), z[k])", "log of exp"],
  ["-t[k] + exp(z[k]) / sum(j, exp(z[j])) * sum(i, t[i])", "differentiate"],
  ["-t[k] + exp(z[k]) / sum(j, exp(z[j]))", "sums to 1"],
  ["phat[k] - t[k]", "definition"],
]);

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "steps", derivationTasks.E13!, right),
  ...derivationMutants("soft", "softSteps", derivationTasks["E13 soft"]!, soft),
];
