import { refusalCheck, valueCheck } from "../../check";
import { Big, big } from "../../oracle";
import type { Specification } from "../../specification";

const minusLog = (x: number) => big(x).ln().neg();
const truth = (fn: string, a: number, b: number | readonly number[]): number | boolean => {
  if (fn === "oneHotCrossEntropy") {
    const x = (b as readonly number[])[a]!;
    return x === 0 ? Number.POSITIVE_INFINITY : minusLog(x).plus(0).toNumber();
  }
  if (fn === "penaltyRatio")
    return minusLog(a)
      .div(minusLog(b as number))
      .toNumber();
  return big(a).lt(new Big(2).ln().div(b as number));
};

export const specification: Specification = {
  id: "e06",
  slug: "one-hot",
  given: [],
  checks: [
    valueCheck({
      id: "collapse",
      title: "oneHotCrossEntropy() is −log of the probability of what happened",
      points: 1.5,
      calls: (random) => [
        ["oneHotCrossEntropy", 0, [0.9, 0.05, 0.05]],
        ["oneHotCrossEntropy", 2, [0.1, 0.2, 0.6, 0.1]],
        ["oneHotCrossEntropy", 1, [0.333, 0.333, 0.333]],
        ...random.list(8, () => {
          const size = random.integer(2, 20);
          return ["oneHotCrossEntropy", random.integer(0, size - 1), random.distribution(size)] as const;
        }),
      ],
      truth,
      shrink: {
        fn: "oneHotCrossEntropy",
        arguments: (fc) =>
          fc
            .integer({ min: 1, max: 9 })
            .chain((k) => fc.tuple(fc.integer({ min: 0, max: 1 }), fc.constant([k / 10, 1 - k / 10]))),
      },
    }),
    valueCheck({
      id: "extremes",
      title: "a certain hit costs +0, a certain miss Infinity, and 1e-6 costs 13.8",
      points: 1,
      calls: () => [
        ["oneHotCrossEntropy", 0, [1, 0]],
        ["oneHotCrossEntropy", 1, [1, 0]],
        ["oneHotCrossEntropy", 1, [1 - 1e-6, 1e-6]],
      ],
      truth,
      also: (value) => (Object.is(value, -0) ? "the result is -0, wanted 0" : undefined),
      needs: ["collapse"],
    }),
    refusalCheck({
      id: "class",
      title: "a class that does not exist is refused",
      points: 0.5,
      calls: () => [
        ["oneHotCrossEntropy", 3, [0.2, 0.3, 0.5]],
        ["oneHotCrossEntropy", -1, [0.2, 0.3, 0.5]],
        ["oneHotCrossEntropy", 0.5, [0.5, 0.5]],
      ],
      needs: ["collapse"],
    }),
    valueCheck({
      id: "ratio",
      title: "penaltyRatio() compares two losses: 0.01 is punished twice as hard as 0.1",
      points: 1,
      calls: (random) => [
        ["penaltyRatio", 0.01, 0.1],
        ["penaltyRatio", 0.9, 0.99],
        ...random.list(
          6,
          () => ["penaltyRatio", random.between(0.001, 0.9), random.between(0.001, 0.9)] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "bound",
      title: "allCorrectBound() is true exactly below (log 2)/n",
      points: 1,
      calls: (random) => [
        ["allCorrectBound", 0.69, 1],
        ["allCorrectBound", 0.7, 1],
        ["allCorrectBound", 0.0069, 100],
        ["allCorrectBound", 0.0071, 100],
        ["allCorrectBound", 0.6, 2],
        ["allCorrectBound", 0.1, 7],
        ...random.list(10, () => {
          const n = random.integer(2, 1000);
          return ["allCorrectBound", (Math.LN2 / n) * random.choose([0.5, 0.95, 1.02, 1.3]), n] as const;
        }),
      ],
      truth,
    }),
  ],
};
