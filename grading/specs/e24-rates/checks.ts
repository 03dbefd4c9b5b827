import { valueCheck } from "../../check";
import { type Big, big, cost, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Matrix = readonly P[];

/** π by elimination on (Pᵀ − I)π = 0, Σπ = 1, at 50 digits */
function stationary(P: Matrix): Big[] {
  const n = P.length;
  const rows = P.map((_, j) => [
    ...P.map((row, i) => (j === n - 1 ? big(1) : big(row[j]!).minus(i === j ? 1 : 0))),
    big(j === n - 1 ? 1 : 0),
  ]);
  for (let c = 0; c < n; c++) {
    const pivot = rows.findIndex((row, r) => r >= c && !row[c]!.isZero());
    [rows[c], rows[pivot]] = [rows[pivot]!, rows[c]!];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r]![c]!.div(rows[c]![c]!);
      rows[r] = rows[r]!.map((x, k) => x.minus(factor.times(rows[c]![k]!)));
    }
  }
  return rows.map((row, i) => row[n]!.div(row[i]!));
}
const rate = (P: Matrix, Q: Matrix) =>
  sum(stationary(P).map((w, i) => sum(P[i]!.map((p, j) => cost(p, Q[i]![j]!))).times(w))).toNumber();

/** conditional entropies by the definition, context by context */
function ladder(joint: P, symbols: number): number[] {
  const length = Math.round(Math.log(joint.length) / Math.log(symbols));
  const word = (i: number) => i.toString(symbols).padStart(length, "0");
  const mass = new Map<string, Big>();
  joint.forEach((x, i) => {
    for (let k = 0; k <= length; k++) {
      const prefix = word(i).slice(0, k);
      mass.set(prefix, (mass.get(prefix) ?? big(0)).plus(big(x)));
    }
  });
  return Array.from({ length }, (_, k) =>
    sum(
      [...mass]
        .filter(([w, m]) => w.length === k + 1 && !m.isZero())
        .map(([w, m]) => m.times(m.div(mass.get(w.slice(0, k))!).ln()).neg()),
    ).toNumber(),
  );
}

/** all hidden paths, one by one; for long sequences the forward recursion with 50-digit numbers, which have exponents to spare */
function hmm(sequence: P, A: Matrix, B: Matrix, initial: P): number {
  if (sequence.length > 8) {
    const [a, b] = [A.map((r) => r.map((x) => big(x))), B.map((r) => r.map((x) => big(x)))];
    let alpha = initial.map((x, i) => big(x).times(b[i]![sequence[0]!]!));
    for (const x of sequence.slice(1)) {
      const before = alpha;
      alpha = alpha.map((_, j) => sum(before.map((w, i) => w.times(a[i]![j]!))).times(b[j]![x]!));
    }
    return sum(alpha).ln().neg().toNumber();
  }
  let paths = initial.map((x, i) => ({ state: i, p: big(x).times(B[i]![sequence[0]!]!) }));
  for (const x of sequence.slice(1))
    paths = paths.flatMap(({ state, p }) =>
      A[state]!.map((step, j) => ({ state: j, p: p.times(step).times(B[j]![x]!) })),
    );
  return sum(paths.map(({ p }) => p))
    .ln()
    .neg()
    .toNumber();
}

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "stationary") return stationary(args[0] as Matrix).map((x) => x.toNumber());
  if (fn === "entropyRate") return rate(args[0] as Matrix, args[0] as Matrix);
  if (fn === "crossEntropyRate") return rate(args[0] as Matrix, args[1] as Matrix);
  if (fn === "contextLadder") return ladder(args[0] as P, args[1] as number);
  return hmm(...(args as [P, Matrix, Matrix, P]));
};

