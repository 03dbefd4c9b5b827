import {
  arithmeticDecode,
  arithmeticEncode,
  NgramModel,
  ngramCrossEntropy,
  Random,
  toBits,
} from "cross-entropy";
import { expect, test } from "vitest";

const words = ["banana", "bandana", "cabana", "ananas"];
const options = { order: 1, smoothing: 0.5, alphabet: "abcdns" };

test("NgramModel counts what follows each letter, the start and the end included", () => {
  const model = new NgramModel(["ab", "abb"], { order: 1, smoothing: 0 });
  expect(model.next([])).toEqual(new Float64Array([1, 0, 0])); // every word starts with a
  expect(model.next([0])).toEqual(new Float64Array([0, 1, 0])); // after a comes b
  expect(Array.from(model.next([1]))).toEqual([0, 1 / 3, 2 / 3]); // after b: b once, the end twice
});
test("each context predicts with a distribution, seen or not", () => {
  const random = new Random(3);
  for (const order of [0, 1, 2, 3]) {
    const model = new NgramModel(words, { ...options, order });
    for (let n = 0; n < 50; n++) {
      const past = random.categoricals(new Array(model.size).fill(1 / model.size), random.integer(5));
      expect(model.next(past).length).toBe(model.size);
      expect(Array.from(model.next(past)).reduce((a, b) => a + b)).toBeCloseTo(1, 14);
    }
  }
  expect(Array.from(new NgramModel(["a"], { order: 2, smoothing: 0, alphabet: "ab" }).next([1]))).toEqual(
    new Array(3).fill(1 / 3),
  );
});
test("the probabilities of all words sum to 1, because the end is a symbol", () => {
  const model = new NgramModel(["a", "aa"], { order: 1, smoothing: 0 });
  const probability = (word: string) => Math.exp(-model.surprisals(word).reduce((a, b) => a + b));
  let total = 0;
  for (let length = 0; length < 60; length++) total += probability("a".repeat(length));
  expect(total).toBeCloseTo(1, 12);
});
test("a context of two letters sees two letters, and never the word before", () => {
  const model = new NgramModel(["ab", "cb"], { order: 2, smoothing: 0 });
  const [a, b, c, end] = [0, 1, 2, 3];
  expect(Array.from(model.next([c, b, end, a]))).toEqual(Array.from(model.next([a])));
  expect(Array.from(model.next([c, b, end]))).toEqual(Array.from(model.next([])));
  expect(model.next([end, a])[b]).toBe(1);
});
test("the cross-entropy is the total over the symbols, and a file of that size holds the words", () => {
  const model = new NgramModel(words, options);
  const score = ngramCrossEntropy(["canada", "banana"], model);
  expect(score.symbols).toBe(14);
  expect(score.mean).toBeCloseTo(score.nats / 14, 14);
  const symbols = model.encode(["canada", "banana"]);
  const bytes = arithmeticEncode(symbols, model.next);
  expect(bytes.length).toBeLessThanOrEqual(Math.ceil((toBits(score.nats) + 2) / 8));
  expect(model.decode(arithmeticDecode(bytes, symbols.length, model.next))).toEqual(["canada", "banana"]);
});
test("a word that an unsmoothed model holds impossible costs Infinity", () => {
  const model = new NgramModel(words, { ...options, smoothing: 0 });
  expect(ngramCrossEntropy(["banana", "cab"], model).mean).toBe(Infinity);
});
test("sample() draws words that the model can spell, the same for the same seed", () => {
  const model = new NgramModel(words, { ...options, smoothing: 0 });
  const draw = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 20 }, () => model.sample(random));
  };
  expect(draw(1)).toEqual(draw(1));
  for (const word of draw(1)) expect(model.surprisals(word).every(Number.isFinite)).toBe(true);
});
test("letters beyond the basic plane count as one letter", () => {
  const model = new NgramModel(["😀a", "a😀"], { order: 1, smoothing: 1 });
  expect(model.alphabet.length).toBe(2);
  expect(model.decode(model.encode(["😀😀a"]))).toEqual(["😀😀a"]);
});
