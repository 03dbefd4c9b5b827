import type { Mutant } from "../../specification";

type P = readonly number[];
type Wins = readonly P[];
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const center = (s: P) => s.map((x) => x - s.reduce((a, b) => a + b, 0) / s.length);
function zermelo(wins: Wins): number[] {
  let w = wins.map(() => 1);
  for (let step = 0; step < 5000; step++) {
    const b = w;
    w = w.map((wi, i) => {
      let [won, expected] = [0, 0];
      wins.forEach((row, j) => {
        if (i === j) return;
        won += wins[i]![j]!;
        expected += (wins[i]![j]! + row[i]!) / (wi + b[j]!);
      });
      return won / expected;
    });
  }
  return w.map(Math.log);
}
function connected(wins: Wins): boolean {
  const spread = (next: (i: number, j: number) => boolean) => {
    const seen = new Set([0]);
    for (const i of seen) for (const j of wins.keys()) if (next(i, j)) seen.add(j);
    return seen.size === wins.length;
  };
  return spread((i, j) => wins[i]![j]! > 0) && spread((i, j) => wins[j]![i]! > 0);
}
const guarded = (f: (wins: Wins) => number[]) => (wins: Wins) => (connected(wins) ? f(wins) : null);
const dpo =
  (
    margin: (
      a: number,
      b: number,
      ra: number,
      rb: number,
      beta: number,
    ) => [m: number, byA: number, byB: number],
  ) =>
  (a: number, b: number, ra: number, rb: number, beta: number) => {
    const [m, byA, byB] = margin(a, b, ra, rb, beta);
    const s = -sigmoid(-m);
    return { loss: softplus(-m), grad: [s * byA, s * byB] };
  };

