// What a learner meets after a slip: each message, word for word.
import * as course from "cross-entropy";
import { expect, test } from "vitest";

const wrong = [
  // Probability vectors
  `crossEntropy([0.5, 0.6], [0.5, 0.5])`,
  `crossEntropy([0.5, 0.5], [0.5, NaN])`,
  `crossEntropy([0.5, 0.5], [1.1, -0.1])`,
  `crossEntropy([0.5, 0.4, -0.1, 0.2], [0.25, 0.25, 0.25, 0.25])`,
  `klDivergence([0.2, 0.3, 0.5], [0.2, 0.2, 0.3, 0.3])`,
  `entropy([])`,
  `entropy(0.5)`,
  `entropy("0.5")`,
  `entropy(null)`,
  `entropy([0.5, "0.5"])`,
  `entropy([0.5, , 0.5])`,
  `entropy([0.5, 1n])`,
  `entropy([[0.5, 0.5]])`,
  `entropy([Infinity, 0])`,
  `entropy([0.333, 0.333, 0.333])`,
  `entropy(new DataView(new ArrayBuffer(8)))`,
  `entropy({ 0: 1, length: 1 })`,
  `jsDivergence([1], [0.5, 0.5])`,
  `totalVariation([0.5, 0.5], [1])`,
  // Single numbers
  `surprisal(1.5)`,
  `surprisal(-0.1)`,
  `surprisal(NaN)`,
  `surprisal("0.5")`,
  `oneHotCrossEntropy(3, [0.2, 0.3, 0.5])`,
  `oneHotCrossEntropy(-1, [0.2, 0.3, 0.5])`,
  `oneHotCrossEntropy(0.5, [0.2, 0.3, 0.5])`,
  `oneHotCrossEntropy([1, 0, 0], [0.2, 0.3, 0.5])`,
  `oneHotCrossEntropy(0, [1.2, 0.1])`,
  `perplexity(-1)`,
  `uniform(0)`,
  `oneHot(3, 3)`,
  // Tables
  `jointEntropy([0.5, 0.5])`,
  `jointEntropy([[0.5, 0.2], [0.3]])`,
  `jointEntropy([[0.5, 0.2], [0.3, -0.1]])`,
  `jointEntropy([[0.5], [0.6]])`,
  `conditionalCrossEntropy([[1]], [[0.5, 0.5]])`,
  // Making distributions
  `normalise([0, 0])`,
  `normalise([1, -1])`,
  `normalise([1, Infinity])`,
  `mixture([0.5, 0.5], [[1, 0]])`,
  `mixture([0.5, 0.5], [[1, 0], [1]])`,
  `mixture([0.5, 0.5], [[1, 0], [1, 1]])`,
  `blockDistribution([0.5, 0.5], 30)`,
  `simplexGrid(10, 100)`,
  // Codes
  `kraftSum([1, 1.5])`,
  `prefixCode([1, 1, 2])`,
  `expectedLength([0.5, 0.5], [1, -1])`,
  `encode([2], ["0", "1"])`,
  `decode("0110", ["0", "01"])`,
  `decode("012", ["0", "10", "11"])`,
  `decode("01", ["0", "10", "11"])`,
  `isPrefixFree(["0", "2"])`,
  `arithmeticEncode([1], () => [1, 0])`,
  `arithmeticEncode([2], () => [0.5, 0.5])`,
  `arithmeticEncode([0], () => [0.5, 0.6])`,
  `arithmeticEncode([0], [0.5, 0.5])`,
  `arithmeticDecode([1, 2], 3, () => [1])`,
  `typeClasses([0.5, 0.5], 0)`,
  // Language models
  `new NgramModel([], { order: 1, smoothing: 1 })`,
  `new NgramModel(["a"], { order: -1, smoothing: 1 })`,
  `new NgramModel(["a"], { order: 1, smoothing: NaN })`,
  `new NgramModel(["a", "b"], { order: 1, smoothing: 1, alphabet: "a" })`,
  `new NgramModel(["a"], { order: 1, smoothing: 1, alphabet: "aa" })`,
  `new NgramModel(["a", 1], { order: 1, smoothing: 1 })`,
  `new NgramModel(["a"], { order: 1, smoothing: 1 }).surprisals("b")`,
  `ngramCrossEntropy(["a"], new NgramModel(["a"], { order: 1, smoothing: 1 }))`,
  // Randomness and statistics
  `new Random(-1)`,
  `new Random(0.5)`,
  `new Random()`,
  `new Random(1).integer(0)`,
  `new Random(1).categorical([0.5, 0.6])`,
  `new Random(1).dirichlet([1, 0])`,
  `new Random(1).shuffle("abc")`,
  `mean([])`,
  `mean([1, NaN])`,
  `standardError([1])`,
  `ratioWithStandardError([1, 2], [1])`,
  `ratioWithStandardError([1, 2], [1, -1])`,
  `blockMeanWithStandardError([1, 2, 3], 4)`,
  `interval95({ mean: 1, se: NaN })`,
  `coverage([], 1)`,
  `sum([1, "2"])`,
  `ulp("1")`,
  `derivative((x) => x.value, 1)`,
  `centralDifference(Math.exp, 1, 0)`,
];

test("each wrong call has an error of the house form", async () => {
  const names = Object.keys(course);
  const messages = wrong.map((call) => {
    try {
      const value: unknown = new Function(...names, `return (${call});`)(...Object.values(course));
      return `${call}\n    gave ${String(value)}`;
    } catch (error) {
      expect(error, call).toSatisfy((e) => e instanceof TypeError || e instanceof RangeError);
      expect((error as Error).message).toMatch(/^[\w.]+: .+ must .+, got .*[^.]$/s);
      return `${call}\n    ${String(error)}`;
    }
  });
  expect(messages.filter((message) => message.includes("\n    gave"))).toEqual([]);
  await expect(messages.join("\n")).toMatchFileSnapshot("bad-input.golden.txt");
});
