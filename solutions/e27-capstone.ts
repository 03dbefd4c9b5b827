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

// answer:begin remove
interface Table {
  readonly total: number;
  readonly counts: ReadonlyMap<number, number>;
}

/** How often each symbol follows the last `memory` symbols at a place, counted over the corpus. */
function count(corpus: readonly (readonly number[])[], place: number, memory: number): Map<string, Table> {
  const tables = new Map<string, { total: number; counts: Map<number, number> }>();
  for (const sentence of corpus) {
    const key = sentence.slice(place - memory, place).join(" ");
    const table = tables.get(key) ?? { total: 0, counts: new Map<number, number>() };
    table.total++;
    table.counts.set(sentence[place]!, (table.counts.get(sentence[place]!) ?? 0) + 1);
    tables.set(key, table);
  }
  return tables;
}
// answer:end

/** Trains a model on sentences (without the start symbol). */
export function trainLM(corpus: readonly (readonly number[])[], options: Options): Model {
  // answer:begin
  const { vocabulary: V, steps } = options;
  const uniform = Array<number>(V).fill(1 / V);
  if (steps === 0) return { next: () => uniform.slice() };

  const length = corpus[0]!.length;
  // one smoothing strength per place and memory: how many observations the shorter memory is worth
  const levels = Array.from({ length }, (_, place) => {
    const chain: { tables: Map<string, Table>; strength: number }[] = [];
    const predict = (sentence: readonly number[], depth: number): number[] => {
      let q = uniform;
      for (let memory = 0; memory < depth; memory++) {
        const { tables, strength } = chain[memory]!;
        const table = tables.get(sentence.slice(place - memory, place).join(" "));
        if (table === undefined) break;
        const { counts, total } = table;
        q = q.map((x, k) => ((counts.get(k) ?? 0) + strength * x) / (total + strength));
      }
      return q;
    };
    for (let memory = 0; memory <= place; memory++) {
      const tables = count(corpus, place, memory);
      // what the shorter memory says, once for each context
      const shorter = new Map<string, number[]>();
      for (const sentence of corpus) {
        const key = sentence.slice(place - memory, place).join(" ");
        if (!shorter.has(key)) shorter.set(key, predict(sentence, memory));
      }
      // each observation predicted from all the others: no second corpus needed, and no strength looks too good
      const loss = (strength: number) => {
        let sum = 0;
        for (const [key, { total, counts }] of tables)
          for (const [k, n] of counts)
            sum -= n * Math.log((n - 1 + strength * shorter.get(key)![k]!) / (total - 1 + strength));
        return sum;
      };
      const strengths = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 100, 1e3, 1e4, 1e6];
      const strength = strengths.reduce((a, b) => (loss(b) < loss(a) ? b : a));
      chain.push({ tables, strength });
    }
    return { predict };
  });
  return {
    next(context) {
      const sentence = context.slice(1);
      const place = sentence.length;
      return place < length ? levels[place]!.predict(sentence, place + 1) : uniform.slice();
    },
  };
  // answer:end
}

/** Cross-entropy of a model on the source, nats per symbol, by going through all sentences: no sampling error. */
export function exactCrossEntropy(next: Model["next"], source: Source): number {
  // answer:begin
  let total = 0;
  source.sentences.forEach((sentence, n) => {
    sentence.forEach((symbol, t) => {
      const q = next([source.start, ...sentence.slice(0, t)]);
      total -= source.probabilities[n]! * Math.log(q[symbol]!);
    });
  });
  // per symbol, so that it can be compared with log V
  return total / source.sentences[0]!.length;
  // answer:end
}

/**
 * The ladder: what the best model with a memory of k symbols reaches, nats per symbol, for k = 0 … depth. Such a model
 * does not know the place in the sentence; where the memory reaches back before the sentence it sees start symbols.
 */
export function contextLadder(source: Source, depth: number): number[] {
  // answer:begin
  return Array.from({ length: depth + 1 }, (_, memory) => {
    const joint = new Map<string, Map<number, number>>();
    source.sentences.forEach((sentence, n) => {
      const padded = [...Array<number>(memory).fill(source.start), ...sentence];
      sentence.forEach((symbol, t) => {
        const key = padded.slice(t, t + memory).join(" ");
        const row = joint.get(key) ?? new Map<number, number>();
        row.set(symbol, (row.get(symbol) ?? 0) + source.probabilities[n]! / sentence.length);
        joint.set(key, row);
      });
    });
    let total = 0;
    for (const row of joint.values()) {
      const weight = [...row.values()].reduce((a, b) => a + b, 0);
      for (const p of row.values()) if (p > 0) total -= p * Math.log(p / weight);
    }
    return total;
  });
  // answer:end
}

/**
 * What fewer bits per weight (int8, int4) do to a model: the divergence D(q‖r) of its forecasts after rounding, r, from
 * those before, q. Nats per symbol, as the source meets the contexts; in each context over all symbols.
 */
export function roundingShift(next: Model["next"], rounded: Model["next"], source: Source): number {
  // answer:begin
  let total = 0;
  source.sentences.forEach((sentence, n) => {
    sentence.forEach((_, t) => {
      const context = [source.start, ...sentence.slice(0, t)];
      const r = rounded(context);
      // the model's own forecasts are the weights: the question is how far it has moved, not whether it was right
      next(context).forEach((q, k) => {
        if (q > 0) total += source.probabilities[n]! * q * Math.log(q / r[k]!);
      });
    });
  });
  return total / source.sentences[0]!.length;
  // answer:end
}

/** What to write into a paper about a model. The floor is the entropy of the source per symbol. */
export function report(next: Model["next"], source: Source): Report {
  // answer:begin
  const crossEntropy = exactCrossEntropy(next, source);
  const sentenceEntropy = source.probabilities.reduce((s, p) => (p > 0 ? s - p * Math.log(p) : s), 0);
  const floor = sentenceEntropy / source.sentences[0]!.length;
  return {
    crossEntropy,
    floor,
    gap: crossEntropy - floor,
    perplexity: Math.exp(crossEntropy),
    bits: crossEntropy / Math.LN2,
  };
  // answer:end
}
