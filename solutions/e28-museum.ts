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
  // answer:begin broken
  irreducibleLoss: "cross-entropy taken for entropy",
  gaussianCrossEntropy: "only for classification",
  classLoss: "softmax applied twice",
  binaryLoss: "sigmoid before the loss",
  bitsPerByteOf: "perplexities of different tokenizers compared",
  calibrationGap: "low loss taken for calibration",
  evaluationLoss: "smoothing in the evaluation",
  divergence: "support mismatch ignored",
  softLabelLoss: "soft labels made hard",
  maskedLoss: "masked places counted",
  accuracy: "loss taken for the task's measure",
  distillationTerm: "cross-entropy taken as symmetric",
  entropyOf: "0 times log 0",
  multiLabelProbabilities: "softmax for independent labels",
  priorToPosterior: "arguments exchanged",
  excessOverFloor: "loss expected to reach 0",
  weightedMean: "weighted sum divided by the count",
  batchKl: "mean over classes",
  accumulatedLoss: "mean of means",
  corpusPerplexity: "windows averaged instead of tokens",
  // answer:broken
  // irreducibleLoss: "?",
  // gaussianCrossEntropy: "?",
  // classLoss: "?",
  // binaryLoss: "?",
  // bitsPerByteOf: "?",
  // calibrationGap: "?",
  // evaluationLoss: "?",
  // divergence: "?",
  // softLabelLoss: "?",
  // maskedLoss: "?",
  // accuracy: "?",
  // distillationTerm: "?",
  // entropyOf: "?",
  // multiLabelProbabilities: "?",
  // priorToPosterior: "?",
  // excessOverFloor: "?",
  // weightedMean: "?",
  // batchKl: "?",
  // accumulatedLoss: "?",
  // corpusPerplexity: "?",
  // answer:end
};

// Tools without a bug.
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
/** −∞ is a legal logit; the largest is subtracted first, so that nothing overflows. */
function logSoftmax(z: readonly number[]): number[] {
  const top = Math.max(...z);
  const total = Math.log(sum(z.map((x) => Math.exp(x - top))));
  return z.map((x) => x - top - total);
}
// answer:begin broken
// answer:broken
// const softmax = (z: readonly number[]): number[] => logSoftmax(z).map(Math.exp);
// answer:end

/**
 * 1. The part of the cross-entropy of q against p that no model can remove, nats.
 *
 * Notebook 02.
 */
export function irreducibleLoss(p: readonly number[], q: readonly number[]): number {
  if (p.length !== q.length) throw new RangeError("p and q must have equal length");
  // answer:begin broken
  // the floor is a property of the source alone: q has no say in it
  return 0 - sum(p.map((x) => (x > 0 ? x * Math.log(x) : 0)));
  // answer:broken
  // return 0 - sum(p.map((x, k) => (x > 0 ? x * Math.log(q[k]!) : 0)));
  // answer:end
}

/**
 * 2. Cross-entropy −∫ p log q of two normal densities with these means and standard deviations, nats. It may be negative.
 *
 * Notebook 05.
 */
export function gaussianCrossEntropy(meanP: number, sdP: number, meanQ: number, sdQ: number): number {
  // answer:begin broken
  // E_p (x − meanQ)² is the variance of p plus the squared distance of the means
  const square = sdP ** 2 + (meanP - meanQ) ** 2;
  return 0.5 * Math.log(2 * Math.PI * sdQ ** 2) + square / (2 * sdQ ** 2);
  // answer:broken
  // // as for a class: the truth is one value, its mean
  // const square = (meanP - meanQ) ** 2;
  // return 0.5 * Math.log(2 * Math.PI * sdQ ** 2) + square / (2 * sdQ ** 2);
  // answer:end
}

/**
 * 3. Cross-entropy of logits z when class c happened, nats.
 *
 * Lightning-Universe/lightning-bolts #654. Notebook 08.
 */
export function classLoss(c: number, z: readonly number[]): number {
  // answer:begin broken
  // logits go in raw; the log of the softmax is taken in one piece
  return 0 - logSoftmax(z)[c]!;
  // answer:broken
  // const q = softmax(z);
  // return 0 - Math.log(softmax(q)[c]!);
  // answer:end
}

/**
 * 4. Binary cross-entropy of a logit z for a label y between 0 and 1, nats, for z from −800 to 800.
 *
 * pytorch/pytorch #751. Notebook 06.
 */
