import { valueCheck } from "../../check";
import { Big, big, bigEntropy } from "../../oracle";
import type { Specification } from "../../specification";

const truth = (fn: string, x: number | readonly number[]): number => {
  if (fn === "entropy") return bigEntropy(x as number[]).toNumber();
  if (fn === "toBits")
    return big(x as number)
      .div(new Big(2).ln())
      .toNumber();
  return x === 0
    ? Number.POSITIVE_INFINITY
    : big(x as number)
        .ln()
        .neg()
        .plus(0)
        .toNumber();
};
const plusZero = (value: unknown) =>
  Object.is(value, -0) ? "the result is -0: a certain outcome has surprise 0, without a sign" : undefined;

export const specification: Specification = {
  id: "e01",
  slug: "surprisal",
  given: [],
  checks: [
    valueCheck({
      id: "surprisal",
      title: "surprisal() is −log p, in nats",
      points: 1,
      calls: (random) => [
        ["surprisal", 0.01],
        ["surprisal", 0.5],
        ...random.list(8, () => ["surprisal", random.between(0.001, 0.99)] as const),
      ],
      truth,
      shrink: {
        fn: "surprisal",
        arguments: (fc) => fc.tuple(fc.integer({ min: 1, max: 9 }).map((k) => k / 10)),
      },
    }),
    valueCheck({
      id: "limits",
      title: "surprisal() of the certain is +0, of the impossible Infinity, of 1e-300 finite",
      points: 1,
      calls: () => [
        ["surprisal", 1],
        ["surprisal", 0],
        ["surprisal", 1e-300],
      ],
      truth,
      also: plusZero,
    }),
    valueCheck({
      id: "entropy",
      title: "entropy() is the expected surprise, log K for K equal chances",
      points: 1,
      calls: (random) => [
        ["entropy", [0.5, 0.25, 0.25]],
        ...[2, 3, 10, 50].map((k) => ["entropy", Array(k).fill(1 / k)] as const),
        ...random.list(6, () => ["entropy", random.distribution(random.integer(2, 40))] as const),
      ],
      truth,
      shrink: {
        fn: "entropy",
        arguments: (fc) => fc.tuple(fc.integer({ min: 2, max: 6 }).map((k) => Array(k).fill(1 / k))),
      },
    }),
    valueCheck({
      id: "zero-terms",
      title: "entropy() counts an outcome of probability 0 as 0, not as NaN",
      points: 1,
      calls: (random) => [
        ["entropy", [1, 0]],
        ["entropy", [0, 0.5, 0.5]],
        ["entropy", [...random.distribution(5), 0, 0]],
      ],
      truth,
      also: plusZero,
      needs: ["entropy"],
    }),
    valueCheck({
      id: "units",
      title: "toBits() changes the unit: log 2 nats are 1 bit",
      points: 1,
      calls: (random) => [
        ["toBits", Math.LN2],
        ["toBits", 1],
        ...random.list(4, () => ["toBits", random.between(-5, 50)] as const),
      ],
      truth,
    }),
  ],
};
