import { valueCheck } from "../../check";
import { big, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Mask = readonly boolean[];
const meanOf = (xs: P) => (xs.length === 0 ? big(0) : sum(xs.map((x) => big(x))).div(xs.length));
const kept = (losses: P, mask: Mask) => losses.filter((_, t) => mask[t]);

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "maskedMean") return meanOf(kept(...(args as [P, Mask]))).toNumber();
  if (fn === "perSequenceMean") {
    const [losses, mask] = args as [readonly P[], readonly Mask[]];
    const means = losses
      .map((row, n) => kept(row, mask[n]!))
      .filter((row) => row.length > 0)
      .map(meanOf);
    return means.length === 0 ? 0 : sum(means).div(means.length).toNumber();
  }
  if (fn === "accumulate") {
    const [parts] = args as [readonly { sum: number; count: number }[]];
    const count = parts.reduce((s, p) => s + p.count, 0);
    return count === 0
      ? 0
      : sum(parts.map((p) => big(p.sum)))
          .div(count)
          .toNumber();
  }
  const [y, logQ, ignore] = args as [P, readonly P[], number];
  const rows = y.map((c, n) => ({ c, n })).filter(({ c }) => c !== ignore);
  const grad = logQ.map((row) => row.map(() => 0));
  for (const { c, n } of rows) grad[n]![c] = big(-1).div(rows.length).toNumber();
  return {
    loss: meanOf(rows.map(({ c, n }) => -logQ[n]![c]!))
      .plus(0)
      .toNumber(),
    grad,
  };
};

const maskOf = (random: Random, n: number): boolean[] => {
  const mask = random.list(n, () => random.uniform() < 0.6);
  mask[random.integer(0, n - 1)] = true;
  mask[random.integer(0, n - 1)] = false;
  return mask.includes(true) ? mask : mask.map((_, i) => i === 0);
};
const losses = (random: Random, n: number) => random.list(n, () => -Math.log(random.between(0.01, 1)));
const logRows = (random: Random, rows: number, classes: number) =>
  random.list(rows, () => random.distribution(classes).map(Math.log));
const tolerance = { absolute: 1e-14, relative: 1e-12 };

export const specification: Specification = {
  id: "e22",
  slug: "masks",
  given: [],
  checks: [
    valueCheck({
      id: "masked",
      title: "maskedMean() divides by what counts, not by the padded length: .55, not .3667",
      points: 2,
      tolerance,
      calls: (random) => [
        ["maskedMean", [0.5, 0.6, 0], [true, true, false]],
        ...random.list(6, () => {
          const n = random.integer(3, 12);
          return ["maskedMean", losses(random, n), maskOf(random, n)] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "nothing",
      title: "maskedMean() of nothing is 0",
      points: 0.5,
      tolerance,
      calls: () => [
        ["maskedMean", [0.5, 0.6], [false, false]],
        ["maskedMean", [], []],
      ],
      truth,
      needs: ["masked"],
    }),
    valueCheck({
      id: "leak",
      title: "NaN or Infinity under the mask does not leak",
      points: 1.5,
      tolerance,
      calls: (random) =>
        random.list(4, () => {
          const n = random.integer(3, 8);
          const mask = maskOf(random, n);
          const spoiled = losses(random, n).map((x, t) =>
            mask[t] ? x : random.choose([Number.NaN, Number.POSITIVE_INFINITY]),
          );
          return ["maskedMean", spoiled, mask] as const;
        }),
      truth,
      needs: ["masked"],
    }),
    valueCheck({
      id: "sequences",
      title: "perSequenceMean() weighs sequences equally and leaves empty ones out",
      points: 1.5,
      tolerance,
      calls: (random) => [
        [
          "perSequenceMean",
          [
            [1, 1, 1, 1],
            [3, 9, 9, 9],
          ],
          [
            [true, true, true, true],
            [true, false, false, false],
          ],
        ],
        [
          "perSequenceMean",
          [
            [1, 2],
            [7, 7],
          ],
          [
            [true, true],
            [false, false],
          ],
        ],
        ...random.list(4, () => {
          const [rows, n] = [random.integer(2, 5), random.integer(3, 8)];
          return [
            "perSequenceMean",
            random.list(rows, () => losses(random, n)),
            random.list(rows, () => maskOf(random, n)),
          ] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "accumulate",
      title: "accumulate() pools sums and counts: 1.1, not 2.0",
      points: 1.5,
      tolerance,
      calls: (random) => [
        [
          "accumulate",
          [
            { sum: 30, count: 10 },
            { sum: 190, count: 190 },
          ],
        ],
        ["accumulate", [{ sum: 0, count: 0 }]],
        ...random.list(
          4,
          () =>
            [
              "accumulate",
              random.list(random.integer(2, 6), () => ({
                sum: random.between(0, 90),
                count: random.integer(1, 80),
              })),
            ] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "ignore",
      title: "ignoreIndexLoss() leaves ignored rows out of loss, gradient and denominator",
      points: 2,
      tolerance,
      calls: (random) => [
        [
          "ignoreIndexLoss",
          [0, -100],
          [
            [-0.5, -0.9],
            [-1, -0.4],
          ],
          -100,
        ],
        ...random.list(5, () => {
          const [rows, classes] = [random.integer(3, 6), random.integer(2, 5)];
          const y = random.list(rows, () => random.integer(0, classes - 1));
          const ignore = random.choose([-100, -1, 0]);
          y[random.integer(0, rows - 1)] = ignore;
          return ["ignoreIndexLoss", y, logRows(random, rows, classes), ignore] as const;
        }),
      ],
      truth,
    }),
  ],
};
