import type { Mutant } from "../../specification";

type P = readonly number[];
const top = (z: P) => Math.max(...z);
const sumExp = (z: P, shift: number) => z.reduce((s, x) => s + Math.exp(x - shift), 0);
const lse = (z: P) => (top(z) === Number.NEGATIVE_INFINITY ? top(z) : top(z) + Math.log(sumExp(z, top(z))));
const logSoftmax = (z: P) => z.map((x) => x - top(z) - Math.log(sumExp(z, top(z))));

type Finding = "ok" | "overflow" | "underflow" | "precision";
const examine = (f: (z: P) => number, cases: P[], precision = true): Finding => {
  const got = cases.map((z) => f(z));
  if (got.some((x) => Number.isNaN(x) || x === Number.POSITIVE_INFINITY)) return "overflow";
  if (got.some((x) => x === Number.NEGATIVE_INFINITY)) return "underflow";
  return precision && got.some((x, i) => Math.abs(x - lse(cases[i]!)) > 1e-12 * Math.abs(lse(cases[i]!)))
    ? "precision"
    : "ok";
};

export const mutants: readonly Mutant[] = [
  {
    name: "sum of exponentials",
    check: "values",
    message: "You returned Σ exp(z): its logarithm is missing.",
    code: { logSumExp: (z: P) => sumExp(z, 0) },
  },
  {
    name: "maximum forgotten",
    check: "values",
    message: "You took the maximum out of the exponents and forgot to add it back.",
    code: { logSumExp: (z: P) => Math.log(sumExp(z, top(z))) },
  },
  {
    name: "only the maximum",
    check: "values",
    message: "The maximum is a lower bound: LSE lies between max and max + log K. The sum is missing.",
    code: { logSumExp: (z: P) => top(z) },
  },
  {
    name: "log-mean-exp",
    check: "values",
    message: "You divided by the number of logits: that is log-mean-exp, too small by log K.",
    code: { logSumExp: (z: P) => lse(z) - Math.log(z.length) },
  },
  {
    name: "naive",
    check: "extremes",
    message:
      "exp(1000) = Infinity and exp(−1000) = 0. Subtract the largest logit inside, add it back outside.",
    code: { logSumExp: (z: P) => Math.log(sumExp(z, 0)) },
  },
  {
    name: "shift by the mean",
    check: "extremes",
    message:
      "With the mean as shift an exponent can still be large. Only the maximum makes all of them at most 0.",
    code: {
      logSumExp: (z: P) => {
        const mean = z.reduce((a, b) => a + b, 0) / z.length;
        return mean + Math.log(sumExp(z, mean));
      },
    },
  },
  {
    name: "NaN without any chance",
    check: "extremes",
    message: "All logits −∞: −∞ − (−∞) is NaN. The sum of zero chances is 0 and its logarithm −∞.",
    code: { logSumExp: (z: P) => top(z) + Math.log(sumExp(z, top(z))) },
  },
  {
    name: "softmax, then log",
    check: "log-softmax",
    message: "Across a gap of 746 softmax is exactly 0 and its log −∞. Subtract the log-sum-exp instead.",
    code: { logSoftmax: (z: P) => z.map((x) => Math.log(Math.exp(x - top(z)) / sumExp(z, top(z)))) },
  },
  {
    name: "softmax without log",
    check: "log-softmax",
    message: "You returned softmax itself. Its logarithm is z − logSumExp(z).",
    code: { logSoftmax: (z: P) => logSoftmax(z).map(Math.exp) },
  },
  {
    name: "epsilon inside the log",
    check: "log-softmax",
    message: "log(p + 1e-12) caps every loss near 27.6. The stable form needs no epsilon.",
    code: { logSoftmax: (z: P) => logSoftmax(z).map((x) => Math.log(Math.exp(x) + 1e-12)) },
  },
  {
    name: "digits lost to the offset",
    check: "offset",
    message:
      "z − logSumExp(z) subtracts two numbers near 2^49, where only multiples of 1/8 exist. Use (z − max) − log Σ exp(z − max).",
    code: { logSoftmax: (z: P) => z.map((x) => x - lse(z)) },
  },
  {
    name: "one maximum for the batch",
    check: "rows",
    message: "Each row needs its own maximum: with the largest of the batch, row 2 underflows.",
    code: {
      logSoftmaxRows: (Z: readonly P[]) => {
        const highest = Math.max(...Z.flat());
        return Z.map((z) => z.map((x) => x - highest - Math.log(sumExp(z, highest))));
      },
    },
  },
  {
    name: "normalised over the batch",
    check: "rows",
    message: "Each row must sum to 1 by itself: you normalised over the whole batch.",
    code: {
      logSoftmaxRows: (Z: readonly P[]) => Z.map((z) => z.map((x) => x - lse(Z.flat()))),
    },
  },
  {
    name: "columns for rows",
    check: "rows",
    message: "You normalised down the columns. The class axis is the last: one distribution per row.",
    code: {
      logSoftmaxRows: (Z: readonly P[]) => {
        const columns = Z[0]!.map((_, k) => logSoftmax(Z.map((row) => row[k]!)));
        return Z.map((_, i) => columns.map((column) => column[i]!));
      },
    },
  },
  {
    name: "logits changed",
    check: "unchanged",
    message: "Don't modify the caller's logits: make a new array.",
    code: {
      logSumExp: (z: P) => lse(z),
      logSoftmax: (z: number[]) => {
        const m = top(z);
        for (let i = 0; i < z.length; i++) z[i]! -= m;
        return z.map((x) => x - lse(z));
      },
      logSoftmaxRows: (Z: readonly P[]) => Z.map(logSoftmax),
    },
  },
  {
    name: "always ok",
    check: "diagnose",
    message:
      "You found nothing in an implementation that has a defect: try large, very negative and moderate logits.",
    code: { diagnose: (): Finding => "ok" },
  },
  {
    name: "large logits only",
    check: "diagnose",
    message: "You tried only large logits. exp(−1000) = 0 breaks others: try very negative ones too.",
    code: {
      diagnose: (f: (z: P) => number) =>
        examine(f, [
          [1000, 999],
          [0.5, 1.5],
          [0, 0],
        ]),
    },
  },
  {
    name: "extremes only",
    check: "diagnose",
    message:
      "You looked only for infinities. A finite result can be wrong too: compare with the truth at moderate logits.",
    code: {
      diagnose: (f: (z: P) => number) =>
        examine(
          f,
          [
            [1000, 999],
            [-1000, -1001],
            [1000, -1000],
          ],
          false,
        ),
    },
  },
];
