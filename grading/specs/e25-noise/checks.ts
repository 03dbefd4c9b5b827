import { valueCheck } from "../../check";
import { derivationCheck } from "../../derivation";
import { type Big, big, dual, gradient } from "../../oracle";
import type { Specification } from "../../specification";

const focal = (x: Big | number, gamma: number): number => {
  const chance = big(x);
  return big(1).minus(chance).pow(big(gamma)).times(chance.ln()).neg().toNumber();
};
/** slope by dual numbers of the expected focal loss */
const slope = (p: number, q: number, gamma: number) =>
  gradient(
    ([x]) => {
      const other = dual(1).minus(x!);
      return other
        .pow(gamma)
        .times(x!.log())
        .times(-p)
        .plus(
          x!
            .pow(gamma)
            .times(other.log())
            .times(p - 1),
        );
    },
    [q],
  )[0]!;

const truth = (fn: string, a: number, b: number, c: number): number => {
  if (fn === "noisyMinimiser")
    return big(a)
      .times(big(1).minus(big(b)))
      .plus(big(b).times(big(1).minus(big(a))))
      .toNumber();
  if (fn === "forwardCorrected")
    return big(a)
      .minus(big(b))
      .div(big(1).minus(big(b).times(2)))
      .toNumber();
  if (fn === "focal") return focal(a === 1 ? b : big(1).minus(big(b)), c);
  // the slope is linear in p: its zero from two values
  if (fn === "unfocal") return slope(0, a, b) / (slope(0, a, b) - slope(1, a, b));
  let [low, high] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const q = (low + high) / 2;
    if (slope(a, q, b) < 0) low = q;
    else high = q;
  }
  return (low + high) / 2;
};

export const specification: Specification = {
  id: "e25",
  slug: "noise",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps leads from the noisy loss to the correction (q − η)/(1 − 2η) (D20)",
      points: 2,
      steps: "steps",
      task: "E25",
    }),
    derivationCheck({
      id: "focal-steps",
      title: "focalSteps derives the slope of the expected focal loss",
      points: 1.5,
      steps: "focalSteps",
      task: "E25 focal",
    }),
    valueCheck({
      id: "noisy",
      title: "noisyMinimiser() follows the flipped labels",
      points: 1,
      tolerance: { absolute: 1e-13, relative: 1e-11 },
      calls: (random) => [
        ["noisyMinimiser", 0.9, 0.2],
        ...random.list(
          5,
          () => ["noisyMinimiser", random.between(0.05, 0.95), random.between(0.02, 0.45)] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "corrected",
      title: "forwardCorrected() undoes the noise",
      points: 1,
      tolerance: { absolute: 1e-13, relative: 1e-11 },
      calls: (random) => [
        ["forwardCorrected", 0.74, 0.2],
        ...random.list(5, () => {
          const noise = random.between(0.02, 0.4);
          return ["forwardCorrected", noise + (1 - 2 * noise) * random.between(0.05, 0.95), noise] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "focal",
      title: "focal() is −(1 − p_t)^γ log p_t, the cross-entropy for γ = 0",
      points: 1.5,
      calls: (random) => [
        ["focal", 1, 0.9, 2],
        ["focal", 0, 0.9, 2],
        ["focal", 1, 0.3, 0],
        ...random.list(
          6,
          () => ["focal", random.integer(0, 1), random.between(0.05, 0.95), random.between(0.5, 4)] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "minimiser",
      title: "focalMinimiser() finds what the focal loss really asks for: .6942 where p = .9, γ = 2",
      points: 1.5,
      tolerance: { absolute: 1e-7, relative: 0 },
      calls: (random) => [
        ["focalMinimiser", 0.9, 2],
        ["focalMinimiser", 0.5, 2],
        ...random.list(
          5,
          () => ["focalMinimiser", random.between(0.05, 0.95), random.between(0.5, 4)] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "unfocal",
      title: "unfocal() turns a focal prediction back into a probability",
      points: 1.5,
      tolerance: { absolute: 1e-10, relative: 1e-10 },
      calls: (random) => [
        ["unfocal", 0.6942, 2],
        ["unfocal", 0.3, 0],
        ...random.list(5, () => ["unfocal", random.between(0.05, 0.95), random.between(0.5, 4)] as const),
      ],
      truth,
    }),
  ],
};
