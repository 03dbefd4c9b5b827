// chain rule lse
export const steps = [
  { expression: "diff(-sum(j, t[j] * log(phat[j])), z[k])", by: "start" },
  { expression: "-sum(j, t[j] / phat[j] * diff(phat[j], z[k]))", by: "chain rule" },
  {
    expression:
      "-sum(j, t[j] / phat[j] * (exp(z[j] / T) / sum(i, exp(z[i] / T)) * (delta(j, k) - exp(z[k] / T) / sum(i, exp(z[i] / T))) / T))",
    by: "differentiate",
  },
  { expression: "-sum(j, t[j] / phat[j] * (phat[j] * (delta(j, k) - phat[k]) / T))", by: "definition" },
  { expression: "-sum(j, t[j] * (delta(j, k) - phat[k]) / T)", by: "cancel" },
  { expression: "-t[k] / T + phat[k] / T * sum(j, t[j])", by: "pick the term" },
  { expression: "-t[k] / T + phat[k] / T", by: "sums to 1" },
  { expression: "(phat[k] - t[k]) / T", by: "algebra" },
];

export const limitSteps = [
  { expression: "T^2 * ((phat[k] - t[k]) / T)", by: "start" },
  { expression: "T * ((phat[k] - 1 / K) - (t[k] - 1 / K))", by: "algebra" },
  {
    expression:
      "T * (exp(z[k] / T) / sum(i, exp(z[i] / T)) - 1 / K - (exp(v[k] / T) / sum(i, exp(v[i] / T)) - 1 / K))",
    by: "definition",
  },
  {
    expression: "(z[k] - sum(i, z[i]) / K - (v[k] - sum(i, v[i]) / K)) / K",
    relation: "->",
    by: "limit",
    limit: { of: "T", to: "infinity" },
  },
];

const lse = (z: readonly number[]) => {
  const m = z.reduce((a, b) => Math.max(a, b));
  return m + Math.log(z.reduce((s, x) => s + Math.exp(x - m), 0));
};
export function distillationLoss(
  v: readonly number[],
  z: readonly number[],
  y: number,
  { temperature, alpha }: { temperature: number; alpha: number },
) {
  const T = temperature;
  const [vT, zT] = [v.map((x) => x / T), z.map((x) => x / T)];
  const t = vT.map((x) => Math.exp(x - lse(vT)));
  const soft = t.reduce((s, tk, k) => s + tk * (lse(zT) - zT[k]!), 0);
  const grad = z.map(
    (x, k) => alpha * Math.exp(x - lse(z)) + (1 - alpha) * T * (Math.exp(zT[k]! - lse(zT)) - t[k]!),
  );
  grad[y]! -= alpha;
  return { loss: alpha * (lse(z) - z[y]!) + (1 - alpha) * T ** 2 * soft, grad };
}
