// class style
export const steps = [
  { expression: "diff(sum(n, log(sum(k, exp(beta * z[n, k]))) - beta * z[n, y[n]]) / N, beta)", by: "start" },
  {
    expression:
      "sum(n, sum(k, exp(beta * z[n, k]) * z[n, k]) / sum(i, exp(beta * z[n, i])) - z[n, y[n]]) / N",
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

class Row {
  constructor(
    readonly z: readonly number[],
    readonly c: number,
  ) {}
  slopes(b: number): [number, number] {
    const top = Math.max(...this.z);
    let s0 = 0;
    let s1 = 0;
    for (const x of this.z) {
      const w = Math.exp(b * (x - top));
      s0 += w;
      s1 += w * x;
    }
    const mean = s1 / s0;
    const variance = this.z.reduce((v, x) => v + (Math.exp(b * (x - top)) / s0) * (x - mean) ** 2, 0);
    return [mean - this.z[this.c]!, variance];
  }
  get separated(): boolean {
    return this.z[this.c]! >= Math.max(...this.z);
  }
}
const rows = (y: readonly number[], Z: readonly (readonly number[])[]) => Z.map((z, n) => new Row(z, y[n]!));
export function temperatureGradient(y: readonly number[], Z: readonly (readonly number[])[], beta: number) {
  const all = rows(y, Z).map((r) => r.slopes(beta));
  const mean = (k: 0 | 1) => all.reduce((s, x) => s + x[k], 0) / all.length;
  return { first: mean(0), second: mean(1) };
}
export function fitTemperature(y: readonly number[], Z: readonly (readonly number[])[]): number {
  if (rows(y, Z).every((r) => r.separated)) return 0;
  if (temperatureGradient(y, Z, 0).first >= 0) return Number.POSITIVE_INFINITY;
  // Newton on log β, guarded: the step in β at most halves or doubles
  let b = 0.1;
  for (let i = 0; i < 500; i++) {
    const { first, second } = temperatureGradient(y, Z, b);
    const next = Math.min(2 * b, Math.max(b / 2, b - first / second));
    if (Math.abs(next - b) <= 1e-15 * b) break;
    b = next;
  }
  return 1 / b;
}
