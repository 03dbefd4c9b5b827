// class style
export const steps = [
  { expression: "diff(-sum(j, t[j] * log(phat[j])), z[k])", by: "start" },
  { expression: "diff(-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T)))), z[k])", by: "definition" },
  {
    expression: "diff(-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T))))), z[k])",
    by: "log of a quotient",
  },
  { expression: "diff(-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T))))), z[k])", by: "log of exp" },
  {
    expression: "diff(log(sum(i, exp(z[i] / T))) * sum(j, t[j]) - sum(j, t[j] * z[j]) / T, z[k])",
    by: "linearity",
  },
  { expression: "diff(log(sum(i, exp(z[i] / T))) - sum(j, t[j] * z[j]) / T, z[k])", by: "sums to 1" },
  { expression: "(exp(z[k] / T) / sum(i, exp(z[i] / T)) - t[k]) / T", by: "differentiate" },
  { expression: "(phat[k] - t[k]) / T", by: "definition" },
];

export const limitSteps = [
  { expression: "T^2 * ((phat[k] - t[k]) / T)", by: "start" },
  { expression: "T * (phat[k] - t[k])", by: "algebra" },
  { expression: "T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", by: "algebra" },
  {
    expression: "(z[k] - sum(i, z[i]) / K) / K - (v[k] - sum(i, v[i]) / K) / K",
    relation: "->",
    by: "limit",
    limit: { of: "T", to: "infinity" },
  },
  { expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K", by: "algebra" },
];

class Softened {
  readonly log: number[];
  constructor(
    z: readonly number[],
    readonly T: number,
  ) {
    const sorted = z.map((x) => x / T).sort((a, b) => b - a);
    const rest = sorted[0]! + Math.log1p(sorted.slice(1).reduce((s, x) => s + Math.exp(x - sorted[0]!), 0));
    this.log = z.map((x) => x / T - rest);
  }
  crossEntropy(target: readonly number[]): { loss: number; grad: number[] } {
    return {
      loss: 0 - target.reduce((s, t, k) => s + t * this.log[k]!, 0),
      grad: this.log.map((l, k) => (Math.exp(l) - target[k]!) / this.T),
    };
  }
}
export function distillationLoss(
  zTeacher: readonly number[],
  zStudent: readonly number[],
  y: number,
  options: { temperature: number; alpha: number },
) {
  const { temperature: T, alpha } = options;
  const hard = new Softened(zStudent, 1).crossEntropy(zStudent.map((_, k) => (k === y ? 1 : 0)));
  const soft = new Softened(zStudent, T).crossEntropy(new Softened(zTeacher, T).log.map(Math.exp));
  const weight = (1 - alpha) * T * T;
  return {
    loss: alpha * hard.loss + weight * soft.loss,
    grad: hard.grad.map((g, k) => alpha * g + weight * soft.grad[k]!),
  };
}
