/** The right label of each exhibit. */
export const labels: Readonly<Record<string, string>> = {
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

/** Where a second name describes the same exhibit as well. */
export const alsoRight: Readonly<Record<string, string>> = {
  distillationTerm: "arguments exchanged",
  priorToPosterior: "cross-entropy taken as symmetric",
  corpusPerplexity: "mean of means",
};

/** what to say to a name that is often confused with the right one */
export const hints: Readonly<Record<string, string>> = {
  "divergence: 0 times log 0":
    "divergence: 0·log 0 is the harmless end, where p = 0. Here q = 0, and an impossible event that happens is passed over.",
  "entropyOf: support mismatch ignored":
    "entropyOf: there is only one distribution, so no second support. The trouble is a product.",
  "excessOverFloor: cross-entropy taken for entropy":
    "excessOverFloor: nobody claims that the loss is the entropy; somebody forgot that the target has one.",
  "irreducibleLoss: loss expected to reach 0":
    "irreducibleLoss: the loss is taken for the floor itself, not for something that falls to 0.",
  "accumulatedLoss: windows averaged instead of tokens":
    "accumulatedLoss: there are no windows here, but the same disease in general: which kind of average is it?",
  "classLoss: logits not normalised": "classLoss: they are normalised, and then once more.",
};
