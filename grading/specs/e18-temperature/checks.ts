import { valueCheck } from "../../check";
import { derivationCheck } from "../../derivation";
import { big, bigSoftmax, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Rows = readonly P[];

/** mean of E_q z − z_y, and its derivative, at 50 digits */
function slopes(y: P, Z: Rows, beta: number) {
  const rows = Z.map((z, n) => {
    const q = bigSoftmax(z.map((x) => beta * x));
    const mean = sum(q.map((x, k) => x.times(big(z[k]!))));
    return {
      first: mean.minus(big(z[y[n]!]!)),
      second: sum(q.map((x, k) => x.times(big(z[k]!).minus(mean).pow(2)))),
    };
  });
  return {
    first: sum(rows.map((r) => r.first))
      .div(y.length)
      .toNumber(),
    second: sum(rows.map((r) => r.second))
      .div(y.length)
      .toNumber(),
  };
}
const softmax = (z: P) => {
  const e = z.map((x) => Math.exp(x - Math.max(...z)));
  return e.map((x) => x / e.reduce((a, b) => a + b, 0));
};
/** the same slope in floating point: only its sign is used */
const falls = (y: P, Z: Rows, beta: number) =>
  Z.reduce(
    (s, z, n) => s + softmax(z.map((x) => beta * x)).reduce((m, q, k) => m + q * z[k]!, 0) - z[y[n]!]!,
    0,
  ) < 0;

/** bisection on the sign of the slope */
function minimum(y: P, Z: Rows): number {
  if (Z.every((z, n) => z[y[n]!] === Math.max(...z))) return 0;
  if (!falls(y, Z, 0)) return Number.POSITIVE_INFINITY;
  let [a, b] = [0, 1];
  while (falls(y, Z, b)) b *= 2;
  for (let i = 0; i < 80; i++) {
    const middle = (a + b) / 2;
    if (falls(y, Z, middle)) a = middle;
    else b = middle;
  }
  return 2 / (a + b);
}

const truth = (fn: string, y: P, Z: Rows, beta: number): unknown =>
  fn === "fitTemperature" ? minimum(y, Z) : slopes(y, Z, beta);

/** labels drawn from the softmax of Z/τ, so that τ is near the true temperature */
function sample(random: Random, n: number, temperature: number) {
  const Z = random.list(n, () => random.logits(random.integer(2, 4), 2));
  const y = Z.map((z) => {
    const q = softmax(z.map((x) => x / temperature));
    let u = random.uniform();
    const at = q.findIndex((x) => {
      u -= x;
      return u < 0;
    });
    return at < 0 ? z.length - 1 : at;
  });
  // at least one example that no temperature can get right, and some that it can
  y[0] = Z[0]!.indexOf(Math.min(...Z[0]!));
  return [y, Z] as const;
}

export const specification: Specification = {
  id: "e18",
  slug: "temperature",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps derives the slope of the loss in β: mean of E_q z − z_y (D16)",
      points: 2,
      steps: "steps",
      task: "E18",
    }),
    derivationCheck({
      id: "second-steps",
      title: "secondSteps derives the curvature: a variance, so the loss is convex in β",
      points: 2,
      steps: "secondSteps",
      task: "E18 second",
    }),
    valueCheck({
      id: "gradient",
      title: "temperatureGradient() returns both derivatives of the mean loss",
      points: 2,
      tolerance: { absolute: 1e-12, relative: 1e-9 },
      calls: (random) => [
        ["temperatureGradient", [0], [[1, 0]], 1],
        ...random.list(
          5,
          () =>
            [
              "temperatureGradient",
              ...sample(random, random.integer(2, 6), 1),
              random.between(0.2, 3),
            ] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "fit",
      title: "fitTemperature() finds the minimum of the loss",
      points: 2,
      tolerance: { absolute: 1e-7, relative: 1e-7 },
      calls: (random) =>
        random.list(4, () => {
          for (;;) {
            const data = sample(random, 12, random.between(0.7, 2.5));
            const best = minimum(...data);
            if (best > 0.2 && best < 10) return ["fitTemperature", ...data] as const;
          }
        }),
      truth,
    }),
    valueCheck({
      id: "no-minimum",
      title: "fitTemperature() returns 0 when all is right already, Infinity when no positive β helps",
      points: 1,
      tolerance: { absolute: 1e-7, relative: 1e-7 },
      calls: () => [
        [
          "fitTemperature",
          [0, 1],
          [
            [2, 1],
            [0, 3],
          ],
        ],
        [
          "fitTemperature",
          [1, 0],
          [
            [2, 1],
            [0, 3],
          ],
        ],
      ],
      truth,
      needs: ["fit"],
    }),
  ],
};
