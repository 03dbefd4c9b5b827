import { valueCheck } from "../../check";
import { derivationCheck } from "../../derivation";
import { big, bigLogSumExp, bigSoftmax, type Dual, dual, dualLogSumExp, gradient, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
interface Options {
  readonly temperature: number;
  readonly alpha: number;
}

const truth = (_fn: string, v: P, z: P, y: number, { temperature: T, alpha }: Options): unknown => {
  const divided = (x: P) => x.map((a) => big(a).div(T).toNumber());
  const t = bigSoftmax(divided(v));
  const zT = divided(z);
  const soft = sum(t.map((tk, k) => tk.times(bigLogSumExp(zT).minus(big(zT[k]!)))));
  const hard = bigLogSumExp(z).minus(big(z[y]!));
  const slope = (x: Dual[]) => {
    const scaled = x.map((a) => a.over(T));
    const total = dualLogSumExp(scaled);
    const s = t.reduce((acc, tk, k) => acc.plus(total.minus(scaled[k]!).times(tk.toNumber())), dual(0));
    return dualLogSumExp(x)
      .minus(x[y]!)
      .times(alpha)
      .plus(s.times((1 - alpha) * T * T));
  };
  return {
    loss: hard
      .times(alpha)
      .plus(soft.times(big(1 - alpha)).times(T * T))
      .toNumber(),
    grad: gradient(slope, z),
  };
};
const pair = (random: Random) => {
  const n = random.integer(2, 6);
  return [random.logits(n), random.logits(n), random.integer(0, n - 1)] as const;
};
const tolerance = { absolute: 1e-10, relative: 1e-9 };
const calls = (random: Random, count: number, options: (random: Random) => Options) =>
  random.list(count, () => ["distillationLoss", ...pair(random), options(random)] as const);

export const specification: Specification = {
  id: "e20",
  slug: "distillation",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps derives the gradient (p̂ − t)/T of the soft loss (D18)",
      points: 2.5,
      steps: "steps",
      task: "E20",
    }),
    derivationCheck({
      id: "limit-steps",
      title: "limitSteps shows why T² keeps the gradient's scale",
      points: 2.5,
      steps: "limitSteps",
      task: "E20 limit",
    }),
    valueCheck({
      id: "plain",
      title: "at T = 1 the soft term is the cross-entropy against the teacher",
      points: 1.5,
      tolerance,
      calls: (random) => calls(random, 5, () => ({ temperature: 1, alpha: 0 })),
      truth,
    }),
    valueCheck({
      id: "tempered",
      title: "both sides are softened by T, and the soft term carries T²",
      points: 2,
      tolerance,
      calls: (random) => calls(random, 5, (r) => ({ temperature: r.between(1.5, 8), alpha: 0 })),
      truth,
      needs: ["plain"],
    }),
    valueCheck({
      id: "mixed",
      title: "alpha weighs the hard loss, which has neither T nor T²",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["distillationLoss", [3, 0], [1, 2], 0, { temperature: 4, alpha: 1 }],
        ...calls(random, 4, (r) => ({ temperature: r.between(1.5, 8), alpha: r.between(0.1, 0.9) })),
      ],
      truth,
      needs: ["plain"],
    }),
  ],
};
