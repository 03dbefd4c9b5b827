import { valueCheck } from "../../check";
import { type Big, big, sum } from "../../oracle";
import type { Random } from "../../random";
import { gradientForm, type Specification } from "../../specification";

type P = readonly number[];
const softplus = (x: Big | number): Big => big(x).exp().plus(1).ln();
const loss = (y: number, z: number, c = 1): Big =>
  softplus(-z)
    .times(y)
    .times(c)
    .plus(softplus(z).times(big(1).minus(y)));

/** the slope by a central difference at 50 digits: no derivative is taken by hand here */
function slope(y: number, z: number, c = 1): number {
  const h = big("1e-15");
  const at = (x: Big) =>
    softplus(x.neg())
      .times(y)
      .times(c)
      .plus(softplus(x).times(big(1).minus(y)));
  return at(big(z).plus(h))
    .minus(at(big(z).minus(h)))
    .div(h.times(2))
    .toNumber();
}

const truth = (fn: string, y: number | P, z: number | P, c?: number | P): number => {
  if (fn === "bceWithLogits") return loss(y as number, z as number, c as number | undefined).toNumber();
  if (fn === "bceWithLogitsGradient") return slope(y as number, z as number, c as number | undefined);
  const [ys, zs, cs] = [y as P, z as P, c as P | undefined];
  return sum(ys.map((yk, k) => loss(yk, zs[k]!, cs?.[k])))
    .div(ys.length)
    .toNumber();
};

const points = (random: Random, n: number) =>
  random.list(n, () => [random.choose([0, 1, 1, 0, random.uniform()]), random.logits(1, 3)[0]!] as const);
// 1 − y and the sum of two terms of one sign: no cancellation, so a relative tolerance is enough
export const specification: Specification = {
  id: "e11",
  slug: "logits",
  given: [],
  checks: [
    valueCheck({
      id: "loss",
      title: "bceWithLogits() is the binary cross-entropy of σ(z), for soft targets too",
      points: 1.5,
      calls: (random) => [
        ["bceWithLogits", 1, 0],
        ["bceWithLogits", 0, 2],
        ["bceWithLogits", 0.8, 1.3],
        ...points(random, 8).map(([y, z]) => ["bceWithLogits", y, z] as const),
      ],
      truth,
      shrink: {
        fn: "bceWithLogits",
        arguments: (fc) => fc.tuple(fc.constantFrom(0, 1, 0.5), fc.integer({ min: -3, max: 3 })),
      },
    }),
    valueCheck({
      id: "extremes",
      title: "bceWithLogits() survives z = ±800 and keeps the digits at z = 40",
      points: 1.5,
      calls: () => [
        ["bceWithLogits", 0, 800],
        ["bceWithLogits", 1, -800],
        ["bceWithLogits", 1, 40],
        ["bceWithLogits", 0, -40],
        ["bceWithLogits", 1, 700],
        ["bceWithLogits", 0.5, 750],
      ],
      truth,
      needs: ["loss"],
    }),
    valueCheck({
      id: "gradient",
      title: "bceWithLogitsGradient() is σ(z) − y, at confident errors too",
      points: 1.5,
      tolerance: { absolute: 1e-300, relative: 1e-11 },
      calls: (random) => [
        ["bceWithLogitsGradient", 1, 0],
        ["bceWithLogitsGradient", 0, 6],
        ["bceWithLogitsGradient", 1, -30],
        ...points(random, 8)
          .filter(([y, z]) => Math.abs(1 / (1 + Math.exp(-z)) - y) > 1e-3)
          .map(([y, z]) => ["bceWithLogitsGradient", y, z] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "weight",
      title: "posWeight multiplies the loss of positives only",
      points: 1,
      calls: (random) => [
        ["bceWithLogits", 1, 0.4, 3],
        ["bceWithLogits", 0, 0.4, 3],
        ...points(random, 6).map(([y, z]) => ["bceWithLogits", y, z, random.between(0.2, 12)] as const),
      ],
      truth,
      needs: ["loss"],
    }),
    valueCheck({
      id: "weighted-gradient",
      title: "the gradient carries posWeight where the loss does",
      points: 1,
      tolerance: gradientForm,
      calls: (random) => [
        ["bceWithLogitsGradient", 1, 0.4, 3],
        ["bceWithLogitsGradient", 0, 0.4, 3],
        ...points(random, 6).map(
          ([y, z]) => ["bceWithLogitsGradient", y, z, random.between(0.2, 12)] as const,
        ),
      ],
      truth,
      needs: ["gradient"],
    }),
    valueCheck({
      id: "labels",
      title: "multiLabelLoss() is the mean over the labels, weighted or not",
      points: 1.5,
      calls: (random) => [
        ["multiLabelLoss", [1, 0, 1], [0.2, -1, 3]],
        ["multiLabelLoss", [1, 0], [0, 0], [4, 4]],
        ...random.list(5, () => {
          const n = random.integer(2, 8);
          const y = random.list(n, () => random.integer(0, 1));
          const weights = random.list(n, () => random.between(0.5, 8));
          return random.uniform() < 0.3
            ? (["multiLabelLoss", y, random.logits(n, 3)] as const)
            : (["multiLabelLoss", y, random.logits(n, 3), weights] as const);
        }),
      ],
      truth,
      needs: ["loss"],
    }),
  ],
};
