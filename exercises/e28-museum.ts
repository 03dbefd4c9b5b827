/**
 * E28 · The museum of real bugs
 *
 * Twenty small functions, each with one of the mistakes that people really make with cross-entropy. The sentence above
 * a function says what it has to return; the code does something else. Mend it, and write its mistake into the list
 * below. Where a public issue shows the same bug, it is named.
 */

/** The mistakes. Each exhibit has another one; two fit none. */
export type Mistake =
  | "0 times log 0"
  | "arguments exchanged"
  | "cross-entropy taken as symmetric"
  | "cross-entropy taken for entropy"
  | "loss expected to reach 0"
  | "loss taken for the task's measure"
  | "low loss taken for calibration"
  | "masked places counted"
  | "mean of means"
  | "mean over classes"
  | "only for classification"
  | "perplexities of different tokenizers compared"
  | "sigmoid before the loss"
  | "smoothing in the evaluation"
  | "soft labels made hard"
  | "softmax applied twice"
  | "softmax for independent labels"
  | "support mismatch ignored"
  | "weighted sum divided by the count"
  | "windows averaged instead of tokens"
  | "logits not normalised"
  | "bits taken for nats";

/** Which mistake does each exhibit show? */
export const mistakes: Record<string, Mistake | "?"> = {
  irreducibleLoss: "?",
  gaussianCrossEntropy: "?",
  classLoss: "?",
  binaryLoss: "?",
  bitsPerByteOf: "?",
  calibrationGap: "?",
  evaluationLoss: "?",
  divergence: "?",
  softLabelLoss: "?",
  maskedLoss: "?",
  accuracy: "?",
  distillationTerm: "?",
  entropyOf: "?",
  multiLabelProbabilities: "?",
  priorToPosterior: "?",
  excessOverFloor: "?",
  weightedMean: "?",
  batchKl: "?",
  accumulatedLoss: "?",
  corpusPerplexity: "?",
};

// Tools without a bug.
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
/** −∞ is a legal logit; the largest is subtracted first, so that nothing overflows. */
function logSoftmax(z: readonly number[]): number[] {
  const top = Math.max(...z);
  const total = Math.log(sum(z.map((x) => Math.exp(x - top))));
  return z.map((x) => x - top - total);
}
const softmax = (z: readonly number[]): number[] => logSoftmax(z).map(Math.exp);

/**
 * 1. The part of the cross-entropy of q against p that no model can remove, nats.
 *
 * Notebook 02.
 */
export function irreducibleLoss(p: readonly number[], q: readonly number[]): number {
  if (p.length !== q.length) throw new RangeError("p and q must have equal length");
  return 0 - sum(p.map((x, k) => (x > 0 ? x * Math.log(q[k]!) : 0)));
}

/**
 * 2. Cross-entropy −∫ p log q of two normal densities with these means and standard deviations, nats. It may be negative.
 *
 * Notebook 05.
 */
export function gaussianCrossEntropy(meanP: number, sdP: number, meanQ: number, sdQ: number): number {
  // as for a class: the truth is one value, its mean
  const square = (meanP - meanQ) ** 2;
  return 0.5 * Math.log(2 * Math.PI * sdQ ** 2) + square / (2 * sdQ ** 2);
}

/**
 * 3. Cross-entropy of logits z when class c happened, nats.
 *
 * Lightning-Universe/lightning-bolts #654. Notebook 08.
 */
export function classLoss(c: number, z: readonly number[]): number {
  const q = softmax(z);
  return 0 - Math.log(softmax(q)[c]!);
}

/**
 * 4. Binary cross-entropy of a logit z for a label y between 0 and 1, nats, for z from −800 to 800.
 *
 * pytorch/pytorch #751. Notebook 06.
 */
export function binaryLoss(y: number, z: number): number {
  const p = 1 / (1 + Math.exp(-z));
  return 0 - y * Math.log(p) - (1 - y) * Math.log(1 - p);
}

/**
 * 5. A figure by which models with different tokenizers can be compared on one text: bits per byte.
 *
 * ggml-org/llama.cpp #7111. Notebook 14.
 */
export function bitsPerByteOf(totalNats: number, tokens: number, bytes: number): number {
  if (!(tokens > 0 && bytes > 0)) throw new RangeError("tokens and bytes must be > 0");
  // perplexity per token
  return Math.exp(totalNats / tokens);
}

/**
 * 6. Mean confidence minus accuracy: above 0 for a model that is too sure of itself. `hit` is 1 for a right answer, else 0.
 *
 * gpleiss/temperature_scaling #18. Notebook 11.
 */
export function calibrationGap(confidence: readonly number[], hit: readonly number[]): number {
  // a small loss means good calibration
  const losses = confidence.map((p, n) => 0 - Math.log(hit[n] === 1 ? p : 1 - p));
  return sum(losses) / losses.length;
}

