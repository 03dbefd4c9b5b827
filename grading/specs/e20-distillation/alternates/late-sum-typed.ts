// late sum typed
export const steps = [
  { expression: "diff(-sum(j, t[j] * log(phat[j])), z[k])", by: "start" },
  { expression: "diff(-sum(j, t[j] * log(exp(z[j] / T) / sum(i, exp(z[i] / T)))), z[k])", by: "definition" },
  {
    expression: "diff(-sum(j, t[j] * (log(exp(z[j] / T)) - log(sum(i, exp(z[i] / T))))), z[k])",
    by: "log of a quotient",
  },
  { expression: "diff(-sum(j, t[j] * (z[j] / T - log(sum(i, exp(z[i] / T))))), z[k])", by: "log of exp" },
  {
    expression: "-t[k] / T + sum(j, t[j]) * (exp(z[k] / T) / sum(i, exp(z[i] / T)) / T)",
    by: "differentiate",
  },
  { expression: "-t[k] / T + exp(z[k] / T) / sum(i, exp(z[i] / T)) / T", by: "sums to 1" },
  { expression: "-t[k] / T + phat[k] / T", by: "definition" },
  { expression: "(phat[k] - t[k]) / T", by: "algebra" },
];

export const limitSteps = [
  { expression: "T^2 * ((phat[k] - t[k]) / T)", by: "start" },
  { expression: "T * (phat[k] - t[k])", by: "cancel" },
  { expression: "T * (phat[k] - 1 / K - t[k] + 1 / K)", by: "add and subtract" },
  { expression: "T * (phat[k] - 1 / K) - T * (t[k] - 1 / K)", by: "algebra" },
  {
    expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K",
    relation: "->",
    by: "limit",
    limit: { of: "T", to: "infinity" },
  },
];

const softmax = (z: Float64Array) => {
  const top = z.reduce((a, b) => Math.max(a, b));
  const e = z.map((x) => Math.exp(x - top));
  const s = e.reduce((a, b) => a + b);
  return { p: e.map((x) => x / s), log: z.map((x) => x - top - Math.log(s)) };
};
export function distillationLoss(
  v: readonly number[],
  z: readonly number[],
  y: number,
  options: { temperature: number; alpha: number },
) {
  const { temperature, alpha } = options;
  const teacher = softmax(Float64Array.from(v, (x) => x / temperature)).p;
  const student = softmax(Float64Array.from(z, (x) => x / temperature));
  const plain = softmax(Float64Array.from(z));
  let loss = -alpha * plain.log[y]!;
  for (let k = z.length - 1; k >= 0; k--)
    loss -= (1 - alpha) * temperature * temperature * teacher[k]! * student.log[k]!;
  return {
    loss,
    grad: plain.p.map(
      (p, k) => alpha * (p - +(k === y)) + (1 - alpha) * temperature * (student.p[k]! - teacher[k]!),
    ),
  };
}
