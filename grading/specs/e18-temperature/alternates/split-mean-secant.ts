// split mean secant
export const steps = [
  { expression: "diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", by: "start" },
  {
    expression: "diff(sum(n, log(sum(k, exp(beta * z[n, k])))) / N - beta * sum(n, z[n, y[n]]) / N, beta)",
    by: "linearity",
  },
  {
    expression:
      "sum(n, sum(k, exp(beta * z[n, k]) * z[n, k]) / sum(i, exp(beta * z[n, i]))) / N - sum(n, z[n, y[n]]) / N",
    by: "differentiate",
  },
  {
    expression:
      "sum(n, sum(k, exp(beta * z[n, k]) / sum(i, exp(beta * z[n, i])) * z[n, k]) - z[n, y[n]]) / N",
    by: "linearity",
  },
  { expression: "sum(n, sum(k, q[n, k] * z[n, k]) - z[n, y[n]]) / N", by: "definition" },
];

export const secondSteps = [
  { expression: "diff(diff(log(sum(k, exp(beta * z[k]))) - beta * z[c], beta), beta)", by: "start" },
  { expression: "diff(diff(log(sum(k, exp(beta * z[k]))), beta) - z[c], beta)", by: "differentiate" },
  { expression: "diff(diff(log(sum(k, exp(beta * z[k]))), beta), beta)", by: "differentiate" },
  {
    expression: "diff(1 / sum(i, exp(beta * z[i])) * sum(k, exp(beta * z[k]) * z[k]), beta)",
    by: "differentiate",
  },
  {
    expression:
      "sum(k, exp(beta * z[k]) * z[k]^2) / sum(i, exp(beta * z[i])) - (sum(k, exp(beta * z[k]) * z[k]) / sum(i, exp(beta * z[i])))^2",
    by: "differentiate",
  },
  {
    expression:
      "sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k]^2) - sum(k, exp(beta * z[k]) / sum(i, exp(beta * z[i])) * z[k])^2",
    by: "linearity",
  },
  { expression: "sum(k, q[k] * z[k]^2) - m^2", by: "definition" },
];

export function temperatureGradient(y: readonly number[], Z: readonly (readonly number[])[], beta: number) {
  let first = 0;
  let second = 0;
  for (let n = 0; n < Z.length; n++) {
    // logits relative to the true one: the label's term drops out
    const d = Float64Array.from(Z[n]!, (x) => x - Z[n]![y[n]!]!);
    const top = d.reduce((a, b) => Math.max(a, b));
    const w = d.map((x) => Math.exp(beta * (x - top)));
    const s = w.reduce((a, b) => a + b);
    const m = d.reduce((a, x, k) => a + (w[k]! * x) / s, 0);
    first += m / Z.length;
    second += d.reduce((a, x, k) => a + (w[k]! * (x - m) * (x - m)) / s, 0) / Z.length;
  }
  return { first, second };
}
export function fitTemperature(y: readonly number[], Z: readonly (readonly number[])[]): number {
  const slope = (b: number) => temperatureGradient(y, Z, b).first;
  if (slope(0) >= 0) return Infinity;
  if (Z.every((z, n) => Math.max(...z) === z[y[n]!]!)) return 0;
  let a = 0;
  let fa = slope(0);
  let b = 0.5;
  while (slope(b) < 0) {
    a = b;
    fa = slope(b);
    b *= 2;
  }
  let fb = slope(b);
  // Illinois variant of regula falsi
  let side = 0;
  for (let i = 0; i < 300; i++) {
    const c = (fa * b - fb * a) / (fa - fb);
    const fc = slope(c);
    if (fc === 0 || Math.abs(b - a) < 1e-15 * b) return 1 / c;
    if (fc > 0) {
      b = c;
      fb = fc;
      if (side === 1) fa /= 2;
      side = 1;
    } else {
      a = c;
      fa = fc;
      if (side === -1) fb /= 2;
      side = -1;
    }
  }
  return 2 / (a + b);
}
