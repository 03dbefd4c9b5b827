import { valueCheck } from "../../check";
import { big, bigLogSumExp, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
const normalised = (xs: readonly ReturnType<typeof big>[]) => xs.map((x) => x.div(sum(xs)).toNumber());

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "weightedCrossEntropy") {
    const [y, Z, w, reduction = "mean"] = args as [P, readonly P[], P, string?];
    const total = sum(Z.map((z, n) => bigLogSumExp(z).minus(big(z[y[n]!]!)).times(big(w[y[n]!]!))));
    return (reduction === "mean" ? total.div(sum(y.map((c) => big(w[c]!)))) : total).toNumber();
  }
  if (fn === "costThreshold") {
    const [falsePositive, falseNegative] = args as [number, number];
    return big(1)
      .div(big(1).plus(big(falseNegative).div(big(falsePositive))))
      .toNumber();
  }
  const [p, w] = args as [P, P];
  return normalised(p.map((x, k) => (fn === "unweight" ? big(x).div(big(w[k]!)) : big(x).times(big(w[k]!)))));
};

const batch = (random: Random) => {
  const [rows, classes] = [random.integer(2, 7), random.integer(2, 5)];
  return [
    random.list(rows, () => random.integer(0, classes - 1)),
    random.list(rows, () => random.logits(classes)),
    random.list(classes, () => random.between(0.2, 8)),
  ] as const;
};
const pair = (random: Random) => {
  const classes = random.integer(2, 8);
  return [random.distribution(classes), random.list(classes, () => random.between(0.2, 8))] as const;
};
const tolerance = { absolute: 1e-13, relative: 1e-12 };

export const specification: Specification = {
  id: "e21",
  slug: "weights",
  given: [],
  checks: [
    valueCheck({
      id: "mean",
      title: "weightedCrossEntropy() divides by the sum of the weights: 133.33, not 2000",
      points: 2.5,
      tolerance,
      calls: (random) => [
        ["weightedCrossEntropy", [0], [[0, 400 / 3]], [15, 1]],
        ...random.list(6, () => ["weightedCrossEntropy", ...batch(random)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "sum",
      title: 'reduction "sum" adds the weighted losses',
      points: 1,
      tolerance,
      calls: (random) => random.list(5, () => ["weightedCrossEntropy", ...batch(random), "sum"] as const),
      truth,
      needs: ["mean"],
    }),
    valueCheck({
      id: "extremes",
      title: "logits of ±900 give a finite loss",
      points: 1,
      tolerance,
      calls: (random) => {
        const [y, Z, w] = batch(random);
        return [["weightedCrossEntropy", y, Z.map((z) => z.map((x) => 300 * x)), w]];
      },
      truth,
      needs: ["mean"],
    }),
    valueCheck({
      id: "minimiser",
      title: "weightedMinimiser() is w·p, normalised: an up-weighted class becomes more likely",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["weightedMinimiser", [0.1, 0.9], [9, 1]],
        ...random.list(5, () => ["weightedMinimiser", ...pair(random)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "unweight",
      title: "unweight() undoes the weights: q/w, normalised",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["unweight", [0.5, 0.5], [9, 1]],
        ...random.list(5, () => ["unweight", ...pair(random)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "threshold",
      title: "costThreshold() balances the two expected costs",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["costThreshold", 1, 1],
        ["costThreshold", 1, 9],
        ...random.list(5, () => ["costThreshold", random.between(0.1, 5), random.between(0.1, 50)] as const),
      ],
      truth,
    }),
  ],
};
