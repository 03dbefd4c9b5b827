import type { Mutant } from "../../specification";

type P = readonly number[];
const log2 = Math.log2;
const ideal = (s: P, q: P) => s.reduce((bits, k) => bits - log2(q[k]!), 0);

export const mutants: readonly Mutant[] = [
  {
    name: "rounded down",
    check: "shannon",
    message:
      "Rounding down breaks Kraft's inequality: Σ2^−l > 1, and no decodable code has such lengths. Round up.",
    code: { shannonLengths: (q: P) => q.map((x) => Math.floor(-log2(x))) },
  },
  {
    name: "rounded to the nearest",
    check: "shannon",
    message: "Rounding to the nearest makes some words too short, and Kraft's sum exceeds 1. Round up.",
    code: { shannonLengths: (q: P) => q.map((x) => Math.round(-log2(x))) },
  },
  {
    name: "not rounded",
    check: "shannon",
    message: "A word has a whole number of bits: round −log₂ q up.",
    code: { shannonLengths: (q: P) => q.map((x) => -log2(x)) },
  },
  {
    name: "always one more",
    check: "shannon",
    message: "floor + 1 lengthens the words of 1/2, 1/4, 1/8 for nothing: whole lengths need no rounding.",
    code: { shannonLengths: (q: P) => q.map((x) => Math.floor(-log2(x)) + 1) },
  },
  {
    name: "lengths in nats",
    check: "shannon",
    message: "Words are made of bits: use the logarithm to base 2.",
    code: { shannonLengths: (q: P) => q.map((x) => Math.ceil(-Math.log(x))) },
  },
  {
    name: "Kraft with growing powers",
    check: "kraft",
    message: "A longer word takes a smaller share of the tree: 2 to the minus length.",
    code: { kraftSum: (l: P) => l.reduce((s, x) => s + 2 ** x, 0) },
  },
  {
    name: "Kraft with e",
    check: "kraft",
    message: "A word of zeros and ones branches in two: the base is 2, not e.",
    code: { kraftSum: (l: P) => l.reduce((s, x) => s + Math.exp(-x), 0) },
  },
  {
    name: "expectation under the code",
    check: "expected",
    message:
      "You weighted each length by 2^−length, the law for which the code was built. Symbols arrive with p.",
    code: { expectedLength: (_p: P, l: P) => l.reduce((s, x) => s + x * 2 ** -x, 0) },
  },
  {
    name: "plain average",
    check: "expected",
    message: "You averaged the lengths. Frequent symbols count more: weight by p.",
    code: { expectedLength: (p: P, l: P) => l.reduce((s, x) => s + x, 0) / p.length },
  },
  {
    name: "rounded expectation",
    check: "expected",
    message: "Keep fractions: only code words are whole numbers of bits, their mean is not.",
    code: { expectedLength: (p: P, l: P) => Math.ceil(p.reduce((s, x, i) => s + x * l[i]!, 0)) },
  },
  {
    name: "plain binary numbers",
    check: "huffman",
    message: "'1' is a prefix of '10': numbers without leading zeros are not decodable on the fly.",
    code: { huffman: (p: P) => p.map((_, i) => i.toString(2)) },
  },
  {
    name: "fixed length",
    check: "huffman",
    message: "Words of equal length ignore p: give frequent symbols shorter words.",
    code: {
      huffman: (p: P) => p.map((_, i) => i.toString(2).padStart(Math.max(1, Math.ceil(log2(p.length))), "0")),
    },
  },
  {
    name: "unary",
    check: "huffman",
    message:
      "0, 10, 110, … in order of frequency is a prefix code, but join the two rarest trees, not a tree and the next symbol.",
    code: {
      huffman: (p: P) => {
        const order = p.map((_, i) => i).sort((a, b) => p[b]! - p[a]!);
        const words = p.map(() => "");
        order.forEach((symbol, rank) => {
          words[symbol] = rank === p.length - 1 ? "1".repeat(rank) : `${"1".repeat(rank)}0`;
        });
        return words;
      },
    },
  },
  {
    name: "joins the most frequent",
    check: "huffman",
    message: "You joined the two heaviest trees. Every join makes words longer: join the two rarest.",
    code: {
      huffman: (p: P) => {
        const words = p.map(() => "");
        let trees = p.map((w, i) => ({ w, of: [i] }));
        while (trees.length > 1) {
          trees = trees.sort((a, b) => b.w - a.w);
          const [a, b] = [trees[0]!, trees[1]!];
          for (const i of a.of) words[i] = `0${words[i]}`;
          for (const i of b.of) words[i] = `1${words[i]}`;
          trees = [{ w: a.w + b.w, of: [...a.of, ...b.of] }, ...trees.slice(2)];
        }
        return words;
      },
    },
  },
  {
    name: "bit behind",
    check: "huffman",
    message: "The bit of a later join stands nearer to the root: put it in front of the word, not behind.",
    code: {
      huffman: (p: P) => {
        const words = p.map(() => "");
        let trees = p.map((w, i) => ({ w, of: [i] }));
        while (trees.length > 1) {
          trees = trees.sort((a, b) => a.w - b.w);
          const [a, b] = [trees[0]!, trees[1]!];
          for (const i of a.of) words[i] += "0";
          for (const i of b.of) words[i] += "1";
          trees = [{ w: a.w + b.w, of: [...a.of, ...b.of] }, ...trees.slice(2)];
        }
        return words;
      },
    },
  },
  {
    name: "product underflows",
    check: "arithmetic",
    message: "The product of 3,000 probabilities is 0 in floating point: add up logarithms instead.",
    code: { arithmeticBits: (s: P, q: P) => Math.ceil(-log2(s.reduce((x, k) => x * q[k]!, 1))) + 1 },
  },
  {
    name: "rounds every symbol",
    check: "arithmetic",
    message:
      "That is Shannon's code, a whole number of bits per symbol. An arithmetic coder rounds once, at the end.",
    code: { arithmeticBits: (s: P, q: P) => s.reduce((bits, k) => bits + Math.ceil(-log2(q[k]!)), 0) + 1 },
  },
  {
    name: "arithmetic code in nats",
    check: "arithmetic",
    message: "You counted nats: a file has bits. Use the logarithm to base 2.",
    code: { arithmeticBits: (s: P, q: P) => Math.ceil(s.reduce((x, k) => x - Math.log(q[k]!), 0)) + 1 },
  },
  {
    name: "no closing bit",
    check: "arithmetic",
    message: "⌈−log₂ q⌉ bits name an interval wide enough, but maybe not one inside: one more bit is needed.",
    code: { arithmeticBits: (s: P, q: P) => Math.ceil(ideal(s, q)) },
  },
];
