import { Random } from "../../random";
import type { Answer, Mutant } from "../../specification";

type P = readonly number[];
interface Source {
  readonly start: number;
  readonly sentences: readonly P[];
  readonly probabilities: P;
}
interface Options {
  readonly vocabulary: number;
  readonly start: number;
  readonly steps?: number;
}
type Next = (context: P) => number[];

/** counts after the last `memory` symbols; `answer` makes a distribution of them */
function counted(
  memory: number,
  answer: (counts: number[], total: number, context: P, options: Options) => number[],
): Answer {
  return {
    trainLM: (corpus: readonly P[], options: Options) => {
      const tables = new Map<string, number[]>();
      for (const sentence of corpus)
        for (let t = 0; t < sentence.length; t++) {
          const key = [options.start, ...sentence.slice(0, t)].slice(-memory).join(" ");
          const counts = tables.get(key) ?? Array<number>(options.vocabulary).fill(0);
          counts[sentence[t]!]!++;
          tables.set(key, counts);
        }
      const none = Array<number>(options.vocabulary).fill(0);
      return {
        next: (context: P) => {
          const counts = tables.get(context.slice(-memory).join(" ")) ?? none;
          return answer(
            counts,
            counts.reduce((a, b) => a + b, 0),
            context,
            options,
          );
        },
      };
    },
  };
}
const smoothed = (strength: number) => (counts: number[], total: number) =>
  counts.map((n) => (n + strength / counts.length) / (total + strength));

const walk = (source: Source, f: (context: P, symbol: number, n: number) => number) =>
  source.sentences.reduce(
    (sum, sentence, n) =>
      sum + sentence.reduce((s, symbol, t) => s + f([source.start, ...sentence.slice(0, t)], symbol, n), 0),
    0,
  );
const loss = (next: Next, source: Source) =>
  walk(source, (context, symbol, n) => -source.probabilities[n]! * Math.log(next(context)[symbol]!)) /
  source.sentences[0]!.length;
/** a sum over contexts, as the source meets them: forecasts before and after rounding, and what came */
const moved = (f: (q: P, r: P, symbol: number) => number) => ({
  roundingShift: (next: Next, rounded: Next, s: Source) =>
    walk(s, (context, y, n) => s.probabilities[n]! * f(next(context), rounded(context), y)) /
    s.sentences[0]!.length,
});
const kl = (p: P, q: P) => p.reduce((s, x, k) => s + x * Math.log(x / q[k]!), 0);
const entropy = (p: P) => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);

/** entropies of blocks of k + 1 symbols and of k, for the ladder's misreadings */
function blocks(source: Source, size: number, padded: boolean): number {
  const shares = new Map<string, number>();
  source.sentences.forEach((sentence, n) => {
    const all = padded ? [...Array<number>(size).fill(source.start), ...sentence] : sentence;
    for (let t = padded ? size : Math.max(0, size - 1); t < all.length; t++) {
      const key = all.slice(t - size + 1, t + 1).join(" ");
      shares.set(key, (shares.get(key) ?? 0) + source.probabilities[n]! / sentence.length);
    }
  });
  return entropy([...shares.values()]);
}
const rungs = (depth: number, f: (k: number) => number) => Array.from({ length: depth + 1 }, (_, k) => f(k));

function reported(change: (r: Record<string, number>, source: Source) => Record<string, number>): Answer {
  return {
    report: (next: Next, source: Source) => {
      const crossEntropy = loss(next, source);
      const floor = entropy(source.probabilities) / source.sentences[0]!.length;
      const gap = crossEntropy - floor;
      const rest = { perplexity: Math.exp(crossEntropy), bits: crossEntropy / Math.LN2 };
      return change({ crossEntropy, floor, gap, ...rest }, source);
    },
  };
}

