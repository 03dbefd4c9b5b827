/**
 * E26 · Bradley–Terry and direct preference optimisation
 *
 * A comparison of two answers is a classification with two classes, and its loss a binary cross-entropy of a
 * difference of scores. Everything in nats.
 */

/** The probability that an answer with score `a` is preferred to one with score `b`: σ(a − b), for large scores too. */
export function preferenceProbability(a: number, b: number): number {
  // answer:begin
  return sigmoid(a - b);
  // answer:end
}

/**
 * The scores that make the observed comparisons most likely: `wins[i][j]` is how often i beat j. Scores sum to 0, and
 * are right to 1e-8.
 *
 * @returns null if no finite scores do: unless every player can be reached from every other one by wins, someone's
 * score would have to be infinite
 */
export function fitBradleyTerry(wins: readonly (readonly number[])[]): number[] | null {
  // answer:begin
  const n = wins.length;
  const reach = (from: number, beats: (i: number, j: number) => boolean) => {
    const seen = new Set([from]);
    for (const i of seen) for (let j = 0; j < n; j++) if (beats(i, j)) seen.add(j);
    return seen.size === n;
  };
  // strongly connected: 0 reaches everyone along wins, and along losses
  if (!reach(0, (i, j) => wins[i]![j]! > 0) || !reach(0, (i, j) => wins[j]![i]! > 0)) return null;
  let strength = Array<number>(n).fill(1);
  // Zermelo 1929: wᵢ ← Wᵢ / Σⱼ nᵢⱼ/(wᵢ + wⱼ) increases the likelihood at every step
  for (let step = 0; step < 20_000; step++) {
    const before = strength;
    strength = strength.map((wi, i) => {
      let [won, expected] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        won += wins[i]![j]!;
        expected += (wins[i]![j]! + wins[j]![i]!) / (wi + before[j]!);
      }
      return won / expected;
    });
    const change = Math.max(...strength.map((w, i) => Math.abs(Math.log(w / before[i]!))));
    if (change < 1e-13) break;
  }
  const scores = strength.map(Math.log);
  const mean = scores.reduce((a, b) => a + b, 0) / n;
  return scores.map((s) => s - mean);
  // answer:end
}

/**
 * The DPO loss `−log σ(β·((logChosen − refChosen) − (logRejected − refRejected)))` of one pair of answers, given their
 * log-probabilities under the trained model and under the reference, and its gradient by the model's two.
 *
 * @returns the loss, and the derivatives by `logChosen` and by `logRejected`
 */
export function dpoLoss(
  logChosen: number,
  logRejected: number,
  refChosen: number,
  refRejected: number,
  beta: number,
): { loss: number; grad: [number, number] } {
  // answer:begin
  const margin = beta * (logChosen - refChosen - (logRejected - refRejected));
  // −log σ(m) = softplus(−m), its slope −σ(−m)
  const slope = -beta * sigmoid(-margin);
  return {
    loss: Math.max(-margin, 0) + Math.log1p(Math.exp(-Math.abs(margin))),
    grad: [slope, 0 - slope],
  };
  // answer:end
}

/** With a third outcome "neither" of score `neither`: the probabilities that a is chosen, b is, neither is. */
export function withNeither(a: number, b: number, neither: number): [number, number, number] {
  // answer:begin
  const top = Math.max(a, b, neither);
  const [x, y, z] = [Math.exp(a - top), Math.exp(b - top), Math.exp(neither - top)];
  const total = x + y + z;
  return [x / total, y / total, z / total];
  // answer:end
}

// answer:begin remove
function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}
// answer:end
