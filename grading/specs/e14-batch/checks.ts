import { valueCheck } from "../../check";
import { big, bigLogSumExp, type Dual, dual, dualLogSumExp, gradient, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Targets = P | readonly P[];
const soft = (y: Targets, n: number, size: number): P => {
  const t = y[n]!;
  return typeof t === "number" ? Array.from({ length: size }, (_, k) => (k === t ? 1 : 0)) : t;
};
const rowLoss = (t: P, z: P) => {
  const total = bigLogSumExp(z);
  return sum(t.map((x, k) => (x === 0 ? big(0) : total.minus(z[k]!).times(x))));
};
const dualLoss = (t: P, z: Dual[]) =>
  t.reduce((s, x, k) => s.plus(dualLogSumExp(z).minus(z[k]!).times(x)), dual(0));

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "throughGraph") {
    const [c, z, a, b] = args as [number, P, number, number];
    const t = soft([c], 0, z.length);
    const f = (x: Dual[]) =>
      dualLoss(
        t,
        x.slice(1).map((d) => d.times(x[0]!)),
      ).times(b);
    const g = gradient(f, [a, ...z]);
    const scaled = z.map((x) => a * x);
    return { loss: rowLoss(t, scaled).times(b).toNumber(), gradZ: g.slice(1), gradA: g[0]! };
  }
  const [y, Z, reduction = "mean"] = args as [Targets, readonly P[], ("mean" | "sum")?];
  const over = reduction === "mean" ? Z.length : 1;
  const loss = sum(Z.map((z, n) => rowLoss(soft(y, n, z.length), z)))
    .div(over)
    .toNumber();
  const grad = Z.map((z, n) => gradient((x) => dualLoss(soft(y, n, z.length), x), z).map((g) => g / over));
  return { loss, grad };
};

const tolerance = { absolute: 1e-11, relative: 1e-10 };
const hard = (random: Random, rows: number, classes: number) =>
  [
    random.list(rows, () => random.integer(0, classes - 1)),
    random.list(rows, () => random.logits(classes)),
  ] as const;
const softened = (random: Random, rows: number, classes: number) =>
  [
    random.list(rows, () => random.distribution(classes)),
    random.list(rows, () => random.logits(classes)),
  ] as const;

export const specification: Specification = {
  id: "e14",
  slug: "batch",
  given: [],
  checks: [
    valueCheck({
      id: "loss",
      title: "the loss is the mean of −log softmax at the true classes, the gradient (prediction − target)/B",
      points: 3,
      tolerance,
      calls: (random) => [
        ["softmaxCrossEntropy", [0], [[2, 1, 0]]],
        ...random.list(5, () => {
          const [y, Z] = hard(random, random.integer(2, 6), random.integer(2, 7));
          return ["softmaxCrossEntropy", y, Z] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "soft",
      title: "soft targets count with all their classes",
      points: 1.5,
      tolerance,
      calls: (random) =>
        random.list(5, () => {
          const [y, Z] = softened(random, random.integer(1, 4), random.integer(2, 6));
          return ["softmaxCrossEntropy", y, Z] as const;
        }),
      truth,
      needs: ["loss"],
    }),
    valueCheck({
      id: "sum",
      title: 'reduction "sum" adds the rows, in the loss and in the gradient',
      points: 1,
      tolerance,
      calls: (random) =>
        random.list(4, () => {
          const [y, Z] = hard(random, random.integer(2, 5), random.integer(2, 5));
          return ["softmaxCrossEntropy", y, Z, "sum"] as const;
        }),
      truth,
      needs: ["loss"],
    }),
    valueCheck({
      id: "extremes",
      title: "logits times 2,000 give a finite loss; a single class gives 0",
      points: 1.5,
      tolerance,
      calls: (random) => {
        const [y, Z] = hard(random, 3, 4);
        return [
          ["softmaxCrossEntropy", y, Z.map((z) => z.map((x) => Math.round(8 * x) * 250))],
          ["softmaxCrossEntropy", [0, 0], [[3], [-2]]],
          [
            "softmaxCrossEntropy",
            [
              [1, 0],
              [0.5, 0.5],
            ],
            [
              [900, 0],
              [0, 0],
            ],
          ],
        ];
      },
      truth,
      needs: ["loss"],
    }),
    valueCheck({
      id: "unchanged",
      title: "logits and targets are left as they were",
      points: 0.5,
      tolerance,
      unchanged: true,
      calls: (random) => {
        const [y, Z] = hard(random, 2, 3);
        return [["softmaxCrossEntropy", y, Z]];
      },
      truth,
      needs: ["loss"],
    }),
    valueCheck({
      id: "node",
      title: "crossEntropyNode() passes slopes to its logits, times the slope that arrives",
      points: 2.5,
      tolerance,
      calls: (random) => [
        ["throughGraph", 0, [1, 2, 3], 1, 1],
        ...random.list(5, () => {
          const size = random.integer(2, 6);
          const z = random.logits(size);
          return [
            "throughGraph",
            random.integer(0, size - 1),
            z,
            random.between(0.5, 2),
            random.between(-3, 3),
          ] as const;
        }),
      ],
      truth,
    }),
  ],
};
