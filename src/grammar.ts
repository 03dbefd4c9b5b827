import { normalise } from "./distributions";
import { entropy, minusLog } from "./entropy";
import type { Random } from "./random";
import { CompensatedSum } from "./sum";
import { checkArray, checkInteger, checkObject, rangeError, typeError, type Vector } from "./validate";

/** A source of sentences of equal length whose probabilities are all known. */
export interface Grammar {
  /** What each symbol stands for, shape `[V]`. */
  readonly vocabulary: readonly string[];
  /** The symbol before a sentence: given, never predicted. */
  readonly start: number;
  /** Every sentence, without the start symbol. */
  readonly sentences: readonly (readonly number[])[];
  /** Probability of each sentence; they sum to 1. */
  readonly probabilities: readonly number[];
  /** Entropy of each position given all before it, nats: no model can do better there. */
  readonly floors: readonly number[];
  /** Their mean, nats per symbol. */
  readonly floor: number;
}

/**
 * The conjugation grammar: "yesterday she verb3 verb3-ed .", a time, a subject, a verb to conjugate, its form, a stop.
 *
 * The form follows from the rest: `-ed` yesterday, `will` tomorrow, today `-s` after he, she and it. So position 4 has
 * entropy 0 given everything, but depends on the word three places back. Verbs are used as `1/(rank + 1)`.
 *
 * @param verbs - number of verbs, >= 1; 60 make a vocabulary of 193, 180 one of 553
 * @returns all `21 · verbs` sentences with their probabilities
 * @throws RangeError if `verbs` is not an integer >= 1
 * @see sentenceLadder, exactCrossEntropy
 * @example conjugationGrammar(60).floors // [1.02965, 1.89105, 3.58272, 0, 0]
 */
export function conjugationGrammar(verbs = 60): Grammar {
  checkInteger("conjugationGrammar", "verbs", verbs, 1, 1000);
  const vocabulary: string[] = [];
  const symbols = (words: readonly string[]): number[] => words.map((word) => vocabulary.push(word) - 1);
  const [start, stop, will] = symbols(["<start>", ".", "will"]) as [number, number, number];
  const times = symbols(["yesterday", "today", "tomorrow"]);
  const subjects = symbols(["i", "you", "he", "she", "it", "we", "they"]);
  const names = Array.from({ length: verbs }, (_, v) => `verb${v + 1}`);
  const bare = symbols(names);
  const past = symbols(names.map((name) => `${name}-ed`));
  const third = symbols(names.map((name) => `${name}-s`));
  const timeShare = [0.5, 0.3, 0.2];
  const subjectShare = [0.25, 0.15, 0.15, 0.15, 0.1, 0.1, 0.1];
  const verbShare = normalise(names.map((_, v) => 1 / (v + 2)));
  const sentences: number[][] = [];
  const probabilities: number[] = [];
  times.forEach((time, t) => {
    subjects.forEach((subject, s) => {
      bare.forEach((verb, v) => {
        const isThird = s >= 2 && s <= 4;
        const form = t === 0 ? past[v]! : t === 2 ? will : isThird ? third[v]! : verb;
        sentences.push([time, subject, verb, form, stop]);
        probabilities.push(timeShare[t]! * subjectShare[s]! * verbShare[v]!);
      });
    });
  });
  const floors = [entropy(timeShare), entropy(subjectShare), entropy(verbShare), 0, 0];
  const floor = floors.reduce((a, b) => a + b) / floors.length;
  return { vocabulary, start, sentences, probabilities, floors, floor };
}

function checkGrammar(where: string, grammar: Grammar): void {
  checkObject(where, "grammar", grammar);
  for (const key of ["vocabulary", "sentences", "probabilities"] as const)
    checkArray(where, `grammar.${key}`, grammar[key]);
}

/**
 * Sentences drawn from a grammar.
 *
 * @param grammar - the source
 * @param count - number of sentences, >= 0
 * @param random - the source of randomness
 * @returns symbols, shape `[count, length]`
 * @throws RangeError if `count` is no integer >= 0
 * @example sampleSentences(conjugationGrammar(2), 2, new Random(1)).map((sentence) => sentence.length) // [5, 5]
 */
export function sampleSentences(grammar: Grammar, count: number, random: Random): (readonly number[])[] {
  checkGrammar("sampleSentences", grammar);
  checkObject("sampleSentences", "random", random);
  return random.categoricals(grammar.probabilities, count).map((n) => grammar.sentences[n]!);
}

