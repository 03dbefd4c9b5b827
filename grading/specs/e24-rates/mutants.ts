import type { Mutant } from "../../specification";

type P = readonly number[];
type Matrix = readonly P[];
const add = (xs: P) => xs.reduce((a, b) => a + b, 0);
/** π by elimination on (Pᵀ − I)π = 0 with Σπ = 1 */
function stationary(M: Matrix): number[] {
  const n = M.length;
  const rows = M.map((_, j) => [
    ...M.map((row, i) => (j === n - 1 ? 1 : row[j]! - (i === j ? 1 : 0))),
    j === n - 1 ? 1 : 0,
  ]);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(rows[r]![c]!) > Math.abs(rows[pivot]![c]!)) pivot = r;
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]! / rows[c]![c]!;
      rows[r] = rows[r]!.map((x, k) => x - factor * rows[c]![k]!);
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}
const H = (p: P) => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);
const cross = (p: P, q: P) => p.reduce((s, x, i) => (x > 0 ? s - x * Math.log(q[i]!) : s), 0);
const rate = (pi: P, M: Matrix, Q: Matrix) => add(pi.map((w, i) => w * cross(M[i]!, Q[i]!)));
const uniform = (M: Matrix) => M.map(() => 1 / M.length);
const transpose = (M: Matrix) => M.map((_, i) => M.map((row) => row[i]!));
/** entropies of words of 1, 2, … letters */
function blocks(joint: P, symbols: number): number[] {
  const out: number[] = [];
  for (
    let w = joint;
    w.length > 1;
    w = Array.from({ length: w.length / symbols }, (_, i) => add(w.slice(i * symbols, (i + 1) * symbols)))
  )
    out.unshift(H(w));
  return out;
}
const forward = (
  x: P,
  A: Matrix,
  B: Matrix,
  initial: P,
  choices: { scale?: boolean; move?: Matrix; moveFirst?: boolean; best?: boolean } = {},
) => {
  const move = choices.move ?? A;
  let total = 0;
  let alpha = [...initial];
  x.forEach((s, t) => {
    const before = alpha;
    const arrive = (j: number) => before.map((a, i) => a * move[i]![j]!);
    if (t > 0 || choices.moveFirst)
      alpha = alpha.map((_, j) => (choices.best ? Math.max(...arrive(j)) : add(arrive(j))));
    alpha = alpha.map((a, i) => a * B[i]![s]!);
    if (choices.scale === false) return;
    const sum = choices.best ? Math.max(...alpha) : add(alpha);
    total -= Math.log(sum);
    alpha = alpha.map((a) => a / sum);
  });
  return choices.scale === false ? -Math.log(add(alpha)) : total;
};

