import {
  arithmeticDecode,
  arithmeticEncode,
  blockDistribution,
  crossEntropy,
  decode,
  encode,
  entropy,
  expectedLength,
  huffmanCode,
  huffmanLengths,
  idealLength,
  isPrefixFree,
  klDivergence,
  kraftSum,
  prefixCode,
  Random,
  shannonLengths,
  toBits,
  typeClasses,
  typicalSet,
  uniform,
} from "cross-entropy";
import { describe, expect, test } from "vitest";

const random = new Random(41);

describe("Shannon's lengths", () => {
  test("lie within one digit of the ideal and satisfy Kraft's inequality (D2, D3)", () => {
    for (let n = 0; n < 200; n++) {
      const q = random.dirichlet(new Array(8).fill(0.5));
      const lengths = shannonLengths(q);
      expect(kraftSum(lengths)).toBeLessThanOrEqual(1);
      lengths.forEach((length, i) => {
        expect(2 ** -length).toBeLessThanOrEqual(q[i]!);
        expect(2 ** -(length - 1)).toBeGreaterThan(q[i]!);
      });
    }
  });
  test("are exact at every power of two, down to the smallest number", () => {
    for (let k = 1; k <= 1074; k++) expect(shannonLengths([1 - 2 ** -k, 2 ** -k])[1]).toBe(k);
  });
  test("are one digit longer just below a power of two", () => {
    for (const k of [1, 2, 3, 10, 29, 51]) {
      const below = 2 ** -k * (1 - Number.EPSILON / 2);
      expect(shannonLengths([below, 1 - below])[0]).toBe(k + 1);
    }
  });
  test("give no code word to an impossible symbol and no digits to a certain one", () => {
    expect(shannonLengths([1, 0])).toEqual([0, Infinity]);
    expect(kraftSum([0, Infinity])).toBe(1);
    expect(expectedLength([1, 0], [0, Infinity])).toBe(0);
    expect(expectedLength([0.5, 0.5], [1, Infinity])).toBe(Infinity);
  });
  test("for the wrong distribution cost between H(p, q) and H(p, q) + 1 bits (D4)", () => {
    for (let n = 0; n < 200; n++) {
      const [p, q] = [random.simplex(6), random.simplex(6)];
      const cost = expectedLength(p, shannonLengths(q));
      expect(cost).toBeGreaterThanOrEqual(toBits(crossEntropy(p, q)) - 1e-12);
      expect(cost).toBeLessThan(toBits(entropy(p) + klDivergence(p, q)) + 1);
    }
  });
});

describe("Huffman's code", () => {
  /** The best expected length over all lengths with Kraft sum <= 1, by trying them all. */
  function best(p: readonly number[]): number {
    const longest = p.length - 1;
    let least = Infinity;
    const tryAll = (i: number, cost: number, kraft: number): void => {
      if (kraft > 1 || cost >= least) return;
      if (i === p.length) least = cost;
      else for (let l = 1; l <= longest; l++) tryAll(i + 1, cost + p[i]! * l, kraft + 2 ** -l);
    };
    tryAll(0, 0, 0);
    return least;
  }
  test("is as short as any code, for up to 6 symbols", () => {
    for (let n = 0; n < 60; n++) {
      const p = random.dirichlet(new Array(2 + random.integer(5)).fill(0.7));
      expect(expectedLength(p, huffmanLengths(p))).toBeCloseTo(best(p), 12);
    }
  });
  test("is complete and prefix-free, also with equal and zero probabilities", () => {
    for (const p of [uniform(7), [0.5, 0, 0.5, 0, 0], [1, 0], [0.25, 0.25, 0.25, 0.25]]) {
      expect(kraftSum(huffmanLengths(p))).toBe(1);
      expect(isPrefixFree(huffmanCode(p))).toBe(true);
    }
  });
  test("of a lone symbol needs no digits", () => {
    expect(huffmanLengths([1])).toEqual([0]);
    expect(huffmanCode([1])).toEqual([""]);
  });
  test("on blocks approaches the entropy: 1.667, then towards log2 3 = 1.585 bits per symbol (D3)", () => {
    const perSymbol = [1, 2, 3, 5].map((n) => {
      const blocks = blockDistribution(uniform(3), n);
      return expectedLength(blocks, huffmanLengths(blocks)) / n;
    });
    expect(perSymbol[0]).toBeCloseTo(5 / 3, 12);
    expect(perSymbol[1]).toBeCloseTo(29 / 18, 12);
    for (const cost of perSymbol) expect(cost).toBeGreaterThan(Math.log2(3));
    expect(perSymbol[3]! - Math.log2(3)).toBeLessThan(0.03);
  });
});

