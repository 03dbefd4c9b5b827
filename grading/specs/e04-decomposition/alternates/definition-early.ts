// definition early
export const steps = [
  { expression: "-sum(k, p[k] * log(q[k]))", by: "start" },
  { expression: "-sum(k, p[k] * (log(p[k]) + log(q[k]) - log(p[k])))", by: "add and subtract" },
  { expression: "-sum(k, p[k] * log(p[k])) + sum(k, p[k] * (log(p[k]) - log(q[k])))", by: "linearity" },
  { expression: "H(p) + sum(k, p[k] * (log(p[k]) - log(q[k])))", by: "definition" },
  { expression: "H(p) + sum(k, p[k] * log(p[k] / q[k]))", by: "log of a quotient" },
  { expression: "H(p) + KL(p, q)", by: "definition" },
];
