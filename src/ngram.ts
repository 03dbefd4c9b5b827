import { minusLog } from "./entropy";
import type { Random } from "./random";
import { type Estimate, ratioWithStandardError } from "./statistics";
import { CompensatedSum } from "./sum";
import { checkArray, checkInteger, checkNumber, rangeError, typeError, type Vector } from "./validate";

/** How a character model is made. */
export interface NgramOptions {
  /** Number of earlier characters that the model sees, an integer in `[0, 8]`: 1 makes a bigram model. */
  readonly order: number;
  /** Added to every count, a number >= 0. With 0, what was never seen is impossible. */
  readonly smoothing: number;
  /** The letters, each once; by default those of the training words. */
  readonly alphabet?: string;
}

/**
 * A character n-gram model of words: each letter is predicted from the `order` letters before it, and the end of the
 * word is a symbol like any other, so that the probabilities of all words sum to 1.
 *
 * Symbols are numbers: 0 … V − 2 the letters in the order of the alphabet, V − 1 the end of the word.
 * `q(s | context) = (count(context, s) + smoothing) / (count(context) + smoothing · V)`; a context that was never seen,
 * without smoothing, gives the uniform distribution.
 *
 * @see ngramCrossEntropy, which scores words with it
 * @example new NgramModel(["ab", "abb"], { order: 1, smoothing: 0 }).next([1]) // [0, 0.333333, 0.666667]
 */
export class NgramModel {
  readonly alphabet: readonly string[];
  /** Number of symbols V, the end of the word included. */
  readonly size: number;
  readonly order: number;
  readonly smoothing: number;
  private readonly symbolOf: ReadonlyMap<string, number>;
  private readonly counts = new Map<number, Float64Array>();
  private readonly distributions = new Map<number, Float64Array>();

  /**
   * @param words - training words, made of letters of the alphabet, shape `[N]`, N >= 1
   * @param options - order, smoothing and alphabet
   * @throws RangeError if an option is out of range or a word contains a letter outside the alphabet
   */
  constructor(words: readonly string[], options: NgramOptions) {
    const { order, smoothing } = options;
    checkWords("NgramModel", words);
    checkInteger("NgramModel", "order", order, 0, 8);
    checkNumber("NgramModel", "smoothing", smoothing);
    if (!(smoothing >= 0 && smoothing < Infinity))
      throw rangeError("NgramModel", "smoothing", "be >= 0", smoothing);
    this.alphabet = [...(options.alphabet ?? [...new Set(words.join(""))].sort().join(""))];
    this.symbolOf = new Map(this.alphabet.map((letter, i) => [letter, i]));
    if (this.symbolOf.size < this.alphabet.length)
      throw rangeError("NgramModel", "alphabet", "have each letter once", JSON.stringify(options.alphabet));
    this.size = this.alphabet.length + 1;
    this.order = order;
    this.smoothing = smoothing;
    for (let n = 0; n < words.length; n++) {
      const symbols = this.encodeWord("NgramModel", `words[${n}]`, words[n]!);
      for (let t = 0; t < symbols.length; t++) this.count(this.context(symbols, t), symbols[t]!);
    }
  }

  private count(context: number, symbol: number): void {
    let row = this.counts.get(context);
    if (row === undefined) {
      row = new Float64Array(this.size);
      this.counts.set(context, row);
    }
    row[symbol]!++;
  }

  /** The context before place `t` as one number: its letters as digits in base V, filled up with ends of word. */
  private context(symbols: ArrayLike<number>, t: number): number {
    const end = this.size - 1;
    let context = 0;
    let place = 1;
    let k = 1;
    for (; k <= this.order && t - k >= 0 && symbols[t - k] !== end; k++) {
      context += symbols[t - k]! * place;
      place *= this.size;
    }
    // Before the first letter of a word there are only ends of words, whatever the word before was.
    for (; k <= this.order; k++) {
      context += end * place;
      place *= this.size;
    }
    return context;
  }

  private encodeWord(where: string, argument: string, word: string): number[] {
    const symbols = Array.from(word, (letter) => {
      const symbol = this.symbolOf.get(letter);
      if (symbol === undefined)
        throw rangeError(where, argument, `consist of the alphabet's letters`, JSON.stringify(letter));
      return symbol;
    });
    symbols.push(this.size - 1);
    return symbols;
  }

