// typed arrays
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

const typed = (x: readonly number[]) => Float64Array.from(x);
const add = (x: Float64Array) => x.reduce((a, b) => a + b, 0);
const dot = (x: Float64Array, y: Float64Array) => add(x.map((v, k) => (v === 0 ? 0 : v * y[k]!)));
const logs = (x: readonly number[]) => typed(x).map((v) => Math.log(v));
const normalised = (z: readonly number[]) => {
  const shifted = typed(z).map((x) => x - Math.max(...z));
  const total = Math.log(add(shifted.map((x) => Math.exp(x))));
  return shifted.map((x) => total - x);
};

export function irreducibleLoss(p: readonly number[]): number {
  return 0 - dot(typed(p), logs(p));
}
export function gaussianCrossEntropy(meanP: number, sdP: number, meanQ: number, sdQ: number): number {
  // entropy of q's shape, and the second moment in units of sdQ
  const z = Math.hypot(sdP, meanP - meanQ) / sdQ;
  return Math.log(sdQ * Math.sqrt(2 * Math.PI)) + (z * z) / 2;
}
export const classLoss = (c: number, z: readonly number[]): number => normalised(z)[c]!;
export function binaryLoss(y: number, z: number): number {
  const [small, large] = [Math.log1p(Math.exp(-Math.abs(z))), Math.abs(z)];
  const share = z >= 0 ? 1 - y : y;
  return small + share * large;
}
export const bitsPerByteOf = (nats: number, tokens: number, bytes: number): number =>
  ((nats / tokens) * (tokens / bytes)) / Math.LN2;
export const calibrationGap = (confidence: readonly number[], hit: readonly number[]): number =>
  (add(typed(confidence)) - add(typed(hit))) / hit.length;
export const evaluationLoss = (c: number, q: readonly number[], _smoothing: number): number =>
  0 - logs(q)[c]!;
export const divergence = (p: readonly number[], q: readonly number[]): number =>
  add(typed(p).map((x, k) => (x === 0 ? 0 : -x * Math.log(q[k]! / x))));
export const softLabelLoss = (t: readonly number[], z: readonly number[]): number =>
  dot(typed(t), normalised(z));
export const maskedLoss = (losses: readonly number[], mask: readonly number[]): number =>
  add(typed(losses).map((x, n) => (mask[n] ? x : 0))) / add(typed(mask));
export const accuracy = (y: readonly number[], Z: readonly (readonly number[])[]): number =>
  Z.filter((z, n) => [...z.keys()].sort((i, j) => z[j]! - z[i]!)[0] === y[n]).length / y.length;
export const distillationTerm = (teacher: readonly number[], student: readonly number[]): number =>
  0 - dot(typed(teacher), logs(student));
export const entropyOf = (p: readonly number[]): number =>
  0 - add(typed(p).map((x) => (x ? x * Math.log(x) : 0)));
export const multiLabelProbabilities = (z: readonly number[]) => typed(z).map((x) => 1 / (1 + Math.exp(-x)));
export const priorToPosterior = (posterior: readonly number[], prior: readonly number[]): number =>
  divergence(posterior, prior);
export const excessOverFloor = (t: readonly number[], q: readonly number[]): number =>
  distillationTerm(t, q) - entropyOf(t);
export const weightedMean = (losses: readonly number[], weights: readonly number[]): number => {
  const total = add(typed(weights));
  return dot(
    typed(weights).map((w) => w / total),
    typed(losses),
  );
};
export const batchKl = (P: readonly (readonly number[])[], Q: readonly (readonly number[])[]): number =>
  add(typed(P.map((p, n) => divergence(p, Q[n]!)))) / Q.length;
export const accumulatedLoss = (parts: readonly { sum: number; count: number }[]): number =>
  add(typed(parts.map((x) => x.sum))) / add(typed(parts.map((x) => x.count)));
export const corpusPerplexity = (windows: readonly (readonly number[])[]): number => {
  const losses = windows.flat();
  return Math.exp(1) ** (add(typed(losses)) / losses.length);
};
