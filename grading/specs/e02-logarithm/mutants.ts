import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

type F = (p: number) => number;
const right = stepsOf([
  ["I(p^(m / n))", "start"],
  ["I((p^(1 / n))^m)", "power of a power"],
  ["I(prod(r, p^(1 / n)))", "power of a power"],
  ["sum(r, I(p^(1 / n)))", "additivity"],
  ["m * I(p^(1 / n))", "linearity"],
  ["m / n * (n * I(p^(1 / n)))", "algebra"],
  ["m / n * sum(s, I(p^(1 / n)))", "linearity"],
  ["m / n * I(prod(s, p^(1 / n)))", "additivity"],
  ["m / n * I(p)", "power of a power"],
]);
const grid = Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20);
const pairs = grid.flatMap((p) => grid.map((q) => [p, q] as const));
const near = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a) + Math.abs(b));
interface Choices {
  readonly points?: readonly (readonly [number, number])[];
  readonly zero?: (f: F) => boolean;
  readonly falls?: (f: F, p: number, q: number) => boolean;
  readonly adds?: (f: F, p: number, q: number) => boolean;
}
const search =
  ({ points = pairs, zero = (f) => near(f(1), 0), falls, adds }: Choices) =>
  (f: F, axiom: 1 | 2 | 3) => {
    for (const [p, q] of points) {
      const ok =
        axiom === 1
          ? zero(f)
          : axiom === 2
            ? (falls ?? ((g, a, b) => a >= b || g(a) > g(b)))(f, p, q)
            : (adds ?? ((g, a, b) => near(g(a * b), g(a) + g(b))))(f, p, q);
      if (!ok) return { p, q };
    }
    return null;
  };

export const mutants: readonly Mutant[] = [
  {
    name: "one candidate missing",
    check: "candidates",
    message: "Four candidates were asked, with exactly these names.",
    code: { candidates: () => ({ "1 - p": (p: number) => 1 - p, "-log p": (p: number) => -Math.log(p) }) },
  },
  {
    name: "square inside",
    check: "candidates",
    message: "log(p²) is 2·log p. (log p)² squares the logarithm.",
    code: {
      candidates: () => ({
        "1 - p": (p: number) => 1 - p,
        "1/p - 1": (p: number) => 1 / p - 1,
        "(log p)^2": (p: number) => Math.log(p ** 2),
        "-log p": (p: number) => -Math.log(p),
      }),
    },
  },
  {
    name: "p + q for and",
    check: "additive",
    message: "Independent events multiply: both happening has probability p·q, not p + q.",
    code: { violates: search({ adds: (f, p, q) => p + q > 1 || near(f(p + q), f(p) + f(q)) }) },
  },
  {
    name: "only equal pairs",
    check: "additive",
    message:
      "Your f adds only when p = q: one agreeing kind of pair proves nothing, try pairs of different probabilities.",
    code: { violates: search({ points: grid.map((p) => [p, p] as const) }) },
  },
  {
    name: "one pair",
    check: "additive",
    message: "One agreeing pair proves nothing: search many pairs.",
    code: { violates: search({ points: [[0.5, 0.5]] }) },
  },
  {
    name: "surprises multiply",
    check: "additive",
    message: "Probabilities multiply, surprises add: compare f(p·q) with f(p) + f(q).",
    code: { violates: search({ adds: (f, p, q) => near(f(p * q), f(p) * f(q)) }) },
  },
  {
    name: "never a violation",
    check: "additive",
    message: "A counter-example exists: evaluate f and look for one.",
    code: { violates: () => null },
  },
  {
    name: "accepts rising functions",
    check: "order",
    message: "Less likely must be more surprising: f has to fall as p grows.",
    code: { violates: search({ falls: (f, p, q) => p >= q || f(p) !== f(q) }) },
  },
  {
    name: "zero at zero",
    check: "order",
    message: "What is certain has p = 1: look at f(1), not f(0).",
    code: { violates: search({ zero: (f) => !Number.isNaN(f(0)) }) },
  },
  {
    name: "the unit is a violation",
    check: "none",
    message: "Changing the base only changes k; it is a unit, not a violation.",
    code: {
      violates: search({ adds: (f, p, q) => near(f(p * q), f(p) + f(q)) && near(f(p), -Math.log(p)) }),
    },
  },
  {
    name: "rounding is a violation",
    check: "none",
    message: "f(p·q) and f(p) + f(q) differ in the last digits even for −log p: allow for rounding.",
    code: { violates: search({ adds: (f, p, q) => f(p * q) === f(p) + f(q) }) },
  },
  ...derivationMutants("steps", "steps", derivationTasks.E02!, right),
];
