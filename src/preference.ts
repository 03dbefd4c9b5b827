import { checkSquare } from "./linear";
import { sigma, softplus } from "./log-space";
import { softmax } from "./softmax";
import { checkNumber, type Matrix, rangeError } from "./validate";

/**
 * Bradley–Terry: the probability that an item of score a is preferred to one of score b, `σ(a − b)`.
 *
 * Only the difference counts; a constant added to all scores changes nothing. With a third outcome "neither" of score c
 * it becomes a softmax of three: `softmax([a, b, c])`.
 *
 * @param a - score, a log-odds
 * @param b - score
 * @returns a probability
 * @throws TypeError if a score is no number
 * @see D23
 * @example bradleyTerry(1, 0) // 0.731059
 */
export function bradleyTerry(a: number, b: number): number {
  checkNumber("bradleyTerry", "a", a);
  checkNumber("bradleyTerry", "b", b);
  return sigma(a - b);
}

/**
 * Maximum-likelihood scores from a table of wins, by Hunter's iteration (2004, Ann. Statist. 32(1)).
 *
 * They exist only if no group of players has won every game against the rest; otherwise the answer is null.
 *
 * @param wins - `wins[i][j]`, how often i beat j, >= 0, shape `[n, n]`; a tie is half a win each
 * @returns scores in nats with mean 0, shape `[n]`, or null
 * @throws RangeError if the table is not square or a number is negative
 * @see D23
 * @example fitBradleyTerry([[0, 3], [1, 0]]) // [0.549306, -0.549306]
 */
export function fitBradleyTerry(wins: Matrix): number[] | null {
  checkSquare("fitBradleyTerry", "wins", wins);
  const n = wins.length;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (wins[i]![j]! < 0) throw rangeError("fitBradleyTerry", `wins[${i}][${j}]`, "be >= 0", wins[i]![j]);
  const reaches = (beats: (i: number, j: number) => boolean): boolean => {
    const seen = new Set([0]);
    for (const i of seen) for (let j = 0; j < n; j++) if (beats(i, j)) seen.add(j);
    return seen.size === n;
  };
  if (!reaches((i, j) => wins[i]![j]! > 0) || !reaches((i, j) => wins[j]![i]! > 0)) return null;
  let scores = new Array<number>(n).fill(0);
  for (let step = 0; step < 100_000; step++) {
    const strength = softmax(scores);
    const next = strength.map((wi, i) => {
      let won = 0;
      let games = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        won += wins[i]![j]!;
        games += (wins[i]![j]! + wins[j]![i]!) / (wi + strength[j]!);
      }
      return n === 1 ? 0 : Math.log(won / games);
    });
    const mean = next.reduce((a, b) => a + b) / n;
    const moved = Math.max(...next.map((s, i) => Math.abs(s - mean - scores[i]!)));
    scores = next.map((s) => s - mean);
    if (moved < 1e-14) break;
  }
  return scores;
}

/** Direct preference optimisation: the loss with its gradient by the policy's two log-probabilities. */
export interface PreferenceLoss {
  /** Nats. */
  readonly loss: number;
  readonly gradChosen: number;
  readonly gradRejected: number;
}

/**
 * DPO loss `−log σ(β Δ)`, with `Δ = [log π(chosen) − log π_ref(chosen)] − [log π(rejected) − log π_ref(rejected)]`
 * (Rafailov et al. 2023).
 *
 * Log 2 as long as the policy is the reference; the gradient's weight `β σ(−β Δ)` fades once the pair is ordered.
 *
 * @param logChosen - log-probability of the preferred answer under the policy, <= 0
 * @param logRejected - of the other answer
 * @param refChosen - of the preferred answer under the reference
 * @param refRejected - of the other answer
 * @param beta - inverse price of moving away from the reference, > 0
 * @returns loss and gradients
 * @throws RangeError if a log-probability is not finite or `beta` not > 0
 * @see D23
 * @example dpoLoss(-1, -2, -1, -2, 0.1) // { loss: 0.693147, gradChosen: -0.05, gradRejected: 0.05 }
 */
export function dpoLoss(
  logChosen: number,
  logRejected: number,
  refChosen: number,
  refRejected: number,
  beta: number,
): PreferenceLoss {
  const logs = [logChosen, logRejected, refChosen, refRejected];
  const names = ["logChosen", "logRejected", "refChosen", "refRejected"];
  logs.forEach((log, i) => {
    checkNumber("dpoLoss", names[i]!, log);
    if (!(log <= 0 && log > -Infinity)) throw rangeError("dpoLoss", names[i]!, "be <= 0 and finite", log);
  });
  checkNumber("dpoLoss", "beta", beta);
  if (!(beta > 0 && beta < Infinity)) throw rangeError("dpoLoss", "beta", "be > 0 and finite", beta);
  const margin = beta * (logChosen - refChosen - (logRejected - refRejected));
  const weight = beta * sigma(-margin);
  return { loss: softplus(-margin), gradChosen: -weight, gradRejected: weight };
}
