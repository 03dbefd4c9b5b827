// through the jacobian
export const steps = [
  { expression: "diff(-log(phat[c]), z[k])", by: "start" },
  { expression: "-1 / phat[c] * diff(phat[c], z[k])", by: "chain rule" },
  {
    expression:
      "-1 / phat[c] * (exp(z[c]) / sum(j, exp(z[j])) * (delta(c, k) - exp(z[k]) / sum(j, exp(z[j]))))",
    by: "differentiate",
  },
  { expression: "-1 / phat[c] * (phat[c] * (delta(c, k) - phat[k]))", by: "definition" },
  { expression: "-(delta(c, k) - phat[k])", by: "cancel" },
  { expression: "phat[k] - delta(k, c)", by: "rearrange" },
];

export const softSteps = [
  { expression: "diff(-sum(i, t[i] * log(phat[i])), z[k])", by: "start" },
  { expression: "-sum(j, t[j] / phat[j] * diff(phat[j], z[k]))", by: "chain rule" },
  {
    expression:
      "-sum(j, t[j] / phat[j] * (exp(z[j]) / sum(i, exp(z[i])) * (delta(j, k) - exp(z[k]) / sum(i, exp(z[i])))))",
    by: "differentiate",
  },
  { expression: "-sum(j, t[j] / phat[j] * (phat[j] * (delta(j, k) - phat[k])))", by: "definition" },
  { expression: "-sum(j, t[j] * (delta(j, k) - phat[k]))", by: "cancel" },
  { expression: "phat[k] * sum(j, t[j]) - t[k]", by: "pick the term" },
  { expression: "phat[k] - t[k]", by: "sums to 1" },
];