/** A cross-entropy known without error. */
export interface ExactLoss {
  /** Nats per symbol; never below the grammar's floor. */
  readonly mean: number;
  /** Nats at each position. */
  readonly positions: readonly number[];
}

/**
 * Exact cross-entropy of a model on a grammar, by going through all sentences; each context is asked for once.
 *
 * @param next - the model: distribution of the next symbol after a context, which begins with the start symbol
 * @param grammar - the source
 * @returns nats per symbol, and per position; `mean − grammar.floor` is the model's divergence per symbol, exactly
 * @throws RangeError if the model's answer has the wrong length or does not sum to 1 within 1e-9
 * @see sampleSentences: a mean over a sample has a standard error, and may fall below the floor
 * @example exactCrossEntropy(() => uniform(193), conjugationGrammar(60)).mean // 5.26269
 */
export function exactCrossEntropy(next: (context: readonly number[]) => Vector, grammar: Grammar): ExactLoss {
  if (typeof next !== "function") throw typeError("exactCrossEntropy", "next", "be a function", next);
  checkGrammar("exactCrossEntropy", grammar);
  const V = grammar.vocabulary.length;
  const length = grammar.sentences[0]!.length;
  const totals = Array.from({ length }, () => new CompensatedSum());
  const answers = new Map<string, Vector>();
  grammar.sentences.forEach((sentence, n) => {
    for (let t = 0; t < length; t++) {
      const context = [grammar.start, ...sentence.slice(0, t)];
      const key = context.join(" ");
      let q = answers.get(key);
      if (q === undefined) {
        q = next(context);
        checkAnswer(q, V);
        answers.set(key, q);
      }
      totals[t]!.addProduct(grammar.probabilities[n]!, minusLog(Math.min(1, q[sentence[t]!]!)));
    }
  });
  const positions = totals.map((total) => total.value);
  return { mean: positions.reduce((a, b) => a + b) / length, positions };
}

function checkAnswer(q: Vector, V: number): void {
  const where = "exactCrossEntropy";
  if (q?.length !== V) throw rangeError(where, "next", `answer with ${V} probabilities`, String(q?.length));
  const total = new CompensatedSum();
  for (let k = 0; k < V; k++) {
    if (!(q[k]! >= 0)) throw rangeError(where, "next", "answer with probabilities >= 0", q[k]);
    total.add(q[k]!);
  }
  if (!(Math.abs(total.value - 1) <= 1e-9))
    throw rangeError(where, "next", "answer with a sum of 1", total.value);
}

/**
 * The grammar's context ladder: entropy of a symbol given the k symbols before it, wherever it stands in a sentence,
 * for k = 0 … depth. What the best model with that much memory reaches.
 *
 * Before a sentence there are start symbols.
 *
 * @param grammar - the source
 * @param depth - largest number of symbols known, >= 0
 * @returns nats per symbol, shape `[depth + 1]`, never rising, down to `grammar.floor`
 * @throws RangeError if `depth` is no integer >= 0
 * @see D22 — and `contextLadder`, for stationary sources
 * @example sentenceLadder(conjugationGrammar(60), 3) // [3.62887, 1.64779, 1.50661, 1.30068]
 */
export function sentenceLadder(grammar: Grammar, depth: number): number[] {
  checkGrammar("sentenceLadder", grammar);
  checkInteger("sentenceLadder", "depth", depth, 0);
  const length = grammar.sentences[0]!.length;
  return Array.from({ length: depth + 1 }, (_, k) => {
    const contexts = new Map<string, Map<number, number>>();
    grammar.sentences.forEach((sentence, n) => {
      for (let t = 0; t < length; t++) {
        const past = sentence.slice(Math.max(0, t - k), t);
        const key = [...Array(k - past.length).fill(grammar.start), ...past].join(" ");
        const counts = contexts.get(key) ?? new Map<number, number>();
        counts.set(sentence[t]!, (counts.get(sentence[t]!) ?? 0) + grammar.probabilities[n]! / length);
        contexts.set(key, counts);
      }
    });
    const total = new CompensatedSum();
    for (const counts of contexts.values()) {
      const weight = [...counts.values()].reduce((a, b) => a + b);
      for (const p of counts.values()) total.addProduct(p, minusLog(Math.min(1, p / weight)));
    }
    return total.value;
  });
}
