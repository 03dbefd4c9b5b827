import type { DerivationTask } from "../task";

/** E04: cross-entropy is entropy plus divergence. */
export const e04: DerivationTask = {
  id: "E04",
  symbols: { p: { is: "distribution", size: "K" }, q: { is: "distribution", size: "K" } },
  definitions: {
    "H(a)": "-sum(i, a[i] * log(a[i]))",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
  },
  latex: { KL: "D_{\\mathrm{KL}}(#1\\,\\|\\,#2)" },
  routes: [{ start: "-sum(i, p[i] * log(q[i]))", target: "H(p) + KL(p, q)", relation: "=" }],
  milestones: [
    {
      name: "log p inserted, so that it cancels",
      modulo: "linearity",
      forms: [
        "-sum(i, p[i] * (log(q[i]) - log(p[i]) + log(p[i])))",
        "-sum(i, p[i] * log(p[i] * (q[i] / p[i])))",
        "-sum(i, p[i] * log(q[i] / p[i] * p[i]))",
      ],
    },
    {
      name: "the sum split in two, one of them the entropy of p",
      forms: [
        "-sum(i, p[i] * log(p[i])) + sum(i, p[i] * (log(p[i]) - log(q[i])))",
        "-sum(i, p[i] * log(p[i])) + sum(i, p[i] * log(p[i] / q[i]))",
        "-sum(i, p[i] * log(p[i])) - sum(i, p[i] * log(q[i] / p[i]))",
        "H(p) + sum(i, p[i] * (log(p[i]) - log(q[i])))",
        "H(p) + sum(i, p[i] * log(p[i] / q[i]))",
      ],
    },
  ],
  lines: 4,
  misconceptions: [
    { line: "H(p) + KL(q, p)", says: "The divergence is turned round: this line is H(p) + KL(q‖p)." },
    { line: "H(q) + KL(p, q)", says: "The first entropy must be of the source, p." },
    { line: "H(p) - KL(p, q)", says: "log(p/q) = log p − log q: check the sign." },
    {
      line: "-sum(i, p[i] * (log(q[i]) + log(p[i]) - log(p[i]) + log(p[i])))",
      says: "What is inserted must cancel: log p once with plus and once with minus.",
    },
    { line: "-log(sum(i, p[i] * q[i]))", says: "That distributes log over a sum." },
    { line: "-sum(i, log(p[i] * q[i]))", says: "That takes the weight p into the logarithm." },
  ],
};
