import { valueCheck } from "../../check";
import { derivationCheck } from "../../derivation";
import { big, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
/** KL minus (Σ p − Σ q), over the outcomes with p > 0: the identity, not the sum of gaps */
const truth = (_fn: string, p: P, q: P): number => {
  const happens = p.map((x, i) => ({ x: big(x), y: big(q[i]!) })).filter(({ x }) => !x.isZero());
  if (happens.some(({ y }) => y.isZero())) return Number.POSITIVE_INFINITY;
  const kl = sum(happens.map(({ x, y }) => x.times(x.ln().minus(y.ln()))));
  return kl.minus(sum(happens.map(({ x }) => x)).minus(sum(happens.map(({ y }) => y)))).toNumber();
};
const pair = (random: Random) => {
  const n = random.integer(2, 20);
  return [random.distribution(n), random.distribution(n)] as const;
};
// differences of numbers of size 1
const tolerance = { absolute: 1e-13, relative: 1e-11 };

export const specification: Specification = {
  id: "e05",
  slug: "gibbs",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "gibbsSteps proves D(p‖q) ≥ 0 by a chain of = and one inequality sign (D6)",
      points: 4,
      steps: "gibbsSteps",
      task: "E05",
    }),
    valueCheck({
      id: "tightness",
      title: "tightness() adds up what log x ≤ x − 1 gives away",
      points: 2,
      tolerance,
      calls: (random) => [
        ["tightness", [0.5, 0.5], [0.25, 0.75]],
        ["tightness", [0.3, 0.7], [0.3, 0.7]],
        ...random.list(6, () => ["tightness", ...pair(random)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "support",
      title: "tightness() sums over the outcomes of p, where q need not sum to 1",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["tightness", [1, 0], [0.5, 0.5]],
        ...random.list(
          4,
          () => ["tightness", [0, ...random.distribution(4), 0], random.distribution(6)] as const,
        ),
      ],
      truth,
      needs: ["tightness"],
    }),
    valueCheck({
      id: "impossible",
      title: "tightness() is Infinity where q excludes what p produces",
      points: 0.5,
      tolerance,
      calls: () => [["tightness", [0.5, 0.5], [1, 0]]],
      truth,
      needs: ["tightness"],
    }),
  ],
};
