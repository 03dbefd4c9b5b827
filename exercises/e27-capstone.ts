/**
 * E27 · Capstone: from log V down to the floor
 *
 * A source whose sentences and probabilities are all known: no model can have a lower cross-entropy than its entropy,
 * and yours is measured exactly, by going through all sentences. Train any kind of model (a network as in notebook 17,
 * or counts with good smoothing) and bring it down to the floor.
 */

/** What is known of the source. Every sentence has the same length; the start symbol before it is given. */
export interface Source {
  readonly start: number;
  readonly sentences: readonly (readonly number[])[];
  readonly probabilities: readonly number[];
}
export interface Options {
  /** number of symbols */
  readonly vocabulary: number;
  readonly start: number;
  readonly seed: number;
  /** 0 asks for the model before training; otherwise train as long as you like, at most 60 s */
  readonly steps?: number;
}
export interface Model {
  /** Distribution of the symbol after a context. Contexts begin with the start symbol; the result sums to 1. */
  next(context: readonly number[]): number[];
}
export interface Report {
  /** nats per symbol */
  readonly crossEntropy: number;
  readonly floor: number;
  readonly gap: number;
  readonly perplexity: number;
  readonly bits: number;
}

/** Trains a model on sentences (without the start symbol). */
export function trainLM(corpus: readonly (readonly number[])[], options: Options): Model {
  throw new Error("Not implemented: trainLM. Delete this line and write your answer");
}

/** Cross-entropy of a model on the source, nats per symbol, by going through all sentences: no sampling error. */
export function exactCrossEntropy(next: Model["next"], source: Source): number {
  throw new Error("Not implemented: exactCrossEntropy. Delete this line and write your answer");
}

/**
 * The ladder: what the best model with a memory of k symbols reaches, nats per symbol, for k = 0 … depth. Such a model
 * does not know the place in the sentence; where the memory reaches back before the sentence it sees start symbols.
 */
export function contextLadder(source: Source, depth: number): number[] {
  throw new Error("Not implemented: contextLadder. Delete this line and write your answer");
}

/**
 * What fewer bits per weight (int8, int4) do to a model: the divergence D(q‖r) of its forecasts after rounding, r, from
 * those before, q. Nats per symbol, as the source meets the contexts; in each context over all symbols.
 */
export function roundingShift(next: Model["next"], rounded: Model["next"], source: Source): number {
  throw new Error("Not implemented: roundingShift. Delete this line and write your answer");
}

/** What to write into a paper about a model. The floor is the entropy of the source per symbol. */
export function report(next: Model["next"], source: Source): Report {
  throw new Error("Not implemented: report. Delete this line and write your answer");
}