  /**
   * The distribution of the next symbol: a `SequenceModel` for the arithmetic coder.
   *
   * @param past - symbols so far, of one word or of a text of words
   * @returns distribution, shape `[V]`
   */
  readonly next = (past: Vector): Vector => {
    const context = this.context(past, past.length);
    let q = this.distributions.get(context);
    if (q === undefined) {
      const counts = this.counts.get(context) ?? new Float64Array(this.size);
      const total = counts.reduce((a, b) => a + b) + this.smoothing * this.size;
      q = counts.map((count) => (total > 0 ? (count + this.smoothing) / total : 1 / this.size));
      this.distributions.set(context, q);
    }
    return q;
  };

  /**
   * Words as one sequence of symbols, each word with its end.
   *
   * @param words - words made of letters of the alphabet
   */
  encode(words: readonly string[]): number[] {
    checkWords("NgramModel.encode", words);
    return words.flatMap((word, n) => this.encodeWord("NgramModel.encode", `words[${n}]`, word));
  }

  /**
   * The words of a sequence of symbols; the inverse of `encode`.
   *
   * @param symbols - symbols, the last one an end of word
   */
  decode(symbols: Vector): string[] {
    const text = Array.from(symbols, (symbol, n) => {
      checkInteger("NgramModel.decode", `symbols[${n}]`, symbol, 0, this.size - 1);
      return this.alphabet[symbol] ?? "\n";
    }).join("");
    if (!text.endsWith("\n"))
      throw rangeError("NgramModel.decode", "symbols", "end with an end of word", text);
    return text.slice(0, -1).split("\n");
  }

  /**
   * Surprisal of each letter of a word, and of its end.
   *
   * @param word - made of letters of the alphabet; `""` is a word too
   * @returns nats, shape `[length + 1]`
   */
  surprisals(word: string): number[] {
    checkWords("NgramModel.surprisals", [word]);
    const symbols = this.encodeWord("NgramModel.surprisals", "word", word);
    return symbols.map((symbol, t) => minusLog(this.next(symbols.slice(0, t))[symbol]!));
  }

  /**
   * A word drawn from the model, cut off after 1,000 letters.
   *
   * @param random - the source of randomness
   */
  sample(random: Random): string {
    const symbols: number[] = [];
    while (symbols.length < 1000) {
      const symbol = random.categorical(this.next(symbols));
      if (symbol === this.size - 1) break;
      symbols.push(symbol);
    }
    return symbols.map((symbol) => this.alphabet[symbol]).join("");
  }
}

function checkWords(where: string, words: readonly string[]): void {
  checkArray(where, "words", words);
  for (let n = 0; n < words.length; n++)
    if (typeof words[n] !== "string") throw typeError(where, `words[${n}]`, "be a string", words[n]);
}

/** A cross-entropy per symbol, measured on words. */
export interface NgramScore extends Estimate {
  /** Total surprisal of all words, in nats. */
  readonly nats: number;
  /** Number of symbols: letters and one end per word. */
  readonly symbols: number;
  /** Surprisal of each word with its end, in nats. */
  readonly wordNats: readonly number[];
}

/**
 * Cross-entropy per symbol of words under a character model: `Σ −log q(word) / Σ (length + 1)`.
 *
 * The standard error takes the words as independent draws, not the letters.
 *
 * @param words - words that the model has not been trained on, shape `[N]`, N >= 2
 * @param model - a model over an alphabet that has all their letters
 * @returns mean and standard error in nats per symbol (letter or end of word), with the totals; a word that is
 *   impossible under the model makes the mean `Infinity` and the standard error NaN
 * @throws RangeError if there are fewer than 2 words or one contains a letter outside the alphabet
 * @see arithmeticEncode, which writes the words into a file of this size
 * @example ngramCrossEntropy(["a", "ab"], new NgramModel(["ab", "b"], { order: 0, smoothing: 1 })).mean // 1.14302
 */
export function ngramCrossEntropy(words: readonly string[], model: NgramModel): NgramScore {
  checkWords("ngramCrossEntropy", words);
  if (words.length < 2) throw rangeError("ngramCrossEntropy", "words", "have at least 2 entries", "1");
  const total = new CompensatedSum();
  let symbols = 0;
  const lengths: number[] = [];
  const wordNats = words.map((word) => {
    const surprisals = model.surprisals(word);
    lengths.push(surprisals.length);
    symbols += surprisals.length;
    const nats = surprisals.reduce((a, b) => a + b);
    total.add(nats);
    return nats;
  });
  const nats = total.value;
  const estimate = nats < Infinity ? ratioWithStandardError(wordNats, lengths) : { mean: Infinity, se: NaN };
  return { ...estimate, nats, symbols, wordNats };
}
