import { valueCheck } from "../../check";
import {
  type Big,
  big,
  bigEntropy,
  bigLogSumExp,
  type Dual,
  dual,
  dualLogSumExp,
  gradient,
  sum,
} from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Convention = "all" | "others" | "padded";

/** who receives a share, then the true class */
function target(c: number, classes: number, smoothing: number, convention: Convention): Big[] {
  const all = Array.from({ length: classes }, (_, k) => k);
  const sharers = all.filter(
    (k) => convention === "all" || (k !== c && (convention === "others" || k !== 0)),
  );
  const base = big(1).minus(big(smoothing));
  return all.map((k) =>
    (sharers.includes(k) ? big(smoothing).div(sharers.length) : big(0)).plus(k === c ? base : 0),
  );
}
const numbers = (t: readonly Big[]) => t.map((x) => x.toNumber());

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "smooth") return numbers(target(...(args as [number, number, number, Convention])));
  if (fn === "smoothedLoss") {
    const [c, z, smoothing] = args as [number, P, number];
    const t = target(c, z.length, smoothing, "all");
    const total = bigLogSumExp(z);
    const slope = (x: Dual[]) =>
      numbers(t).reduce((s, tk, k) => s.plus(dualLogSumExp(x).minus(x[k]!).times(tk)), dual(0));
    return { loss: sum(t.map((tk, k) => tk.times(total.minus(z[k]!)))).toNumber(), grad: gradient(slope, z) };
  }
  const [classes, smoothing] = args as [number, number];
  const t = numbers(target(0, classes, smoothing, "all"));
  if (fn === "smoothedFloor") return bigEntropy(t).toNumber();
  const exact = target(0, classes, smoothing, "all");
  return exact[0]!.ln().minus(exact[1]!.ln()).toNumber();
};

const calls = (random: Random, convention: Convention, fixed: readonly [number, number, number]) => [
  ["smooth", ...fixed, convention] as const,
  ...random.list(5, () => {
    const classes = random.integer(4, 12);
    return [
      "smooth",
      random.integer(1, classes - 1),
      classes,
      random.between(0.02, 0.4),
      convention,
    ] as const;
  }),
];
const tolerance = { absolute: 1e-13, relative: 1e-12 };

export const specification: Specification = {
  id: "e19",
  slug: "smoothing",
  given: [],
  checks: [
    valueCheck({
      id: "all",
      title: 'smooth() with "all" gives ε/K to every class, the true one included',
      points: 1.5,
      tolerance,
      calls: (random) => calls(random, "all", [2, 5, 0.1]),
      truth,
    }),
    valueCheck({
      id: "others",
      title: 'smooth() with "others" spreads ε over the wrong classes only',
      points: 1.5,
      tolerance,
      calls: (random) => calls(random, "others", [0, 3, 0.1]),
      truth,
    }),
    valueCheck({
      id: "padded",
      title: 'smooth() with "padded" leaves the padding at 0 and still sums to 1',
      points: 1.5,
      tolerance,
      calls: (random) => calls(random, "padded", [1, 4, 0.1]),
      truth,
    }),
    valueCheck({
      id: "loss",
      title: "smoothedLoss() is the cross-entropy against the smoothed target, with its gradient",
      points: 2.5,
      tolerance: { absolute: 1e-12, relative: 1e-10 },
      calls: (random) => [
        ["smoothedLoss", 0, [2, 0, -1], 0.1],
        ["smoothedLoss", 1, [900, 0, 0], 0.2],
        ...random.list(5, () => {
          const z = random.logits(random.integer(3, 8));
          return ["smoothedLoss", random.integer(0, z.length - 1), z, random.between(0.05, 0.4)] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "floor",
      title: "smoothedFloor() is the entropy of the target: .3897 nats for K = 5, ε = 0.1, not 0",
      points: 1,
      tolerance,
      calls: (random) => [
        ["smoothedFloor", 5, 0.1],
        ["smoothedFloor", 2, 1],
        ...random.list(5, () => ["smoothedFloor", random.integer(3, 40), random.between(0.02, 0.5)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "gap",
      title: "optimalGap() is the distance of the logits at the optimum: 3.8286 for K = 5, ε = 0.1",
      points: 1,
      tolerance,
      calls: (random) => [
        ["optimalGap", 5, 0.1],
        ...random.list(6, () => ["optimalGap", random.integer(3, 40), random.between(0.02, 0.5)] as const),
      ],
      truth,
    }),
  ],
};
