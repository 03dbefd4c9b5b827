// class style
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

class Distribution {
  constructor(readonly p: readonly number[]) {}
  expect(f: (k: number) => number): number {
    return this.p.reduce((s, x, k) => (x > 0 ? s + x * f(k) : s), 0);
  }
  crossEntropy = (q: readonly number[]) => this.expect((k) => Math.log(1 / q[k]!));
  entropy = () => this.crossEntropy(this.p);
  divergence = (q: readonly number[]) => this.expect((k) => Math.log(this.p[k]! / q[k]!));
}
class Average {
  private sum = 0;
  private weight = 0;
  add(value: number, weight = 1): this {
    this.sum += value * weight;
    this.weight += weight;
    return this;
  }
  addSum(sum: number, count: number): this {
    this.sum += sum;
    this.weight += count;
    return this;
  }
  get value(): number {
    return this.sum / this.weight;
  }
}
const average = (values: readonly number[], weights?: readonly number[]) =>
  values.reduce((a, x, n) => a.add(x, weights?.[n] ?? 1), new Average()).value;
const logistic = (x: number) => Math.exp(Math.min(x, 0)) / (1 + Math.exp(-Math.abs(x)));

export const irreducibleLoss = (p: readonly number[]) => new Distribution(p).entropy();
export const gaussianCrossEntropy = (meanP: number, sdP: number, meanQ: number, sdQ: number) =>
  0.5 *
  (Math.log(2 * Math.PI) + 2 * Math.log(sdQ) + (sdP * sdP + (meanP - meanQ) * (meanP - meanQ)) / (sdQ * sdQ));
export const classLoss = (c: number, z: readonly number[]) => {
  const others = z.map((x) => x - Math.max(...z));
  return Math.log(others.map(Math.exp).reduce((a, b) => a + b)) - others[c]!;
};
export const binaryLoss = (y: number, z: number) => {
  const tail = Math.log1p(Math.exp(-Math.abs(z)));
  return tail + (z > 0 ? (1 - y) * z : -y * z);
};
export const bitsPerByteOf = (nats: number, _: number, bytes: number) => nats / (bytes * Math.log(2));
export const calibrationGap = (confidence: readonly number[], hit: readonly number[]) =>
  average(confidence) - average(hit);
export const evaluationLoss = (c: number, q: readonly number[], _: number) =>
  new Distribution([1]).expect(() => Math.log(1 / q[c]!));
export const divergence = (p: readonly number[], q: readonly number[]) => new Distribution(p).divergence(q);
export const softLabelLoss = (t: readonly number[], z: readonly number[]) =>
  new Distribution(t).expect((k) => classLoss(k, z));
export const maskedLoss = (losses: readonly number[], mask: readonly number[]) => {
  const mean = new Average();
  losses.forEach((loss, n) => {
    if (mask[n] === 1) mean.add(loss);
  });
  return mean.value;
};
export const accuracy = (y: readonly number[], Z: readonly (readonly number[])[]) =>
  average(y.map((c, n) => Number(Z[n]!.every((x) => x <= Z[n]![c]!))));
export const distillationTerm = (teacher: readonly number[], student: readonly number[]) =>
  new Distribution(teacher).crossEntropy(student);
export const entropyOf = (p: readonly number[]) => new Distribution(p).entropy();
export const multiLabelProbabilities = (z: readonly number[]) => z.map(logistic);
export const priorToPosterior = (posterior: readonly number[], prior: readonly number[]) =>
  new Distribution(posterior).divergence(prior);
export const excessOverFloor = (t: readonly number[], q: readonly number[]) =>
  new Distribution(t).divergence(q);
export const weightedMean = (losses: readonly number[], weights: readonly number[]) =>
  average(losses, weights);
export const batchKl = (P: readonly (readonly number[])[], Q: readonly (readonly number[])[]) =>
  average(P.map((p, n) => divergence(p, Q[n]!)));
export const accumulatedLoss = (parts: readonly { sum: number; count: number }[]) =>
  parts.reduce((a, { sum, count }) => a.addSum(sum, count), new Average()).value;
export const corpusPerplexity = (windows: readonly (readonly number[])[]) =>
  Math.exp(average(windows.flat()));
