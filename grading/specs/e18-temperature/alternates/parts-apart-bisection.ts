// parts apart bisection
export const steps = [
  { expression: "diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", by: "start" },
  {
    expression: "sum(n, diff(log(sum(k, exp(beta * z[n, k]))), beta) - diff(beta * z[n, y[n]], beta)) / N",
    by: "differentiate",
  },
  {
    expression:
      "sum(n, 1 / sum(i, exp(beta * z[n, i])) * sum(k, z[n, k] * exp(beta * z[n, k])) - z[n, y[n]]) / N",
    by: "differentiate",
  },
  {
    expression:
      "sum(n, sum(k, z[n, k] * (exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])))) - z[n, y[n]]) / N",
    by: "linearity",
  },
  { expression: "sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", by: "definition" },
];

export const secondSteps = [
  { expression: "diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", by: "start" },
  {
    expression: "diff(sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])) - z[c], beta)",
    by: "differentiate",
  },
  {
    expression:
      "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - sum(k, exp(beta * z[k]) * z[k])^2 / sum(i, exp(beta * z[i]))^2",
    by: "differentiate",
  },
  {
    expression:
      "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
    by: "linearity",
  },
  { expression: "sum(k, q[k] * z[k]^2) - sum(k, q[k] * z[k])^2", by: "definition" },
  { expression: "sum(k, q[k] * z[k]^2) - m^2", by: "definition" },
];

type Rows = readonly (readonly number[])[];
const probabilities = (z: readonly number[], b: number) => {
  const m = Math.max(...z.map((x) => b * x));
  const e = z.map((x) => Math.exp(b * x - m));
  const s = e.reduce((a, x) => a + x);
  return e.map((x) => x / s);
};
export function temperatureGradient(y: readonly number[], Z: Rows, beta: number) {
  const moments = Z.map((z) => {
    const q = probabilities(z, beta);
    const mean = q.reduce((s, x, k) => s + x * z[k]!, 0);
    return { mean, variance: q.reduce((s, x, k) => s + x * z[k]! * z[k]!, 0) - mean * mean };
  });
  return {
    first: moments.reduce((s, m, n) => s + m.mean - Z[n]![y[n]!]!, 0) / y.length,
    second: moments.reduce((s, m) => s + m.variance, 0) / y.length,
  };
}
export function fitTemperature(y: readonly number[], Z: Rows): number {
  if (Z.every((z, n) => z.every((x) => x <= z[y[n]!]!))) return 0;
  if (!(temperatureGradient(y, Z, 0).first < 0)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = 1;
  while (temperatureGradient(y, Z, high).first < 0) high *= 3;
  for (let i = 0; i < 120; i++) {
    const middle = (low + high) / 2;
    if (temperatureGradient(y, Z, middle).first < 0) low = middle;
    else high = middle;
  }
  return 2 / (low + high);
}