export function binaryLoss(y: number, z: number): number {
  // answer:begin broken
  // log(1 + e^z) − y·z, with the exponential that cannot overflow
  return Math.max(z, 0) - y * z + Math.log1p(Math.exp(-Math.abs(z)));
  // answer:broken
  // const p = 1 / (1 + Math.exp(-z));
  // return 0 - y * Math.log(p) - (1 - y) * Math.log(1 - p);
  // answer:end
}

/**
 * 5. A figure by which models with different tokenizers can be compared on one text: bits per byte.
 *
 * ggml-org/llama.cpp #7111. Notebook 14.
 */
export function bitsPerByteOf(totalNats: number, tokens: number, bytes: number): number {
  if (!(tokens > 0 && bytes > 0)) throw new RangeError("tokens and bytes must be > 0");
  // answer:begin broken
  // the text has the same bytes for everybody; the number of tokens is the tokenizer's choice
  return totalNats / Math.LN2 / bytes;
  // answer:broken
  // // perplexity per token
  // return Math.exp(totalNats / tokens);
  // answer:end
}

/**
 * 6. Mean confidence minus accuracy: above 0 for a model that is too sure of itself. `hit` is 1 for a right answer, else 0.
 *
 * gpleiss/temperature_scaling #18. Notebook 11.
 */
export function calibrationGap(confidence: readonly number[], hit: readonly number[]): number {
  // answer:begin broken
  return sum(confidence) / confidence.length - sum(hit) / hit.length;
  // answer:broken
  // // a small loss means good calibration
  // const losses = confidence.map((p, n) => 0 - Math.log(hit[n] === 1 ? p : 1 - p));
  // return sum(losses) / losses.length;
  // answer:end
}

/**
 * 7. The test loss, nats, of a model that was trained with smoothed labels: what q assigned to the class c that happened.
 *
 * pytorch/pytorch #129050. Notebook 12.
 */
export function evaluationLoss(c: number, q: readonly number[], smoothing: number): number {
  if (!(smoothing >= 0 && smoothing < 1)) throw new RangeError("smoothing must be in [0, 1)");
  // answer:begin broken
  // smoothing is a choice for training; the test asks about the world
  return 0 - Math.log(q[c]!);
  // answer:broken
  // const spread = sum(q.map((x) => 0 - Math.log(x))) / q.length;
  // return (1 - smoothing) * (0 - Math.log(q[c]!)) + smoothing * spread;
  // answer:end
}

/**
 * 8. Kullback–Leibler divergence D(p‖q), nats; outcomes may have probability 0 on either side.
 *
 * Notebook 04.
 */
export function divergence(p: readonly number[], q: readonly number[]): number {
  // answer:begin broken
  // p = 0 costs nothing; p > 0 where q = 0 costs everything: log(p/0) = ∞
  return sum(p.map((x, k) => (x > 0 ? x * Math.log(x / q[k]!) : 0)));
  // answer:broken
  // // log 0 is avoided
  // return sum(p.map((x, k) => (x > 0 && q[k]! > 0 ? x * Math.log(x / q[k]!) : 0)));
  // answer:end
}

/**
 * 9. Cross-entropy of logits z against the distribution t of several annotators' labels, nats.
 *
 * Notebook 12.
 */
export function softLabelLoss(t: readonly number[], z: readonly number[]): number {
  // answer:begin broken
  const logQ = logSoftmax(z);
  return 0 - sum(t.map((x, k) => (x > 0 ? x * logQ[k]! : 0)));
  // answer:broken
  // const c = t.indexOf(Math.max(...t));
  // return 0 - logSoftmax(z)[c]!;
  // answer:end
}

/**
 * 10. Mean loss over the places where the mask is 1; what stands elsewhere may be anything, NaN too.
 *
 * d2l-ai/d2l-en #2076. Notebook 13.
 */
export function maskedLoss(losses: readonly number[], mask: readonly number[]): number {
  // answer:begin broken
  const kept = losses.filter((_, n) => mask[n] === 1);
  return sum(kept) / kept.length;
  // answer:broken
  // return sum(losses.map((loss, n) => (mask[n] === 1 ? loss : 0))) / losses.length;
  // answer:end
}

/**
 * 11. The share of examples whose largest logit is that of the true class.
 *
 * Notebook 16.
 */
export function accuracy(y: readonly number[], Z: readonly (readonly number[])[]): number {
  // answer:begin broken
  return sum(Z.map((z, n) => (z.indexOf(Math.max(...z)) === y[n] ? 1 : 0))) / Z.length;
  // answer:broken
  // // a better loss is a better accuracy
  // return Math.exp(sum(Z.map((z, n) => logSoftmax(z)[y[n]!]!)) / Z.length);
  // answer:end
}

