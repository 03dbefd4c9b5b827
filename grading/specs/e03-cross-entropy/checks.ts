import { refusalCheck, valueCheck } from "../../check";
import { bigCrossEntropy, bigKl } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type Pair = readonly [readonly number[], readonly number[]];
const truth = (fn: string, p: readonly number[], q: readonly number[]): number =>
  (fn === "klDivergence" ? bigKl(p, q) : bigCrossEntropy(p, q)).toNumber();

const example: Pair = [
  [0.7, 0.2, 0.1],
  [0.5, 0.3, 0.2],
];
const pair = (random: Random): Pair => {
  const size = random.integer(2, 50);
  return [random.distribution(size), random.distribution(size)];
};
/** p with some outcomes that never happen; q may leave out the same ones */
const withZeros = (random: Random, shared: boolean): Pair => {
  const [p, q] = [random.distribution(4), random.distribution(shared ? 4 : 6)];
  return [[0, ...p, 0], shared ? [0, ...q, 0] : q];
};
const both = (pairs: readonly Pair[]) =>
  pairs.flatMap(([p, q]) => [["crossEntropy", p, q] as const, ["klDivergence", p, q] as const]);
// KL is a sum of terms of both signs: its error is measured against terms of size 1
const tolerance = { absolute: 1e-13, relative: 1e-12 };
const small = (fn: string) => ({
  fn,
  arguments: (fc: typeof import("fast-check")) => {
    const two = fc.integer({ min: 1, max: 9 }).map((k) => [k / 10, 1 - k / 10]);
    return fc.tuple(two, two);
  },
});

export const specification: Specification = {
  id: "e03",
  slug: "cross-entropy",
  given: [],
  checks: [
    valueCheck({
      id: "cross-entropy",
      title: "crossEntropy() averages −log q under p",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["crossEntropy", ...example],
        ["crossEntropy", ...([...example].reverse() as unknown as Pair)],
        ...random.list(8, () => ["crossEntropy", ...pair(random)] as const),
      ],
      truth,
      shrink: small("crossEntropy"),
    }),
    valueCheck({
      id: "kl",
      title: "klDivergence() averages log(p/q) under p",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["klDivergence", ...example],
        ["klDivergence", ...([...example].reverse() as unknown as Pair)],
        ["klDivergence", example[0], example[0]],
        ...random.list(8, () => ["klDivergence", ...pair(random)] as const),
      ],
      truth,
      shrink: small("klDivergence"),
    }),
    valueCheck({
      id: "never-happens",
      title: "an outcome that never happens costs nothing, 0/0 included",
      points: 1,
      tolerance,
      calls: (random) =>
        both([
          [
            [1, 0],
            [1, 0],
          ],
          [
            [0.5, 0.5, 0],
            [0.25, 0.25, 0.5],
          ],
          withZeros(random, true),
          withZeros(random, false),
        ]),
      truth,
      needs: ["cross-entropy", "kl"],
    }),
    valueCheck({
      id: "impossible",
      title: "an outcome that q calls impossible costs Infinity",
      points: 1,
      calls: (random) =>
        both([
          [
            [0.5, 0.5],
            [1, 0],
          ],
          [random.distribution(6), [0, ...random.distribution(4), 0]],
        ]),
      truth,
      needs: ["cross-entropy", "kl"],
    }),
    refusalCheck({
      id: "refuses",
      title: "what is not a distribution is refused",
      points: 1,
      calls: () =>
        both([
          [
            [0.5, 0.6],
            [0.5, 0.5],
          ],
          [
            [0.5, 0.5],
            [0.7, 0.2],
          ],
          [
            [1.2, -0.2],
            [0.5, 0.5],
          ],
          [
            [0.5, 0.5],
            [1.1, -0.1],
          ],
          [
            [Number.NaN, 1],
            [0.5, 0.5],
          ],
          [[0.5, 0.5], [1]],
          [[], []],
        ]),
      needs: ["cross-entropy", "kl"],
    }),
  ],
};
