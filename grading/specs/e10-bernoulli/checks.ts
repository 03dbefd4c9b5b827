import { valueCheck } from "../../check";
import { derivationCheck } from "../../derivation";
import { big, cost } from "../../oracle";
import type { Specification } from "../../specification";

const truth = (_fn: string, y: number, p: number): number =>
  cost(y, p)
    .plus(y === 1 ? 0 : cost(1, big(1).minus(big(p))).times(big(1).minus(big(y))))
    .toNumber();

export const specification: Specification = {
  id: "e10",
  slug: "bernoulli",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps leads from the Bernoulli probability to the binary cross-entropy (D11)",
      points: 2.5,
      steps: "steps",
      task: "E10",
    }),
    valueCheck({
      id: "hard",
      title: "bce() charges −log p for y = 1 and −log(1 − p) for y = 0",
      points: 1.5,
      calls: (random) => [
        ["bce", 1, 0.95],
        ["bce", 0, 0.5],
        ["bce", 0, 0.95],
        ...random.list(6, () => ["bce", random.integer(0, 1), random.between(0.02, 0.98)] as const),
      ],
      truth,
      shrink: {
        fn: "bce",
        arguments: (fc) =>
          fc.tuple(
            fc.constantFrom(0, 1),
            fc.integer({ min: 1, max: 9 }).map((k) => k / 10),
          ),
      },
    }),
    valueCheck({
      id: "soft",
      title: "bce() weighs both terms for a soft label",
      points: 1,
      calls: (random) => [
        ["bce", 0.5, 0.5],
        ...random.list(6, () => ["bce", random.between(0.05, 0.95), random.between(0.02, 0.98)] as const),
      ],
      truth,
      needs: ["hard"],
    }),
    valueCheck({
      id: "certain",
      title: "a certain hit costs 0, a certain error Infinity, never NaN or less than 0",
      points: 1,
      calls: () => [
        ["bce", 1, 1],
        ["bce", 0, 0],
        ["bce", 1, 0],
        ["bce", 0, 1],
        ["bce", 0.5, 0],
      ],
      truth,
      needs: ["hard"],
    }),
  ],
};
