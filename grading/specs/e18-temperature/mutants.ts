import { derivationTasks } from "cross-entropy";
import { derivationMutants, stepsOf } from "../../derivation";
import type { Mutant } from "../../specification";

type P = readonly number[];
type Rows = readonly P[];
const first = stepsOf([
  ["diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", "start"],
  [
    "sum(n, sum(k, exp(beta * z[n, k]) * z[n, k]) / sum(i, exp(beta * z[n, i])) - z[n, y[n]]) / N",
    "differentiate",
  ],
  [
    "sum(n, sum(k, exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])) * z[n, k]) - z[n, y[n]]) / N",
    "linearity",
  ],
  ["sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", "definition"],
]);
const second = stepsOf([
  ["diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", "start"],
  [
    "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - (sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])))^2",
    "differentiate",
  ],
  [
    "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
    "linearity",
  ],
  ["sum(k, q[k] * z[k]^2) - m^2", "definition"],
]);

const softmax = (z: P) => {
  const top = Math.max(...z);
  const e = z.map((x) => Math.exp(x - top));
  const total = e.reduce((a, b) => a + b, 0);
  return e.map((x) => x / total);
};
const moments = (z: P, beta: number) => {
  const q = softmax(z.map((x) => beta * x));
  const mean = q.reduce((s, x, k) => s + x * z[k]!, 0);
  return { q, mean, variance: q.reduce((s, x, k) => s + x * (z[k]! - mean) ** 2, 0) };
};
const average = (xs: P) => xs.reduce((a, b) => a + b, 0) / xs.length;
const slope = (y: P, Z: Rows, beta: number) => average(Z.map((z, n) => moments(z, beta).mean - z[y[n]!]!));
const curvature = (Z: Rows, beta: number) => average(Z.map((z) => moments(z, beta).variance));
const separated = (y: P, Z: Rows) => Z.every((z, n) => z[y[n]!] === Math.max(...z));
function best(y: P, Z: Rows): number {
  let [a, b] = [0, 1];
  while (slope(y, Z, b) < 0 && b < 1e9) b *= 2;
  for (let i = 0; i < 200; i++) {
    const m = (a + b) / 2;
    if (slope(y, Z, m) < 0) a = m;
    else b = m;
  }
  return (a + b) / 2;
}
const guarded = (f: (y: P, Z: Rows) => number) => (y: P, Z: Rows) => {
  if (separated(y, Z)) return 0;
  return slope(y, Z, 0) >= 0 ? Number.POSITIVE_INFINITY : f(y, Z);
};

export const mutants: readonly Mutant[] = [
  ...derivationMutants("steps", "steps", derivationTasks.E18!, first),
  ...derivationMutants("second-steps", "secondSteps", derivationTasks["E18 second"]!, second),
  {
    name: "slope uphill",
    check: "gradient",
    message:
      "Check the sign: the slope is E_q z − z_y. Raising β helps while the true logit is above the mean.",
    code: {
      temperatureGradient: (y: P, Z: Rows, b: number) => ({
        first: -slope(y, Z, b),
        second: curvature(Z, b),
      }),
    },
  },
  {
    name: "label's term missing",
    check: "gradient",
    message: "The term −β z_y has a derivative too: subtract z_y.",
    code: {
      temperatureGradient: (_y: P, Z: Rows, b: number) => ({
        first: average(Z.map((z) => moments(z, b).mean)),
        second: curvature(Z, b),
      }),
    },
  },
  {
    name: "second moment",
    check: "gradient",
    message: "The second derivative is the variance of the logits: subtract the square of the mean.",
    code: {
      temperatureGradient: (y: P, Z: Rows, b: number) => ({
        first: slope(y, Z, b),
        second: average(Z.map((z) => moments(z, b).variance + moments(z, b).mean ** 2)),
      }),
    },
  },
  {
    name: "sum over examples",
    check: "gradient",
    message: "You added the examples up: report the mean.",
    code: {
      temperatureGradient: (y: P, Z: Rows, b: number) => ({
        first: Z.length * slope(y, Z, b),
        second: Z.length * curvature(Z, b),
      }),
    },
  },
  {
    name: "softmax without β",
    check: "gradient",
    message: "The mean is taken under softmax(β z), not softmax(z).",
    code: {
      temperatureGradient: (y: P, Z: Rows, b: number) => ({
        first: slope(y, Z, 1) + 0 * b,
        second: curvature(Z, 1),
      }),
    },
  },
  {
    name: "β for τ",
    check: "fit",
    message: "You returned β. The temperature is its reciprocal: logits are divided by τ.",
    code: { fitTemperature: guarded(best) },
  },
  {
    name: "one Newton step",
    check: "fit",
    message: "One Newton step is not the minimum: repeat until the slope is 0.",
    code: { fitTemperature: guarded((y, Z) => 1 / (1 - slope(y, Z, 1) / curvature(Z, 1))) },
  },
  {
    name: "few steps of descent",
    check: "fit",
    message:
      "You stopped before the slope was 0. The loss is convex in β: Newton or bisection arrive quickly.",
    code: {
      fitTemperature: guarded((y, Z) => {
        let b = 1;
        for (let i = 0; i < 20; i++) b -= 0.02 * slope(y, Z, b);
        return 1 / b;
      }),
    },
  },
  {
    name: "accuracy of confidence",
    check: "fit",
    message:
      "You matched mean confidence and accuracy: that is calibration in the mean, not the smallest loss.",
    code: {
      fitTemperature: guarded((y, Z) => {
        const hits = average(Z.map((z, n) => (z.indexOf(Math.max(...z)) === y[n] ? 1 : 0)));
        const confidence = (b: number) => average(Z.map((z) => Math.max(...softmax(z.map((x) => b * x)))));
        let [a, c] = [0, 50];
        for (let i = 0; i < 200; i++) {
          const m = (a + c) / 2;
          if (confidence(m) < hits) a = m;
          else c = m;
        }
        return 2 / (a + c);
      }),
    },
  },
  {
    name: "always 1",
    check: "fit",
    message: "τ = 1 leaves the logits as they are: fit it.",
    code: { fitTemperature: () => 1 },
  },
  {
    name: "separable data",
    check: "no-minimum",
    message:
      "When every example is right, the loss falls as β grows for ever: τ is 0. When it cannot fall, τ is Infinity.",
    code: { fitTemperature: (y: P, Z: Rows) => 1 / best(y, Z) },
  },
];