/**
 * 12. Cross-entropy of the student's distribution against the teacher's, nats.
 *
 * paiml/aprender #2153. Notebook 03.
 */
export function distillationTerm(teacher: readonly number[], student: readonly number[]): number {
  // answer:begin broken
  // the teacher is the truth here: it weights
  return 0 - sum(teacher.map((x, k) => (x > 0 ? x * Math.log(student[k]!) : 0)));
  // answer:broken
  // return 0 - sum(student.map((x, k) => (x > 0 ? x * Math.log(teacher[k]!) : 0)));
  // answer:end
}

/**
 * 13. Entropy, nats; outcomes may have probability 0.
 *
 * tensorflow/probability #241. Notebook 02.
 */
export function entropyOf(p: readonly number[]): number {
  // answer:begin broken
  return 0 - sum(p.map((x) => (x > 0 ? x * Math.log(x) : 0)));
  // answer:broken
  // return 0 - sum(p.map((x) => x * Math.log(x)));
  // answer:end
}

/**
 * 14. Probability of each label for an example that may carry several labels at once, or none.
 *
 * Notebook 06.
 */
export function multiLabelProbabilities(z: readonly number[]): number[] {
  // answer:begin broken
  return z.map((x) => 1 / (1 + Math.exp(-x)));
  // answer:broken
  // return softmax(z);
  // answer:end
}

/**
 * 15. What an observation taught: D(posterior‖prior), nats.
 *
 * huggingface/trl #4935. Notebook 04.
 */
export function priorToPosterior(posterior: readonly number[], prior: readonly number[]): number {
  // answer:begin broken
  return divergence(posterior, prior);
  // answer:broken
  // return divergence(prior, posterior);
  // answer:end
}

/**
 * 16. How far the loss of q is above the least that a target distribution t allows, nats: 0 when training is done.
 *
 * Notebook 05.
 */
export function excessOverFloor(t: readonly number[], q: readonly number[]): number {
  // answer:begin broken
  // a target that is a distribution has an entropy; only one-hot targets have floor 0
  return divergence(t, q);
  // answer:broken
  // return 0 - sum(t.map((x, k) => (x > 0 ? x * Math.log(q[k]!) : 0)));
  // answer:end
}

/**
 * 17. Weighted mean of losses: with equal losses it is that loss, whatever the weights.
 *
 * pytorch/pytorch #8062: 2000 where 133.33 was right. Notebook 13.
 */
export function weightedMean(losses: readonly number[], weights: readonly number[]): number {
  // answer:begin broken
  return sum(losses.map((loss, n) => weights[n]! * loss)) / sum(weights);
  // answer:broken
  // return sum(losses.map((loss, n) => weights[n]! * loss)) / losses.length;
  // answer:end
}

/**
 * 18. Mean over the examples (rows) of D(pₙ‖qₙ), nats.
 *
 * pytorch/pytorch #6622. Notebook 04.
 */
export function batchKl(P: readonly (readonly number[])[], Q: readonly (readonly number[])[]): number {
  // answer:begin broken
  return sum(P.map((p, n) => divergence(p, Q[n]!))) / P.length;
  // answer:broken
  // const cells = sum(P.map((p) => p.length));
  // return sum(P.map((p, n) => divergence(p, Q[n]!))) / cells;
  // answer:end
}

/**
 * 19. Mean loss per token of a batch that was computed in parts: sum of the losses and number of tokens of each. A part may be empty.
 *
 * huggingface/transformers #34191. Notebook 13.
 */
export function accumulatedLoss(parts: readonly { sum: number; count: number }[]): number {
  // answer:begin broken
  return sum(parts.map((part) => part.sum)) / sum(parts.map((part) => part.count));
  // answer:broken
  // return sum(parts.map((part) => part.sum / part.count)) / parts.length;
  // answer:end
}

/**
 * 20. Perplexity of a text whose token losses (nats) come in windows of different length.
 *
 * huggingface/transformers #34138: 16.4541 where 16.4443 was right. Notebook 14.
 */
export function corpusPerplexity(windows: readonly (readonly number[])[]): number {
  // answer:begin broken
  const losses = windows.flat();
  return Math.exp(sum(losses) / losses.length);
  // answer:broken
  // const means = windows.map((losses) => sum(losses) / losses.length);
  // return Math.exp(sum(means) / means.length);
  // answer:end
}