export const mutants: readonly Mutant[] = [
  {
    name: "ratio of scores",
    check: "probability",
    message: "Scores are logarithms of strengths: take σ of their difference, not a share of their sum.",
    code: { preferenceProbability: (a: number, b: number) => a / (a + b) },
  },
  {
    name: "preference the wrong way",
    check: "probability",
    message: "That is the probability that b is preferred: a − b, not b − a.",
    code: { preferenceProbability: (a: number, b: number) => sigmoid(b - a) },
  },
  {
    name: "softmax overflows",
    check: "probability",
    message: "exp of a large score is Infinity: only the difference matters, so take it first.",
    code: { preferenceProbability: (a: number, b: number) => Math.exp(a) / (Math.exp(a) + Math.exp(b)) },
  },
  {
    name: "difference of probabilities",
    check: "probability",
    message: "σ(a) − σ(b) is no probability of a choice. One σ, of the difference.",
    code: { preferenceProbability: (a: number, b: number) => sigmoid(a) - sigmoid(b) },
  },
  {
    name: "log of the win rate",
    check: "fit",
    message: "The log-odds of someone's win rate ignore whom they played. Solve for all scores together.",
    code: {
      fitBradleyTerry: guarded((wins) =>
        center(
          wins.map((row, i) => {
            const won = row.reduce((a, b) => a + b, 0);
            const lost = wins.reduce((s, r) => s + r[i]!, 0);
            return Math.log(won / lost);
          }),
        ),
      ),
    },
  },
  {
    name: "strengths for scores",
    check: "fit",
    message: "Those are strengths: scores are their logarithms.",
    code: { fitBradleyTerry: guarded((wins) => center(zermelo(wins).map(Math.exp))) },
  },
  {
    name: "not centred",
    check: "fit",
    message: "Right up to a constant, which the comparisons do not fix: make the scores sum to 0.",
    code: { fitBradleyTerry: guarded((wins) => zermelo(wins).map((x, _i, all) => x - all[0]!)) },
  },
  {
    name: "losses for wins",
    check: "fit",
    message: "wins[i][j] is how often i beat j: you read it as j beating i.",
    code: { fitBradleyTerry: guarded((wins) => center(zermelo(wins).map((x) => -x))) },
  },
  {
    name: "stopped early",
    check: "fit",
    message: "You stopped before it settled: go on until the scores no longer change.",
    code: {
      fitBradleyTerry: guarded((wins) => {
        const n = wins.length;
        let s = Array<number>(n).fill(0);
        for (let t = 0; t < 20; t++)
          s = s.map((si, i) => {
            let g = 0;
            for (let j = 0; j < n; j++)
              if (j !== i) g += wins[i]![j]! - (wins[i]![j]! + wins[j]![i]!) * sigmoid(si - s[j]!);
            return si + 0.02 * g;
          });
        return center(s);
      }),
    },
  },
  {
    name: "pseudo-wins",
    check: "fit",
    message: "You added half a win for everybody: that is a prior. The most likely scores were asked.",
    code: {
      fitBradleyTerry: guarded((wins) =>
        center(zermelo(wins.map((row, i) => row.map((x, j) => (i === j ? 0 : x + 0.5))))),
      ),
    },
  },
  {
    name: "never null",
    check: "infinite",
    message:
      "Without a win against the others a score runs to −∞: return null unless wins connect everyone both ways.",
    code: { fitBradleyTerry: (wins: Wins) => center(zermelo(wins)) },
  },
  {
    name: "everyone has won and lost",
    check: "infinite",
    message:
      "A win and a loss for each player are not enough: a group that never loses to the rest still has infinite scores.",
    code: {
      fitBradleyTerry: (wins: Wins) =>
        wins.every((row, i) => row.some((x) => x > 0) && wins.some((r) => r[i]! > 0))
          ? center(zermelo(wins))
          : null,
    },
  },
  {
    name: "reference forgotten",
    check: "dpo",
    message: "Subtract the reference: what counts is how much more than the reference the model prefers.",
    code: { dpoLoss: dpo((a, b, _ra, _rb, beta) => [beta * (a - b), beta, -beta]) },
  },
  {
    name: "chosen and rejected exchanged",
    check: "dpo",
    message: "Chosen minus rejected: you reward the rejected answer.",
    code: { dpoLoss: dpo((a, b, ra, rb, beta) => [beta * (b - rb - (a - ra)), -beta, beta]) },
  },
  {
    name: "beta outside",
    check: "dpo",
    message: "β multiplies inside σ: outside it only rescales the loss.",
    code: {
      dpoLoss: (a: number, b: number, ra: number, rb: number, beta: number) => {
        const m = a - ra - (b - rb);
        return { loss: beta * softplus(-m), grad: [-beta * sigmoid(-m), beta * sigmoid(-m)] };
      },
    },
  },
  {
    name: "ratio of probabilities",
    check: "dpo",
    message: "A difference of logs, not of probabilities: leave the exponential out.",
    code: {
      dpoLoss: dpo((a, b, ra, rb, beta) => [
        beta * (Math.exp(a - ra) - Math.exp(b - rb)),
        beta * Math.exp(a - ra),
        -beta * Math.exp(b - rb),
      ]),
    },
  },
  {
    name: "reference with the other sign",
    check: "dpo",
    message: "The reference is subtracted from each log-probability, not added.",
    code: { dpoLoss: dpo((a, b, ra, rb, beta) => [beta * (a + ra - (b + rb)), beta, -beta]) },
  },
  {
    name: "gradient without beta",
    check: "dpo",
    message: "The loss is right; in the gradient β is missing: the slope is −β·σ(−β·margin).",
    code: {
      dpoLoss: (a: number, b: number, ra: number, rb: number, beta: number) => {
        const m = beta * (a - ra - (b - rb));
        return { loss: softplus(-m), grad: [-sigmoid(-m), sigmoid(-m)] };
      },
    },
  },
  {
    name: "gradient with the wrong weight",
    check: "dpo",
    message: "The weight is σ(−β·margin): large while the pair is ranked wrongly, small once it is right.",
    code: {
      dpoLoss: (a: number, b: number, ra: number, rb: number, beta: number) => {
        const m = beta * (a - ra - (b - rb));
        return { loss: softplus(-m), grad: [-beta * sigmoid(m), beta * sigmoid(m)] };
      },
    },
  },
  {
    name: "sigmoid, then log",
    check: "far",
    message: "σ(−2000) is 0 and its log −∞: use log(1 + e^(−m)) with the large part taken out.",
    code: {
      dpoLoss: (a: number, b: number, ra: number, rb: number, beta: number) => {
        const m = beta * (a - ra - (b - rb));
        return { loss: -Math.log(1 / (1 + Math.exp(-m))), grad: [-beta * sigmoid(-m), beta * sigmoid(-m)] };
      },
    },
  },
  {
    name: "half for neither",
    check: "neither",
    message: '"Neither" is a third outcome with a score of its own: one softmax over three.',
    code: {
      withNeither: (a: number, b: number, n: number) => {
        const q = sigmoid(n);
        return [(1 - q) * sigmoid(a - b), (1 - q) * sigmoid(b - a), q];
      },
    },
  },
  {
    name: "three sigmoids",
    check: "neither",
    message: "Three σ do not sum to 1: the outcomes exclude each other, so use a softmax.",
    code: { withNeither: (a: number, b: number, n: number) => [sigmoid(a), sigmoid(b), sigmoid(n)] },
  },
  {
    name: "naive softmax",
    check: "neither",
    message: "exp(1000) = Infinity: subtract the largest score first.",
    code: {
      withNeither: (a: number, b: number, n: number) => {
        const e = [a, b, n].map(Math.exp);
        return e.map((x) => x / (e[0]! + e[1]! + e[2]!));
      },
    },
  },
];