/**
 * 7. The test loss, nats, of a model that was trained with smoothed labels: what q assigned to the class c that happened.
 *
 * pytorch/pytorch #129050. Notebook 12.
 */
export function evaluationLoss(c: number, q: readonly number[], smoothing: number): number {
  if (!(smoothing >= 0 && smoothing < 1)) throw new RangeError("smoothing must be in [0, 1)");
  const spread = sum(q.map((x) => 0 - Math.log(x))) / q.length;
  return (1 - smoothing) * (0 - Math.log(q[c]!)) + smoothing * spread;
}

/**
 * 8. Kullback–Leibler divergence D(p‖q), nats; outcomes may have probability 0 on either side.
 *
 * Notebook 04.
 */
export function divergence(p: readonly number[], q: readonly number[]): number {
  // log 0 is avoided
  return sum(p.map((x, k) => (x > 0 && q[k]! > 0 ? x * Math.log(x / q[k]!) : 0)));
}

/**
 * 9. Cross-entropy of logits z against the distribution t of several annotators' labels, nats.
 *
 * Notebook 12.
 */
export function softLabelLoss(t: readonly number[], z: readonly number[]): number {
  const c = t.indexOf(Math.max(...t));
  return 0 - logSoftmax(z)[c]!;
}

/**
 * 10. Mean loss over the places where the mask is 1; what stands elsewhere may be anything, NaN too.
 *
 * d2l-ai/d2l-en #2076. Notebook 13.
 */
export function maskedLoss(losses: readonly number[], mask: readonly number[]): number {
  return sum(losses.map((loss, n) => (mask[n] === 1 ? loss : 0))) / losses.length;
}

/**
 * 11. The share of examples whose largest logit is that of the true class.
 *
 * Notebook 16.
 */
export function accuracy(y: readonly number[], Z: readonly (readonly number[])[]): number {
  // a better loss is a better accuracy
  return Math.exp(sum(Z.map((z, n) => logSoftmax(z)[y[n]!]!)) / Z.length);
}

/**
 * 12. Cross-entropy of the student's distribution against the teacher's, nats.
 *
 * paiml/aprender #2153. Notebook 03.
 */
export function distillationTerm(teacher: readonly number[], student: readonly number[]): number {
  return 0 - sum(student.map((x, k) => (x > 0 ? x * Math.log(teacher[k]!) : 0)));
}

/**
 * 13. Entropy, nats; outcomes may have probability 0.
 *
 * tensorflow/probability #241. Notebook 02.
 */
export function entropyOf(p: readonly number[]): number {
  return 0 - sum(p.map((x) => x * Math.log(x)));
}

/**
 * 14. Probability of each label for an example that may carry several labels at once, or none.
 *
 * Notebook 06.
 */
export function multiLabelProbabilities(z: readonly number[]): number[] {
  return softmax(z);
}

/**
 * 15. What an observation taught: D(posterior‖prior), nats.
 *
 * huggingface/trl #4935. Notebook 04.
 */
export function priorToPosterior(posterior: readonly number[], prior: readonly number[]): number {
  return divergence(prior, posterior);
}

/**
 * 16. How far the loss of q is above the least that a target distribution t allows, nats: 0 when training is done.
 *
 * Notebook 05.
 */
export function excessOverFloor(t: readonly number[], q: readonly number[]): number {
  return 0 - sum(t.map((x, k) => (x > 0 ? x * Math.log(q[k]!) : 0)));
}

/**
 * 17. Weighted mean of losses: with equal losses it is that loss, whatever the weights.
 *
 * pytorch/pytorch #8062: 2000 where 133.33 was right. Notebook 13.
 */
export function weightedMean(losses: readonly number[], weights: readonly number[]): number {
  return sum(losses.map((loss, n) => weights[n]! * loss)) / losses.length;
}

/**
 * 18. Mean over the examples (rows) of D(pₙ‖qₙ), nats.
 *
 * pytorch/pytorch #6622. Notebook 04.
 */
export function batchKl(P: readonly (readonly number[])[], Q: readonly (readonly number[])[]): number {
  const cells = sum(P.map((p) => p.length));
  return sum(P.map((p, n) => divergence(p, Q[n]!))) / cells;
}

/**
 * 19. Mean loss per token of a batch that was computed in parts: sum of the losses and number of tokens of each. A part may be empty.
 *
 * huggingface/transformers #34191. Notebook 13.
 */
export function accumulatedLoss(parts: readonly { sum: number; count: number }[]): number {
  return sum(parts.map((part) => part.sum / part.count)) / parts.length;
}

/**
 * 20. Perplexity of a text whose token losses (nats) come in windows of different length.
 *
 * huggingface/transformers #34138: 16.4541 where 16.4443 was right. Notebook 14.
 */
export function corpusPerplexity(windows: readonly (readonly number[])[]): number {
  const means = windows.map((losses) => sum(losses) / losses.length);
  return Math.exp(sum(means) / means.length);
}
