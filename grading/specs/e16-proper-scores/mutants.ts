import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";
import type { Score } from "./scores";

type P = readonly number[];
const right = stepsOf([
  ["diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", "start"],
  ["p[k] * diff(S(q[k]), q[k]) - lambda == 0", "differentiate", "<=>"],
  ["p[k] * diff(S(q[k]), q[k]) == lambda", "both sides", "<=>"],
]);
const mean = (score: Score, p: P, q: P) => p.reduce((s, x, c) => (x > 0 ? s + x * score(c, q) : s), 0);
const uniform = (k: number) => Array<number>(k).fill(1 / k);

/** moves mass between classes while that lowers `cost` */
function descend(start: P, cost: (q: P) => number): number[] {
  let best = start.slice();
  let least = cost(best);
  for (let portion = 0.25; portion > 1e-7; portion /= 2) {
    for (let moved = true, rounds = 0; moved && rounds < 100; rounds++) {
      moved = false;
      for (let from = 0; from < best.length; from++)
        for (let to = 0; to < best.length; to++) {
          const mass = Math.min(portion, best[from]!);
          if (from === to || mass === 0) continue;
          const q = best.slice();
          q[from]! -= mass;
          q[to]! += mass;
          const value = cost(q);
          if (value < least) {
            [best, least] = [q, value];
            moved = true;
          }
        }
    }
  }
  return best;
}

/** searches for a witness against a score; `refutes` decides what counts as one */
const search =
  (refutes: (score: Score, p: P, q: P) => boolean, size = (classes: number) => classes) =>
  (score: Score, classes: number, random: () => number) => {
    const draw = () => {
      const w = Array.from({ length: size(classes) }, () => 0.1 + random());
      return w.map((x) => x / w.reduce((a, b) => a + b, 0));
    };
    for (let trial = 0; trial < 300; trial++) {
      const [p, other] = [draw(), draw()];
      const share = 0.1 + 0.9 * random();
      if (
        refutes(
          score,
          p,
          p.map((x, k) => x + share * (other[k]! - x)),
        )
      )
        return false;
    }
    return true;
  };

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "steps", derivationTasks.E16!, right),
  {
    name: "judged under q",
    check: "honest",
    message: "Judge under p, not under your own q: the world draws the classes, not the forecaster.",
    code: { bestResponse: (score: Score, p: P) => descend(uniform(p.length), (q) => mean(score, q, q)) },
  },
  {
    name: "largest score",
    check: "honest",
    message: "Losses are minimised: you looked for the forecast that costs most.",
    code: { bestResponse: (score: Score, p: P) => descend(p, (q) => -mean(score, p, q)) },
  },
  {
    name: "best corner",
    check: "honest",
    message: "You compared only the sure forecasts such as [1, 0, 0]. Every distribution is allowed.",
    code: {
      bestResponse: (score: Score, p: P) => {
        const corners = p.map((_, c) => p.map((_, k) => (k === c ? 1 : 0)));
        const costs = corners.map((q) => mean(score, p, q));
        return corners[costs.indexOf(Math.min(...costs))];
      },
    },
  },
  {
    name: "not normalised",
    check: "honest",
    message: "The forecast must sum to 1: without that condition every probability wants to be 1.",
    code: { bestResponse: (_: Score, p: P) => p.map(() => 1) },
  },
  {
    name: "coarse grid",
    check: "honest",
    message: "Right to one digit only: refine the steps of your search down to 1e-6.",
    code: {
      bestResponse: (score: Score, p: P) => {
        let best: number[] = uniform(p.length);
        const walk = (head: number[], left: number) => {
          if (head.length === p.length - 1) {
            const q = [...head, left].map((x) => x / 50);
            if (mean(score, p, q) < mean(score, p, best)) best = q;
          } else for (let i = 0; i <= left; i++) walk([...head, i], left - i);
        };
        walk([], 50);
        return best;
      },
    },
  },
  {
    name: "every score taken as proper",
    check: "dishonest",
    message: "You returned p whatever the score. Only proper scores reward that: search for the minimum.",
    code: { bestResponse: (_: Score, p: P) => p.slice() },
  },
  {
    name: "favourite takes all",
    check: "dishonest",
    message: "Right for the absolute score, which is linear in q. The others have their minimum inside.",
    code: {
      // honest where that is right, the corner elsewhere
      bestResponse: (score: Score, p: P) => {
        const q = descend(uniform(p.length), (x) => mean(score, p, x));
        const honest = q.every((x, k) => Math.abs(x - p[k]!) < 1e-4);
        return honest ? q : p.map((x) => (x === Math.max(...p) ? 1 : 0));
      },
    },
  },
  {
    name: "smooth means proper",
    check: "proper",
    message:
      "The absolute loss is smooth and still rewards saying 1 at p = 0.7. Being differentiable proves nothing: compare expected scores.",
    code: {
      isProper: (score: Score, classes: number, random: () => number) =>
        search((s, _, q) => Math.abs(s(0, q) - s(0, [q[0]! + 1e-9, q[1]! - 1e-9, ...q.slice(2)])) === 0)(
          score,
          classes,
          random,
        ),
    },
  },
  {
    name: "ties accepted",
    check: "proper",
    message:
      "The zero-one loss cannot tell p from another forecast with the same favourite. Strictly proper: a tie refutes it.",
    code: { isProper: search((s, p, q) => mean(s, p, q) < mean(s, p, p)) },
  },
  {
    name: "score taken as a reward",
    check: "proper",
    message: "Losses are minimised: you asked for the forecast with the largest score.",
    code: { isProper: search((s, p, q) => mean(s, p, q) >= mean(s, p, p)) },
  },
  {
    name: "compared with the uniform forecast",
    check: "proper",
    message: "Beating the uniform forecast is not enough: p has to beat every other forecast.",
    code: { isProper: search((s, p) => mean(s, p, uniform(p.length)) < mean(s, p, p)) },
  },
  {
    name: "expectation under the forecast",
    check: "proper",
    message: "Judge under p, not under q: each forecast is tried in the same world.",
    code: { isProper: search((s, p, q) => mean(s, q, q) <= mean(s, p, p)) },
  },
  {
    name: "two classes only",
    check: "classes",
    message: "K = 2 lets other scores through: test with the number of classes that was asked for.",
    code: {
      isProper: search(
        (s, p, q) => mean(s, p, q) <= mean(s, p, p),
        () => 2,
      ),
    },
  },
  {
    name: "linear cost",
    check: "local",
    message:
      "1 − p is local but not proper: it rewards giving everything to the favourite. p·s′(p) must be constant.",
    code: { localProper: () => (p: number) => 1 - p },
  },
  {
    name: "half a Brier score",
    check: "local",
    message:
      "(1 − p)² is proper for two classes only. For three, p·s′(p) must be constant: what function has slope 1/p?",
    code: { localProper: () => (p: number) => (1 - p) ** 2 },
  },
  {
    name: "log as a reward",
    check: "local",
    message: "log p grows with p: as a loss it punishes being right. The sign is minus.",
    code: { localProper: () => (p: number) => Math.log(p) },
  },
  {
    name: "inverse probability",
    check: "local",
    message: "1/p has slope −1/p², so p·s′(p) = −1/p is not constant.",
    code: { localProper: () => (p: number) => 1 / p },
  },
  {
    name: "guarded logarithm",
    check: "local",
    message: "log(p + ε) is not proper: p/(p + ε) is not constant. Leave log 0 infinite.",
    code: { localProper: () => (p: number) => -Math.log(p + 1e-3) },
  },
];
