// biome-ignore-all assist/source/organizeImports: a table of contents, grouped by topic

// Cross-entropy in nats: the true distribution first, the model second. The mathematics only: nothing here reads a
// file, keeps a global or draws a random number without a seed.

// Units
export { fromBits, toBits } from "./units";

// Distributions
export { blockDistribution, mixture, normalise, oneHot, simplexGrid, uniform } from "./distributions";
export type { Matrix, Vector } from "./validate";

// Surprise and its means
export { crossEntropy, entropy, oneHotCrossEntropy, perplexity, surprisal } from "./entropy";

// In log space
export { log1mExp, log1pExp, logSigmoid, sigmoid, xlog1py, xlogy } from "./log-space";

// From logits
export { logSoftmax, logSumExp, softmax } from "./softmax";
export type { Logits, Output, RowOptions } from "./rows";

// Losses from logits, with their gradients and curvature
export { softmaxCrossEntropy, softmaxCrossEntropyWithGradient } from "./softmax-cross-entropy";
export type { LossWithGradient } from "./softmax-cross-entropy";
export type { CrossEntropyOptions, Reduction, Target } from "./loss-targets";
export { fisherInformation, hessianVectorProduct, softmaxHessian } from "./curvature";
export { binaryCrossEntropy } from "./binary-cross-entropy";
export {
  binaryCrossEntropyWithLogits,
  binaryCrossEntropyWithLogitsWithGradient,
} from "./binary-cross-entropy";
export type { BinaryOptions } from "./binary-cross-entropy";

// Large batches
export { type Engine, type EngineMode, engine, setEngine } from "./bulk/engine";
export { allocate, release } from "./bulk/memory";
export { setThreads } from "./bulk/pool";

// Distances between distributions
export { jsDivergence, klDivergence, totalVariation } from "./divergence";

// Pairs of variables and the chain rule
export { marginal, transpose } from "./joint";
export { jointCrossEntropy, jointEntropy } from "./joint";
export { conditionalCrossEntropy, conditionalEntropy, mutualInformation } from "./joint";

// Learning
export { adam, gradientDescent, minimise, momentum, newton } from "./optimiser";
export type { Curve, Minimum, Optimiser, Slope } from "./optimiser";
export { solve } from "./linear";
export { type Regression, type RegressionOptions, softmaxRegression } from "./regression";

export { type ExampleLoss, type FitOptions, Network, type NetworkOptions } from "./network";

// Scores of forecasts
export { absoluteScore, brierScore, logScore, sphericalScore, zeroOneScore } from "./scores";
export { expectedScore, growthRate, scoreDecomposition } from "./scores";
export type { Score, ScoreDecomposition } from "./scores";

// Calibration
export { calibrationError, reliability, topLabel } from "./calibration";
export type { BinOptions, CalibrationOptions, ReliabilityBin } from "./calibration";
export { fitTemperature, temperatureSlope, type TemperatureFit, type TemperatureSlope } from "./temperature";

// Soft targets
export { optimalLogitGap, smoothedTarget, smoothingFloor, type SmoothingConvention } from "./label-smoothing";
export { type DistillationOptions, distillationLoss, distillationLossWithGradient } from "./distillation";

// Weights and denominators
export { costThreshold, unweight, weightedMinimiser } from "./weighting";
export { maskedTally, pooledMean, type Tally } from "./weighting";

// Sequences
export { bitsPerByte, convertPerplexity, corpusPerplexity, perplexityFromLogits } from "./sequences";
export { stridedLoss, type StridedLoss } from "./sequences";
export { contextLadder, crossEntropyRate, entropyRate } from "./rates";
export { markovBlocks, markovPath, stationaryDistribution } from "./rates";
export { type HiddenMarkov, hiddenMarkovLosses, hiddenMarkovPath } from "./hidden-markov";

// Relatives of cross-entropy
export { focalLoss, focalLossWithGradient, focalMinimiser, unfocal } from "./focal";
export { denoise, noisyMinimiser } from "./focal";
export { bradleyTerry, dpoLoss, fitBradleyTerry, type PreferenceLoss } from "./preference";

// Codes with one word per symbol
export { expectedLength, kraftSum, shannonLengths } from "./codes";
export { huffmanCode, huffmanLengths, isPrefixFree, prefixCode } from "./codes";
export { decode, encode } from "./codes";

// Codes for whole messages
export { arithmeticDecode, arithmeticEncode, type SequenceModel } from "./arithmetic-coder";
export { idealLength } from "./codes";
export { type TypeClass, typeClasses, typicalSet } from "./typical";

// Language models
export { NgramModel, type NgramOptions, type NgramScore, ngramCrossEntropy } from "./ngram";

export { conjugationGrammar, exactCrossEntropy, sampleSentences, sentenceLadder } from "./grammar";
export type { ExactLoss, Grammar } from "./grammar";
export { LanguageModel, type LanguageModelOptions } from "./neural-lm";
export { type Quantised, quantise } from "./quantise";

// Randomness and error bars
export { Random } from "./random";
export { mean, meanWithStandardError, standardError, variance, type Estimate } from "./statistics";
export { blockMeanWithStandardError, bootstrap, ratioWithStandardError } from "./statistics";
export { coverage, covers, interval95, type Interval } from "./statistics";

// Numbers in the machine, and derivatives
export { sum } from "./sum";
export { relativeError, ulp, ulpDistance } from "./float";
export { centralDifference, derivative, Dual } from "./derivative";
export { HyperDual, hessian } from "./hyper-dual";
export { gradient, Value } from "./autograd";

// The derivations
export * from "./derivations/index";
