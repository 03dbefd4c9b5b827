// multiply and divide
export const steps = [
  { expression: "-sum(i, p[i] * log(q[i]))", by: "start" },
  { expression: "-sum(j, p[j] * log(p[j] * (q[j] / p[j])))", by: "cancel" },
  { expression: "-sum(j, p[j] * (log(p[j]) + log(q[j] / p[j])))", by: "log of a product" },
  { expression: "-sum(j, p[j] * log(p[j])) - sum(j, p[j] * log(q[j] / p[j]))", by: "linearity" },
  { expression: "H(p) - sum(j, p[j] * log(q[j] / p[j]))", by: "definition" },
  { expression: "H(p) + sum(j, p[j] * log(p[j] / q[j]))", by: "log of a quotient" },
  { expression: "KL(p, q) + H(p)", by: "definition" },
];