const chain = (random: Random, n: number): Matrix => random.list(n, () => random.distribution(n));
const size = (random: Random) => random.integer(2, 5);
/** words of three letters from a hidden source, so that the ladder goes on falling */
function words(random: Random, symbols: number): P {
  const [A, B, start] = [
    chain(random, 2),
    random.list(2, () => random.distribution(symbols)),
    random.distribution(2),
  ];
  const all = random.list(symbols ** 3, (i) => {
    const w = [Math.floor(i / symbols ** 2), Math.floor(i / symbols) % symbols, i % symbols];
    return Math.exp(-hmm(w, A, B, start));
  });
  const total = all.reduce((a, b) => a + b, 0);
  return all.map((x) => x / total);
}
const hidden = (random: Random, length: number, states = 2) => {
  const symbols = random.integer(2, 3);
  return [
    "hmmNll",
    random.list(length, () => random.integer(0, symbols - 1)),
    chain(random, states),
    random.list(states, () => random.distribution(symbols)),
    random.distribution(states),
  ] as const;
};
const tolerance = { absolute: 1e-13, relative: 1e-11 };

export const specification: Specification = {
  id: "e24",
  slug: "rates",
  given: [],
  checks: [
    valueCheck({
      id: "stationary",
      title: "stationary() solves π = πP",
      points: 2,
      tolerance,
      calls: (random) => [
        [
          "stationary",
          [
            [0.9, 0.1],
            [0.5, 0.5],
          ],
        ],
        // a chain that alternates: iterating π ← πP from a corner never settles
        [
          "stationary",
          [
            [0, 1],
            [1, 0],
          ],
        ],
        ...random.list(5, () => ["stationary", chain(random, size(random))] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "rate",
      title: "entropyRate() weights the rows' entropies by how often each state is visited",
      points: 1.5,
      tolerance,
      calls: (random) => [
        [
          "entropyRate",
          [
            [0.9, 0.1],
            [0.5, 0.5],
          ],
        ],
        [
          "entropyRate",
          [
            [0, 1],
            [1, 0],
          ],
        ],
        ...random.list(5, () => ["entropyRate", chain(random, size(random))] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "cross-rate",
      title: "crossEntropyRate() visits states as P does and pays as Q asks",
      points: 1.5,
      tolerance,
      calls: (random) => [
        [
          "crossEntropyRate",
          [
            [0.9, 0.1],
            [0.5, 0.5],
          ],
          [
            [0.5, 0.5],
            [0.5, 0.5],
          ],
        ],
        ...random.list(6, () => {
          const n = size(random);
          return ["crossEntropyRate", chain(random, n), chain(random, n)] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "impossible",
      title: "a transition that Q excludes and P makes costs Infinity; one that P never makes costs nothing",
      points: 1,
      tolerance,
      calls: () => [
        [
          "crossEntropyRate",
          [
            [0.5, 0.5],
            [0.5, 0.5],
          ],
          [
            [1, 0],
            [0.5, 0.5],
          ],
        ],
        [
          "crossEntropyRate",
          [
            [0, 1],
            [0.5, 0.5],
          ],
          [
            [0, 1],
            [0.25, 0.75],
          ],
        ],
      ],
      truth,
      needs: ["cross-rate"],
    }),
    valueCheck({
      id: "ladder",
      title: "contextLadder() falls from H(X) as more of the past is known",
      points: 2,
      tolerance: { absolute: 1e-12, relative: 1e-10 },
      calls: (random) => [
        ["contextLadder", [0.25, 0.25, 0.25, 0.25], 2],
        ["contextLadder", [0.4, 0.1, 0.1, 0.4], 2],
        ...random.list(4, () => {
          const symbols = random.integer(2, 3);
          return ["contextLadder", words(random, symbols), symbols] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "hmm",
      title: "hmmNll() sums over all hidden paths",
      points: 1,
      tolerance,
      calls: (random) => random.list(6, () => hidden(random, random.integer(2, 6))),
      truth,
    }),
    valueCheck({
      id: "long",
      title: "hmmNll() survives 4,000 symbols",
      points: 1,
      tolerance,
      calls: (random) => [hidden(random, 4000)],
      truth,
      needs: ["hmm"],
    }),
  ],
};