export const mutants: readonly Mutant[] = [
  {
    name: "uniform states",
    check: "stationary",
    message: "The states are not visited equally often: solve π = πP.",
    code: { stationary: uniform },
  },
  {
    name: "rows for columns",
    check: "stationary",
    message: "P[i][j] is i→j: you solved Pπ = π. π multiplies P from the left.",
    code: {
      stationary: (M: Matrix) => {
        const T = transpose(M).map((row) => row.map((x) => x / add(row)));
        return stationary(T);
      },
    },
  },
  {
    name: "one step",
    check: "stationary",
    message: "That is the distribution after one step from equal chances. Follow it to the end: π = πP.",
    code: { stationary: (M: Matrix) => M.map((_, j) => add(M.map((row) => row[j]! / M.length))) },
  },
  {
    name: "powers from a corner",
    check: "stationary",
    message:
      "Repeated steps from state 0 never settle for a chain that alternates. Solve the equations instead.",
    code: {
      stationary: (M: Matrix) => {
        let pi: number[] = M.map((_, i) => (i === 0 ? 1 : 0));
        for (let t = 0; t < 5000; t++) pi = pi.map((_, j) => add(pi.map((w, i) => w * M[i]![j]!)));
        return pi;
      },
    },
  },
  {
    name: "unweighted rows",
    check: "rate",
    message: "Weight the rows by π, not by 1/K: some states are visited more often.",
    code: { entropyRate: (M: Matrix) => rate(uniform(M), M, M) },
  },
  {
    name: "unigram entropy",
    check: "rate",
    message: "That is H(π), the unigram entropy: the predecessor went unused.",
    code: { entropyRate: (M: Matrix) => H(stationary(M)) },
  },
  {
    name: "sum of row entropies",
    check: "rate",
    message: "You added up the rows' entropies: average them under π.",
    code: { entropyRate: (M: Matrix) => add(M.map(H)) },
  },
  {
    name: "entropy of pairs",
    check: "rate",
    message:
      "That is the entropy of a pair. Subtract H(π) to get what the second symbol costs given the first.",
    code: { entropyRate: (M: Matrix) => H(stationary(M)) + rate(stationary(M), M, M) },
  },
  {
    name: "states of the model",
    check: "cross-rate",
    message: "You took π from Q. Reality decides which states are visited; the model sets only −log Q.",
    code: { crossEntropyRate: (M: Matrix, Q: Matrix) => rate(stationary(Q), M, Q) },
  },
  {
    name: "rates exchanged",
    check: "cross-rate",
    message: "Exchanged: symbols come from P (the first argument) and are charged by Q.",
    code: { crossEntropyRate: (M: Matrix, Q: Matrix) => rate(stationary(Q), Q, M) },
  },
  {
    name: "uniform weights in the cross rate",
    check: "cross-rate",
    message: "Weight the rows by P's stationary distribution, not equally.",
    code: { crossEntropyRate: (M: Matrix, Q: Matrix) => rate(uniform(M), M, Q) },
  },
  {
    name: "the divergence only",
    check: "cross-rate",
    message: "You subtracted the entropy rate: that is the divergence rate. The whole cost was asked.",
    code: {
      crossEntropyRate: (M: Matrix, Q: Matrix) => rate(stationary(M), M, Q) - rate(stationary(M), M, M),
    },
  },
  {
    name: "clipped",
    check: "impossible",
    message: "P makes a transition that Q calls impossible: the rate is Infinity, and a clip hides it.",
    code: {
      crossEntropyRate: (M: Matrix, Q: Matrix) =>
        rate(
          stationary(M),
          M,
          Q.map((row) => row.map((x) => Math.max(x, 1e-10))),
        ),
    },
  },
  {
    name: "0·log 0",
    check: "impossible",
    message: "0·log 0 gave NaN: a transition that P never makes adds nothing.",
    code: {
      crossEntropyRate: (M: Matrix, Q: Matrix) =>
        add(stationary(M).map((w, i) => w * add(M[i]!.map((p, j) => -p * Math.log(Q[i]![j]!))))),
    },
  },
  {
    name: "block entropies",
    check: "ladder",
    message: "Those are the entropies of whole words. A rung is what the next letter adds: take differences.",
    code: { contextLadder: blocks },
  },
  {
    name: "entropy per letter",
    check: "ladder",
    message: "Block entropy divided by length falls too slowly. A rung is H(k letters) − H(k − 1 letters).",
    code: { contextLadder: (joint: P, symbols: number) => blocks(joint, symbols).map((h, k) => h / (k + 1)) },
  },
  {
    name: "ladder upside down",
    check: "ladder",
    message: "Start without a past, H(X), and let the context grow.",
    code: {
      contextLadder: (joint: P, symbols: number) =>
        blocks(joint, symbols)
          .map((h, k, all) => h - (all[k - 1] ?? 0))
          .reverse(),
    },
  },
  {
    name: "best path",
    check: "hmm",
    message:
      "You followed only the best hidden path (Viterbi). The probability of the sequence sums over all paths.",
    code: { hmmNll: (x: P, A: Matrix, B: Matrix, s: P) => forward(x, A, B, s, { best: true }) },
  },
  {
    name: "moves before the first symbol",
    check: "hmm",
    message: "The first state is drawn from `initial` and emits at once: no move before the first symbol.",
    code: { hmmNll: (x: P, A: Matrix, B: Matrix, s: P) => forward(x, A, B, s, { moveFirst: true }) },
  },
  {
    name: "moves backwards",
    check: "hmm",
    message: "A[i][j] is i→j: you moved from j to i.",
    code: { hmmNll: (x: P, A: Matrix, B: Matrix, s: P) => forward(x, A, B, s, { move: transpose(A) }) },
  },
  {
    name: "mean per symbol",
    check: "hmm",
    message: "You divided by the length. The loss of the whole sequence was asked.",
    code: { hmmNll: (x: P, A: Matrix, B: Matrix, s: P) => forward(x, A, B, s) / x.length },
  },
  {
    name: "unscaled",
    check: "long",
    message:
      "The probability of a long sequence underflows to 0 after some hundred symbols: scale α at every step and add the logarithms.",
    code: { hmmNll: (x: P, A: Matrix, B: Matrix, s: P) => forward(x, A, B, s, { scale: false }) },
  },
];
