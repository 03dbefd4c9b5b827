import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

type P = readonly number[];
const right = stepsOf([
  ["-KL(p, q)", "start"],
  ["-sumWhere(i, p[i] > 0, p[i] * log(p[i] / q[i]))", "definition"],
  ["sumWhere(i, p[i] > 0, p[i] * log(q[i] / p[i]))", "log of a quotient"],
  ["sumWhere(i, p[i] > 0, p[i] * (q[i] / p[i] - 1))", "log x <= x - 1", "<="],
  ["sumWhere(i, p[i] > 0, q[i] - p[i])", "algebra"],
  ["sumWhere(i, p[i] > 0, q[i]) - sumWhere(i, p[i] > 0, p[i])", "linearity"],
  ["sum(i, q[i]) - sumWhere(i, p[i] > 0, p[i])", "part of a sum", "<="],
  ["1 - 1", "sums to 1"],
  ["0", "rearrange"],
]);
const over = (p: P, q: P, f: (x: number, p: number, q: number) => number) =>
  p.reduce((s, pi, i) => (pi > 0 ? s + f(q[i]! / pi, pi, q[i]!) : s), 0);
const gap = (x: number) => x - 1 - Math.log(x);

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "gibbsSteps", derivationTasks.E05!, right),
  {
    name: "inequality reversed",
    check: "tightness",
    message: "log x ≤ x − 1: what is given away is x − 1 − log x, never negative.",
    code: { tightness: (p: P, q: P) => over(p, q, (x, pi) => -pi * gap(x)) },
  },
  {
    name: "ratio upside down",
    check: "tightness",
    message: "x is q/p here, not p/q.",
    code: { tightness: (p: P, q: P) => over(p, q, (x, pi) => pi * gap(1 / x)) },
  },
  {
    name: "weighted by q",
    check: "tightness",
    message: "The gaps are averaged under p, the law of the outcomes, not under q.",
    code: {
      tightness: (p: P, q: P) =>
        over(p, q, (x, _p, qi) => (qi === 0 ? Number.POSITIVE_INFINITY : qi * gap(x))),
    },
  },
  {
    name: "gaps not weighted",
    check: "tightness",
    message: "Weight each gap by p.",
    code: { tightness: (p: P, q: P) => over(p, q, (x) => gap(x)) },
  },
  {
    name: "the other direction",
    check: "tightness",
    message: "Exchanged: p is the first argument, and Gibbs' inequality is not symmetric.",
    code: { tightness: (p: P, q: P) => over(q, p, (x, qi) => qi * gap(x)) },
  },
  {
    name: "only the divergence",
    check: "support",
    message:
      "That is D(p‖q): right only if q puts no mass outside of p's support. There Σ q < 1 and x − 1 does not cancel.",
    code: { tightness: (p: P, q: P) => over(p, q, (x, pi) => -pi * Math.log(x)) },
  },
  {
    name: "support of q",
    check: "support",
    message: "0·log(…/0) gave NaN: sum only where p > 0.",
    code: { tightness: (p: P, q: P) => p.reduce((s, pi, i) => s + pi * gap(q[i]! / pi), 0) },
  },
  {
    name: "q = 0 skipped",
    check: "impossible",
    message: "You left out q = 0: −log 0 = Infinity, the inequality gives away everything.",
    code: { tightness: (p: P, q: P) => over(p, q, (x, pi) => (x === 0 ? 0 : pi * gap(x))) },
  },
];