export const mutants: readonly Mutant[] = [
  {
    name: "wide initial logits",
    check: "start",
    message:
      "CE₀ = log V + σ²/2: logits with σ = 1 start half a nat too high. Shrink the first output weights.",
    code: {
      trainLM: (_: unknown, { vocabulary }: Options) => ({
        next: (context: P) => {
          const random = new Random(context.join(" "));
          const weights = random.list(vocabulary, () => Math.exp(random.normal()));
          const total = weights.reduce((a, b) => a + b, 0);
          return weights.map((w) => w / total);
        },
      }),
    },
  },
  {
    name: "trained before the start",
    check: "start",
    message:
      "steps: 0 asks for the model before training: it has seen nothing, and every symbol is equally likely.",
    code: counted(1, smoothed(1)),
  },
  {
    name: "target visible",
    check: "gap",
    message:
      "Target visible in the input: the model repeats the last symbol. Shift by one: context before, target after.",
    code: counted(1, (counts, _, context) =>
      counts.map((__, k) => (k === context[context.length - 1] ? 0.9 : 0.1 / (counts.length - 1))),
    ),
  },
  {
    name: "start symbol predicted",
    check: "gap",
    message: "The start symbol is given, not predicted: no probability may be kept for it.",
    code: counted(5, (counts, total, _, { start }) =>
      counts.map((n, k) => (k === start ? 0.5 : 0) + (0.5 * (n + 1e-3)) / (total + 1e-3 * counts.length)),
    ),
  },
  {
    name: "one symbol remembered",
    check: "gap",
    message: "The verb's form depends on the time, three places back: a memory of one symbol cannot see it.",
    code: counted(1, smoothed(0.1)),
  },
  {
    name: "two symbols remembered",
    check: "gap",
    message:
      "A memory of two symbols sees subject and verb, but not the time. Three are needed for the form.",
    code: counted(2, smoothed(0.1)),
  },
  {
    name: "one added to every count",
    check: "gap",
    message:
      "One pseudo-count for each of V symbols drowns the real counts of rare contexts. Mix with a shorter memory instead.",
    code: counted(5, (counts, total) => counts.map((n) => (n + 1) / (total + counts.length))),
  },
  {
    name: "not normalised",
    check: "gap",
    message: "The smoothed counts are divided by the unsmoothed total: probabilities must sum to 1.",
    code: counted(5, (counts, total) => counts.map((n) => (n + 0.01) / Math.max(1, total))),
  },
  {
    name: "context ignored",
    check: "gap",
    message:
      "The same distribution after every context: that reaches the first rung of the ladder, not the floor.",
    code: {
      trainLM: (corpus: readonly P[], { vocabulary }: Options) => {
        const counts = Array<number>(vocabulary).fill(0.01);
        for (const k of corpus.flat()) counts[k]!++;
        const total = counts.reduce((a, b) => a + b, 0);
        return { next: () => counts.map((n) => n / total) };
      },
    },
  },
  {
    name: "sentences weighted equally",
    check: "exact",
    message: "Every sentence was weighted equally. The source has probabilities: weight by them.",
    code: {
      exactCrossEntropy: (next: Next, s: Source) =>
        loss(next, { ...s, probabilities: s.probabilities.map(() => 1 / s.probabilities.length) }),
    },
  },
  {
    name: "per sentence",
    check: "exact",
    message: "That is per sentence: divide by the number of symbols.",
    code: { exactCrossEntropy: (next: Next, s: Source) => s.sentences[0]!.length * loss(next, s) },
  },
  {
    name: "bits",
    check: "exact",
    message: "Those are bits; nats were asked for.",
    code: { exactCrossEntropy: (next: Next, s: Source) => loss(next, s) / Math.LN2 },
  },
  {
    name: "start symbol left out",
    check: "exact",
    message: "The context lacks its start symbol: the model has to be asked what it was trained on.",
    code: { exactCrossEntropy: (next: Next, s: Source) => loss((context) => next(context.slice(1)), s) },
  },
  {
    name: "target in the context",
    check: "exact",
    message: "The context contains its own target: shift by one.",
    code: {
      exactCrossEntropy: (next: Next, s: Source) =>
        walk(s, (context, y, n) => -s.probabilities[n]! * Math.log(next([...context, y])[y]!)) /
        s.sentences[0]!.length,
    },
  },
  {
    name: "entropy of blocks",
    check: "ladder",
    message: "That is the entropy of memory and symbol together. Subtract the entropy of the memory.",
    code: { contextLadder: (s: Source, depth: number) => rungs(depth, (k) => blocks(s, k + 1, true)) },
  },
  {
    name: "entropy of blocks per symbol",
    check: "ladder",
    message:
      "Block entropy divided by its length is another sequence: it comes down more slowly. Take the conditional entropy.",
    code: {
      contextLadder: (s: Source, depth: number) => rungs(depth, (k) => blocks(s, k + 1, true) / (k + 1)),
    },
  },
  {
    name: "no start symbols",
    check: "ladder",
    message:
      "The first symbols of a sentence were left out. Where the memory reaches back further it sees start symbols.",
    code: {
      contextLadder: (s: Source, depth: number) =>
        rungs(depth, (k) => blocks(s, k + 1, false) - (k === 0 ? 0 : blocks(s, k, false))),
    },
  },
  {
    name: "the other direction",
    check: "shift",
    message: "That is D(r‖q). The model before rounding is the reference: D(q‖r), weighted by q.",
    code: moved((q, r) => kl(r, q)),
  },
  {
    name: "only what came",
    check: "shift",
    message:
      "That is by how much the cross-entropy rises, and it may be negative. A divergence goes over all symbols, weighted by q.",
    code: moved((q, r, y) => Math.log(q[y]! / r[y]!)),
  },
  {
    name: "shift in bits",
    check: "shift",
    message: "Those are bits; nats were asked for.",
    code: moved((q, r) => kl(q, r) / Math.LN2),
  },
  {
    name: "shift per sentence",
    check: "shift",
    message: "That is per sentence: divide by the number of symbols.",
    code: moved((q, r) => 3 * kl(q, r)),
  },
  {
    name: "contexts weighted equally",
    check: "shift",
    message: "Every sentence was weighted equally. The source has probabilities: weight by them.",
    code: {
      roundingShift: (next: Next, rounded: Next, s: Source) =>
        walk(s, (context) => kl(next(context), rounded(context))) /
        (s.sentences.length * s.sentences[0]!.length),
    },
  },
  {
    name: "perplexity to base 2",
    check: "report",
    message: "exp for nats, 2^ for bits: 2 to the power of nats is neither.",
    code: reported((r) => ({ ...r, perplexity: 2 ** r.crossEntropy! })),
  },
  {
    name: "bits multiplied",
    check: "report",
    message: "A nat is 1.44 bits: divide by log 2.",
    code: reported((r) => ({ ...r, bits: r.crossEntropy! * Math.LN2 })),
  },
  {
    name: "gap below 0",
    check: "report",
    message: "The gap came out negative. Below the floor is impossible: it is cross-entropy minus floor.",
    code: reported((r) => ({ ...r, gap: -r.gap! })),
  },
  {
    name: "floor per sentence",
    check: "report",
    message: "The floor is per sentence, the cross-entropy per symbol. Divide by the length.",
    code: reported((r, s) => {
      const floor = r.floor! * s.sentences[0]!.length;
      return { ...r, floor, gap: r.crossEntropy! - floor };
    }),
  },
  {
    name: "perplexity of the gap",
    check: "report",
    message: "That is exp(gap), how much worse than possible. Perplexity is exp(cross-entropy).",
    code: reported((r) => ({ ...r, perplexity: Math.exp(r.gap!) })),
  },
];
