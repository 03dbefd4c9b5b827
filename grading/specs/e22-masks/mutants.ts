import type { Mutant } from "../../specification";

type P = readonly number[];
type Mask = readonly boolean[];
interface Part {
  readonly sum: number;
  readonly count: number;
}
const add = (xs: P) => xs.reduce((a, b) => a + b, 0);
const mean = (xs: P) => (xs.length === 0 ? 0 : add(xs) / xs.length);
const kept = (x: P, mask: Mask) => x.filter((_, t) => mask[t]);
const count = (mask: Mask) => mask.filter(Boolean).length;
const ignoring =
  (choices: {
    over?: (y: P, kept: number) => number;
    gradOver?: (y: P, kept: number) => number;
    sign?: number;
    gradAll?: boolean;
  }) =>
  (y: P, logQ: readonly P[], ignore: number) => {
    const n = Math.max(1, y.filter((c) => c !== ignore).length);
    const over = choices.over?.(y, n) ?? n;
    const gradOver = choices.gradOver?.(y, n) ?? over;
    return {
      loss: add(y.map((c, i) => (c === ignore ? 0 : -logQ[i]![c]!))) / over,
      grad: logQ.map((row, i) =>
        row.map((_, k) => (y[i] !== ignore && k === y[i] ? ((choices.sign ?? -1) * 1) / gradOver : 0)),
      ),
    };
  };

export const mutants: readonly Mutant[] = [
  {
    name: "divided by the padded length",
    check: "masked",
    message: "You divided by the padded length. Only the tokens that count belong in the denominator.",
    code: { maskedMean: (x: P, mask: Mask) => (x.length === 0 ? 0 : add(kept(x, mask)) / x.length) },
  },
  {
    name: "mask ignored",
    check: "masked",
    message: "The mask has no effect: padding counts as if it were text.",
    code: { maskedMean: (x: P) => mean(x) },
  },
  {
    name: "mask inverted",
    check: "masked",
    message: "You kept what the mask says to leave out: true means that the token counts.",
    code: { maskedMean: (x: P, mask: Mask) => mean(x.filter((_, t) => !mask[t])) },
  },
  {
    name: "masked sum",
    check: "masked",
    message: "That is the sum. Divide by the number of tokens that count.",
    code: { maskedMean: (x: P, mask: Mask) => add(kept(x, mask)) },
  },
  {
    name: "mask after the exponential",
    check: "masked",
    message:
      "You masked probabilities (loss 0 became probability 0 or 1) before averaging. Mask the losses themselves.",
    code: {
      maskedMean: (x: P, mask: Mask) =>
        x.length === 0
          ? 0
          : -Math.log(add(x.map((l, t) => (mask[t] ? Math.exp(-l) : 0))) / Math.max(1, count(mask))),
    },
  },
  {
    name: "0/0",
    check: "nothing",
    message: "Nothing counted, and 0/0 gave NaN. Decide what the mean of nothing is: here, 0.",
    code: { maskedMean: (x: P, mask: Mask) => add(kept(x, mask)) / count(mask) },
  },
  {
    name: "zero times NaN",
    check: "leak",
    message: "0·NaN is NaN: select what counts, don't multiply by the mask.",
    code: {
      maskedMean: (x: P, mask: Mask) =>
        count(mask) === 0 ? 0 : add(x.map((l, t) => l * (mask[t] ? 1 : 0))) / count(mask),
    },
  },
  {
    name: "NaN dropped",
    check: "leak",
    message: "You dropped NaN but not Infinity, or whatever looked odd. The mask alone decides what counts.",
    code: {
      maskedMean: (x: P, mask: Mask) =>
        count(mask) === 0
          ? 0
          : add(x.map((l, t) => (Number.isNaN(l) ? 0 : mask[t] ? l : l === 0 ? 0 : l * 0))) / count(mask),
    },
  },
  {
    name: "pooled tokens",
    check: "sequences",
    message: "You pooled all tokens: long sequences weigh more. Here each sequence's mean counts once.",
    code: {
      perSequenceMean: (x: readonly P[], mask: readonly Mask[]) =>
        mean(x.flatMap((row, n) => kept(row, mask[n]!))),
    },
  },
  {
    name: "empty sequences count as 0",
    check: "sequences",
    message: "A sequence without a counted token pulled the mean towards 0: leave it out.",
    code: {
      perSequenceMean: (x: readonly P[], mask: readonly Mask[]) =>
        mean(x.map((row, n) => mean(kept(row, mask[n]!)))),
    },
  },
  {
    name: "sequence sums",
    check: "sequences",
    message: "You averaged the sums. Each sequence's own mean first, then the mean of those.",
    code: {
      perSequenceMean: (x: readonly P[], mask: readonly Mask[]) =>
        mean(
          x
            .map((row, n) => kept(row, mask[n]!))
            .filter((row) => row.length > 0)
            .map(add),
        ),
    },
  },
  {
    name: "mean of means",
    check: "accumulate",
    message: "The average of averages is 2.0; counted by token it is 1.1. Pool the sums and the counts.",
    code: {
      accumulate: (parts: readonly Part[]) => mean(parts.map((p) => (p.count === 0 ? 0 : p.sum / p.count))),
    },
  },
  {
    name: "divided by the parts",
    check: "accumulate",
    message: "You divided the sum by the number of parts. Divide by the number of tokens.",
    code: { accumulate: (parts: readonly Part[]) => mean(parts.map((p) => p.sum)) },
  },
  {
    name: "sum of means",
    check: "accumulate",
    message: "Adding up the parts' means makes the loss grow with the number of parts.",
    code: {
      accumulate: (parts: readonly Part[]) => add(parts.map((p) => (p.count === 0 ? 0 : p.sum / p.count))),
    },
  },
  {
    name: "all rows in the denominator",
    check: "ignore",
    message: "Ignored rows still count in your denominator: divide by the number of rows that are left.",
    code: { ignoreIndexLoss: ignoring({ over: (y) => y.length }) },
  },
  {
    name: "gradient over all rows",
    check: "ignore",
    message: "The loss is right, the gradient divides by all rows: it must be divided as the loss is.",
    code: { ignoreIndexLoss: ignoring({ gradOver: (y) => y.length }) },
  },
  {
    name: "ignored class used",
    check: "ignore",
    message: "−100 is not a class: a row with the ignored label must be skipped, not looked up.",
    code: {
      ignoreIndexLoss: (y: P, logQ: readonly P[]) => ({
        loss: mean(y.map((c, i) => -logQ[i]!.at(c < -logQ[i]!.length ? -1 : c)!)),
        grad: logQ.map((row, i) =>
          row.map((_, k) => (k === (y[i]! < 0 ? row.length - 1 : y[i]) ? -1 / y.length : 0)),
        ),
      }),
    },
  },
  {
    name: "gradient uphill",
    check: "ignore",
    message: "The loss falls as the log-probability of the truth rises: its slope is −1/n.",
    code: { ignoreIndexLoss: ignoring({ sign: 1 }) },
  },
];
