// whole sum inserted
export const steps = [
  { expression: "-sum(i, p[i] * log(q[i]))", by: "start" },
  {
    expression: "-sum(i, p[i] * log(q[i])) + sum(i, p[i] * log(p[i])) - sum(i, p[i] * log(p[i]))",
    by: "add and subtract",
  },
  { expression: "sum(i, p[i] * (log(p[i]) - log(q[i]))) - sum(i, p[i] * log(p[i]))", by: "linearity" },
  { expression: "sum(i, p[i] * log(p[i] / q[i])) - sum(i, p[i] * log(p[i]))", by: "log of a quotient" },
  { expression: "KL(p, q) - sum(i, p[i] * log(p[i]))", by: "definition" },
  { expression: "KL(p, q) + H(p)", by: "definition" },
];