describe("symbol codes", () => {
  test("prefixCode() realises every set of lengths that Kraft allows (D2)", () => {
    for (let n = 0; n < 100; n++) {
      const lengths = shannonLengths(random.simplex(10));
      const code = prefixCode(lengths);
      expect(code.map((word) => word.length)).toEqual(lengths);
      expect(isPrefixFree(code)).toBe(true);
    }
  });
  test("decode() undoes encode()", () => {
    const p = [0.4, 0.3, 0.2, 0.1];
    const message = random.categoricals(p, 500);
    expect(decode(encode(message, huffmanCode(p)), huffmanCode(p))).toEqual(message);
    expect(decode(encode([], ["0", "1"]), ["0", "1"])).toEqual([]);
  });
  test("isPrefixFree() finds a prefix that is not the neighbour in index order", () => {
    expect(isPrefixFree(["01", "1", "0"])).toBe(false);
    expect(isPrefixFree(["0", "0"])).toBe(false);
    expect(isPrefixFree(["00", "01", "1"])).toBe(true);
  });
});

describe("the arithmetic coder", () => {
  test("returns every message and stays within 2 bits of the ideal, rounded up to a byte", () => {
    for (let n = 0; n < 200; n++) {
      const V = 1 + random.integer(6);
      const q = random.dirichlet(new Array(V).fill(0.3));
      const message = random.categoricals(q, random.integer(200));
      const bytes = arithmeticEncode(message, () => q);
      expect(arithmeticDecode(bytes, message.length, () => q)).toEqual(message);
      expect(bytes.length).toBeLessThanOrEqual(Math.ceil(toBits(idealLength(message, q)) + 2.01) / 8 + 7 / 8);
    }
  });
  test("pays H(p, q), not H(p), when its model is wrong", () => {
    const [p, q] = [
      [0.8, 0.2],
      [0.6, 0.4],
    ] as const;
    const message = random.categoricals(p, 50_000);
    const bits = arithmeticEncode(message, () => q).length * 8;
    expect(bits - toBits(idealLength(message, q))).toBeLessThan(10);
    expect(bits / message.length).toBeCloseTo(toBits(crossEntropy(p, q)), 1);
  });
  test("follows a model that adapts to the past", () => {
    const adaptive = (past: readonly number[]) => {
      const ones = past.reduce((a, b) => a + b, 0);
      const one = (ones + 0.5) / (past.length + 1);
      return [1 - one, one];
    };
    const message = random.categoricals([0.95, 0.05], 1000);
    const bytes = arithmeticEncode(message, adaptive);
    expect(arithmeticDecode(bytes, message.length, adaptive)).toEqual(message);
    expect(bytes.length * 8).toBeLessThan(1000 * 0.45);
  });
  test("keeps a share for a symbol of probability 1e-300", () => {
    const q = [1e-300, 1];
    const message = [1, 0, 1, 1, 0, 0];
    expect(
      arithmeticDecode(
        arithmeticEncode(message, () => q),
        6,
        () => q,
      ),
    ).toEqual(message);
  });
  test("needs no byte for an empty message and none to speak of for a certain one", () => {
    expect(arithmeticEncode([], () => [1]).length).toBe(0);
    expect(arithmeticEncode(new Array(1000).fill(0), () => [1, 0]).length).toBe(1);
  });
});

describe("typical sequences", () => {
  test("type classes share all the probability and all the sequences", () => {
    const p = [0.5, 0.3, 0.2];
    const classes = typeClasses(p, 30);
    expect(classes.reduce((a, c) => a + c.probability, 0)).toBeCloseTo(1, 12);
    expect(classes.reduce((a, c) => a + Math.exp(c.logSize), 0) / 3 ** 30).toBeCloseTo(1, 12);
    expect(classes.reduce((a, c) => a + c.probability * c.rate, 0)).toBeCloseTo(entropy(p), 12);
  });
  test("the typical set gathers the probability and loses the sequences as n grows", () => {
    const p = [0.9, 0.1];
    const sets = [20, 100, 500].map((n) => typicalSet(p, n, 0.1));
    expect(sets.map((s) => s.probability)).toEqual([...sets.map((s) => s.probability)].sort((a, b) => a - b));
    expect(sets.map((s) => s.share)).toEqual([...sets.map((s) => s.share)].sort((a, b) => b - a));
  });
  test("an impossible symbol gives classes of probability 0, not NaN", () => {
    const classes = typeClasses([1, 0], 3);
    expect(classes.map((c) => c.probability)).toEqual([1, 0, 0, 0]);
    expect(typicalSet([1, 0], 3, 0.1).probability).toBe(1);
  });
});
