import {
  adam,
  conjugationGrammar,
  exactCrossEntropy,
  LanguageModel,
  normalise,
  quantise,
  Random,
  sampleSentences,
  sentenceLadder,
  uniform,
} from "cross-entropy";
import { describe, expect, test } from "vitest";

describe("the conjugation grammar", () => {
  const grammar = conjugationGrammar(60);
  test("has 193 symbols, 1,260 sentences, probabilities that sum to 1 and known floors", () => {
    expect(grammar.vocabulary).toHaveLength(193);
    expect(conjugationGrammar(180).vocabulary).toHaveLength(553);
    expect(grammar.sentences).toHaveLength(1260);
    expect(grammar.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    const floors = [1.02965, 1.89105, 3.58272, 0, 0];
    grammar.floors.forEach((floor, t) => {
      expect(floor).toBeCloseTo(floors[t]!, 4);
    });
    expect(conjugationGrammar(180).floors[2]).toBeCloseTo(4.38, 2);
  });
  test("its ladder: log V 5.2627, then 3.6289, 1.6478, 1.5066, and 1.3007 = the floor", () => {
    const ladder = sentenceLadder(grammar, 4);
    [3.6289, 1.6478, 1.5066, 1.3007, 1.3007].forEach((h, k) => {
      expect(ladder[k]).toBeCloseTo(h, 4);
    });
    expect(ladder[3]).toBeCloseTo(grammar.floor, 12);
    expect(exactCrossEntropy(() => uniform(193), grammar).mean).toBeCloseTo(Math.log(193), 12);
  });
  test("the true conditionals reach the floor exactly, at every position", () => {
    const truth = (context: readonly number[]) => {
      const counts = new Array<number>(193).fill(0);
      grammar.sentences.forEach((sentence, n) => {
        if (context.slice(1).every((x, t) => sentence[t] === x))
          counts[sentence[context.length - 1]!]! += grammar.probabilities[n]!;
      });
      return normalise(counts);
    };
    const { mean, positions } = exactCrossEntropy(truth, grammar);
    expect(mean).toBeCloseTo(grammar.floor, 12);
    positions.forEach((h, t) => {
      expect(h).toBeCloseTo(grammar.floors[t]!, 12);
    });
  });
  test("samples follow the probabilities", () => {
    const sample = sampleSentences(grammar, 4000, new Random(1));
    const yesterday = sample.filter(([time]) => grammar.vocabulary[time!] === "yesterday").length;
    expect(Math.abs(yesterday / 4000 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 4000));
  });
});

describe("LanguageModel", () => {
  const tiny = conjugationGrammar(2);
  const V = tiny.vocabulary.length;
  const make = (outputScale: number, seed = 3) =>
    new LanguageModel(
      { vocabulary: V, start: tiny.start, window: 3, embedding: 3, hidden: 5, outputScale },
      new Random(seed),
    );
  test("the gradient written by hand is the slope of the loss (D13)", () => {
    const model = make(1);
    const batch = tiny.sentences.slice(0, 9);
    const { gradient } = model.lossWithGradient(batch);
    const random = new Random(5);
    for (let n = 0; n < 60; n++) {
      const i = random.integer(gradient.length);
      const at = model.parameters[i]!;
      const loss = (x: number) => {
        model.parameters[i] = x;
        return model.lossWithGradient(batch).loss;
      };
      const slope = (loss(at + 1e-5) - loss(at - 1e-5)) / 2e-5;
      model.parameters[i] = at;
      expect(gradient[i]).toBeCloseTo(slope, 8);
    }
  });
  test("starts at log V with a small output layer and higher with a large one (D24)", () => {
    expect(exactCrossEntropy(make(0.01).next, tiny).mean).toBeCloseTo(Math.log(V), 2);
    expect(exactCrossEntropy(make(8).next, tiny).mean).toBeGreaterThan(Math.log(V) + 1);
  });
  test("training brings the exact loss to the floor, never below; few bits cost a little", () => {
    const model = make(0.01);
    const optimiser = adam(0.02);
    const random = new Random(9);
    const first = model.train(sampleSentences(tiny, 32, random), optimiser);
    for (let step = 0; step < 400; step++) model.train(sampleSentences(tiny, 32, random), optimiser);
    const trained = exactCrossEntropy(model.next, tiny).mean;
    expect(first).toBeCloseTo(Math.log(V), 1);
    expect(trained).toBeGreaterThanOrEqual(tiny.floor - 1e-12);
    expect(trained).toBeLessThan(tiny.floor + 0.03);
    const before = model.parameters.slice();
    const int8 = exactCrossEntropy(model.quantised(8).next, tiny).mean;
    const int4 = exactCrossEntropy(model.quantised(4).next, tiny).mean;
    expect(Math.abs(int8 - trained)).toBeLessThan(0.01);
    expect(int4).toBeGreaterThan(trained);
    expect(model.parameters).toEqual(before);
    expect(exactCrossEntropy(model.next, tiny).mean).toBe(trained);
  });
  test("what is left of the window does not matter", () => {
    const model = make(1);
    expect(model.next([1, 2, 3, 4])).toEqual(model.next([2, 2, 3, 4]));
    expect(model.next([])).toEqual(model.next([tiny.start]));
  });
});

test("quantise() keeps 0 and the largest weight, and moves none by more than half a step", () => {
  const weights = Array.from({ length: 100 }, (_, i) => Math.sin(i));
  for (const bits of [2, 4, 8, 16]) {
    const { values, scale, codes } = quantise(weights, bits);
    weights.forEach((w, i) => {
      expect(Math.abs(values[i]! - w)).toBeLessThanOrEqual(scale / 2 + 1e-15);
    });
    expect(Math.max(...codes.map(Math.abs))).toBe(2 ** (bits - 1) - 1);
  }
  expect([...quantise([0, 0], 8).values]).toEqual([0, 0]);
});
