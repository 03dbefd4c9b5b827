// short
export const steps = [
  { expression: "diff(-z[c] + log(sum(i, exp(z[i]))), z[k])", by: "start" },
  { expression: "exp(z[k]) / sum(i, exp(z[i])) - delta(k, c)", by: "differentiate" },
  { expression: "phat[k] - delta(k, c)", by: "definition" },
];

export const softSteps = [
  { expression: "diff(-sum(i, t[i] * log(phat[i])), z[k])", by: "start" },
  { expression: "diff(-sum(i, t[i] * log(exp(z[i]) / sum(j, exp(z[j])))), z[k])", by: "definition" },
  {
    expression: "diff(-sum(i, t[i] * (log(exp(z[i])) - log(sum(j, exp(z[j]))))), z[k])",
    by: "log of a quotient",
  },
  { expression: "diff(-sum(i, t[i] * (z[i] - log(sum(j, exp(z[j]))))), z[k])", by: "log of exp" },
  { expression: "-t[k] + exp(z[k]) / sum(j, exp(z[j])) * sum(i, t[i])", by: "differentiate" },
  { expression: "-t[k] + exp(z[k]) / sum(j, exp(z[j]))", by: "sums to 1" },
  { expression: "phat[k] - t[k]", by: "definition" },
];
