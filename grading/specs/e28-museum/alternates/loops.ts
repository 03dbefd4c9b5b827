// plain loops, compensated where sums are long
export const mistakes = {
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
};

const total = (n: number, f: (k: number) => number): number => {
  let sum = 0;
  for (let k = n - 1; k >= 0; k--) sum += f(k);
  return sum;
};
const lse = (z: readonly number[]) => {
  let top = Number.NEGATIVE_INFINITY;
  for (const x of z) if (x > top) top = x;
  return top + Math.log(total(z.length, (k) => Math.exp(z[k]! - top)));
};
const plogp = (x: number) => (x === 0 ? 0 : x * Math.log(x));

export const irreducibleLoss = (p: readonly number[], _q: readonly number[]) =>
  -total(p.length, (k) => plogp(p[k]!)) || 0;
export function gaussianCrossEntropy(m: number, s: number, mu: number, sigma: number) {
  return Math.log(sigma) + Math.log(2 * Math.PI) / 2 + ((s / sigma) ** 2 + ((m - mu) / sigma) ** 2) / 2;
}
export const classLoss = (c: number, z: readonly number[]) => lse(z.map((x) => x - z[c]!));
export function binaryLoss(y: number, z: number) {
  const towards = (x: number) => (x > 0 ? Math.log1p(Math.exp(-x)) : -x + Math.log1p(Math.exp(x)));
  if (y === 0) return towards(-z);
  return y === 1 ? towards(z) : y * towards(z) + (1 - y) * towards(-z);
}
export const bitsPerByteOf = (nats: number, _tokens: number, bytes: number) => (nats * Math.LOG2E) / bytes;
export function calibrationGap(confidence: readonly number[], hit: readonly number[]) {
  return total(hit.length, (n) => confidence[n]! - hit[n]!) / hit.length;
}
export const evaluationLoss = (c: number, q: readonly number[]) => Math.log(1 / q[c]!);
export function divergence(p: readonly number[], q: readonly number[]) {
  for (let k = 0; k < p.length; k++) if (p[k]! > 0 && q[k] === 0) return Number.POSITIVE_INFINITY;
  return total(p.length, (k) => (p[k] === 0 ? 0 : p[k]! * (Math.log(p[k]!) - Math.log(q[k]!))));
}
export const softLabelLoss = (t: readonly number[], z: readonly number[]) =>
  total(t.length, (k) => t[k]! * (lse(z) - z[k]!));
export function maskedLoss(losses: readonly number[], mask: readonly number[]) {
  let [sum, count] = [0, 0];
  for (const [n, loss] of losses.entries())
    if (mask[n]) {
      sum += loss;
      count++;
    }
  return sum / count;
}
export function accuracy(y: readonly number[], Z: readonly (readonly number[])[]) {
  let right = 0;
  for (let n = 0; n < y.length; n++) {
    let best = 0;
    Z[n]!.forEach((x, k) => {
      if (x > Z[n]![best]!) best = k;
    });
    if (best === y[n]) right++;
  }
  return right / y.length;
}
export const distillationTerm = (t: readonly number[], s: readonly number[]) =>
  total(t.length, (k) => (t[k] === 0 ? 0 : t[k]! * Math.log(1 / s[k]!)));
export const entropyOf = (p: readonly number[]) => irreducibleLoss(p, p);
export const multiLabelProbabilities = (z: readonly number[]) =>
  z.map((x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))));
export const priorToPosterior = (post: readonly number[], prior: readonly number[]) =>
  distillationTerm(post, prior) - entropyOf(post);
export const excessOverFloor = (t: readonly number[], q: readonly number[]) =>
  distillationTerm(t, q) - entropyOf(t);
export const weightedMean = (x: readonly number[], w: readonly number[]) =>
  total(x.length, (n) => x[n]! * w[n]!) / total(w.length, (n) => w[n]!);
export const batchKl = (P: readonly (readonly number[])[], Q: readonly (readonly number[])[]) =>
  total(P.length, (n) => divergence(P[n]!, Q[n]!) / P.length);
export const accumulatedLoss = (parts: readonly { sum: number; count: number }[]) => {
  const tokens = total(parts.length, (n) => parts[n]!.count);
  return total(parts.length, (n) => parts[n]!.sum / tokens);
};
export const corpusPerplexity = (windows: readonly (readonly number[])[]) => {
  const tokens = windows.reduce((s, w) => s + w.length, 0);
  return Math.exp(total(windows.length, (i) => total(windows[i]!.length, (n) => windows[i]![n]!)) / tokens);
};
