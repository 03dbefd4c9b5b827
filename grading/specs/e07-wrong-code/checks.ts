import { propertyCheck, valueCheck } from "../../check";
import { Big, big, bigCrossEntropy, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Probe, Reply, Specification, Subject } from "../../specification";

type P = readonly number[];

/** the shortest word whose share 2^−l is not more than x, by halving: no logarithm */
function lengthFor(x: number): number {
  let length = 0;
  for (let share = 1; share > x; share /= 2) length++;
  return length;
}

/** −log₂ of the probability of a sequence, 50 digits */
const idealBits = (sequence: P, q: P) => {
  const counts = q.map((_, k) => sequence.filter((s) => s === k).length);
  return sum(counts.map((n, k) => (n === 0 ? big(0) : big(n).times(big(q[k]!).ln()))))
    .div(new Big(2).ln())
    .neg();
};

const truth = (fn: string, a: P, b: P): unknown => {
  if (fn === "shannonLengths") return a.map(lengthFor);
  if (fn === "kraftSum") return sum(a.map((l) => new Big(2).pow(-l))).toNumber();
  if (fn === "expectedLength") return sum(a.map((x, i) => big(x).times(b[i]!))).toNumber();
  return idealBits(a, b).ceil().plus(1).toNumber();
};

/** All word lengths that fill a binary tree with `count` leaves, longest first: the candidates for an optimal code. */
function fullTrees(count: number): number[][] {
  let found = new Map<string, number[]>([["0", [0]]]);
  for (let leaves = 1; leaves < count; leaves++) {
    const next = new Map<string, number[]>();
    for (const tree of found.values())
      for (const leaf of new Set(tree)) {
        const rest = tree.slice();
        rest.splice(rest.indexOf(leaf), 1);
        const grown = [...rest, leaf + 1, leaf + 1].sort((x, y) => y - x);
        next.set(grown.join(), grown);
      }
    found = next;
  }
  return [...found.values()];
}

/** the smallest expected length of any prefix code, by trying every tree */
function shortest(p: P): number {
  const rarestFirst = [...p].sort((x, y) => x - y);
  return Math.min(...fullTrees(p.length).map((t) => t.reduce((s, l, i) => s + l * rarestFirst[i]!, 0)));
}

function judgeCode(words: unknown, p: P): string | undefined {
  if (!Array.isArray(words) || words.length !== p.length) return `wanted ${p.length} words, one per outcome`;
  const bad = words.find((w) => typeof w !== "string" || !/^[01]+$/.test(w));
  if (bad !== undefined) return `a word must be a text of 0 and 1, got ${JSON.stringify(bad)}`;
  for (const [i, w] of words.entries())
    for (const [j, v] of words.entries())
      if (i !== j && v.startsWith(w)) return `"${w}" is a prefix of "${v}": not decodable on the fly`;
  const length = p.reduce((s, pi, i) => s + pi * words[i].length, 0);
  const best = shortest(p);
  return length > best + 1e-9
    ? `decodable, but ${length.toFixed(4)} bits per symbol; ${best.toFixed(4)} are possible`
    : undefined;
}

/** a sequence whose ideal length is not so close to a whole number that rounding decides */
function sequence(random: Random, length: number, q: P): P {
  for (;;) {
    const s = random.list(length, () => random.integer(0, q.length - 1));
    const bits = idealBits(s, q).toNumber();
    if (Math.abs(bits - Math.round(bits)) > 1e-6) return s;
  }
}

/** the length to pay: words from q by the answer's own shannonLengths, symbols from p */
async function pay(subject: Subject, probe: Probe): Promise<Reply> {
  const [p, q] = probe.args as [P, P];
  const lengths = await subject.call("shannonLengths", [q]);
  if (lengths.kind !== "value") return lengths;
  return subject.call("expectedLength", [p, lengths.value]);
}

export const specification: Specification = {
  id: "e07",
  slug: "wrong-code",
  given: [],
  checks: [
    valueCheck({
      id: "shannon",
      title: "shannonLengths() rounds −log₂ q up, and leaves whole lengths alone",
      points: 1.5,
      calls: (random) => [
        ["shannonLengths", [0.5, 0.25, 0.125, 0.125]],
        ["shannonLengths", [0.9, 0.1]],
        ...random.list(6, () => ["shannonLengths", random.distribution(random.integer(2, 20))] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "kraft",
      title: "kraftSum() adds up the shares 2^−length",
      points: 1,
      calls: (random) => [
        ["kraftSum", [1, 2, 3, 3]],
        ["kraftSum", [1, 1, 2]],
        ...random.list(
          4,
          () => ["kraftSum", random.list(random.integer(2, 9), () => random.integer(1, 12))] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "expected",
      title: "expectedLength() weights each length by how often its symbol arrives",
      points: 1,
      calls: (random) => [
        ["expectedLength", [0.7, 0.2, 0.1], [1, 2, 2]],
        ...random.list(6, () => {
          const n = random.integer(2, 12);
          return [
            "expectedLength",
            random.distribution(n),
            random.list(n, () => random.integer(1, 9)),
          ] as const;
        }),
      ],
      truth,
    }),
    propertyCheck({
      id: "huffman",
      title: "huffman() gives a prefix code, and no prefix code is shorter",
      points: 2.5,
      calls: (random) => [
        ["huffman", [0.4, 0.35, 0.15, 0.1]],
        ["huffman", [0.25, 0.25, 0.25, 0.25]],
        ["huffman", [1 / 3, 1 / 3, 1 / 3]],
        ["huffman", [0.9, 0.1]],
        ["huffman", [0.2, 0.2, 0.2, 0.2, 0.2]],
        ...random.list(8, () => ["huffman", random.distribution(random.integer(2, 6))] as const),
      ],
      want: "an optimal prefix code",
      accept: judgeCode,
    }),
    valueCheck({
      id: "arithmetic",
      title: "arithmeticBits() is within 2 bits of −log₂ q(sequence), for 3,000 symbols too",
      points: 1.5,
      calls: (random) => [
        ["arithmeticBits", [0, 1, 0, 2], [0.5, 0.25, 0.25]],
        ...[3, 17, 60, 3000].map((length) => {
          const q = random.distribution(4);
          return ["arithmeticBits", sequence(random, length, q), q] as const;
        }),
      ],
      truth,
    }),
    {
      ...valueCheck({
        id: "wrong-code",
        title: "the code for q, paid by symbols from p, costs between H(p, q) and H(p, q) + 1 bits",
        points: 1.5,
        calls: (random) =>
          random.list(8, () => {
            const n = random.integer(2, 12);
            return [
              "expectedLength(p, shannonLengths(q))",
              random.distribution(n),
              random.distribution(n),
            ] as const;
          }),
        truth: (_fn: string, p: P, q: P) => {
          const bits = sum(p.map((x, i) => big(x).times(lengthFor(q[i]!)))).toNumber();
          const ideal = bigCrossEntropy(p, q).div(new Big(2).ln()).toNumber();
          if (!(ideal <= bits && bits < ideal + 1)) throw new RangeError("the bound of the title must hold");
          return bits;
        },
        needs: ["shannon", "expected"],
      }),
      call: pay,
    },
  ],
};
