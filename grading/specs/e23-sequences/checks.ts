import { valueCheck } from "../../check";
import { Big, big, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Model = (context: P, next: number) => number;

/** bytes of UTF-8 by the ranges of the code points, without an encoder */
const bytes = (text: string) =>
  [...text].reduce((n, ch) => {
    const code = ch.codePointAt(0)!;
    return n + (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);
  }, 0);

/** A made-up model whose log-probability depends on the next token and on the whole context it is given. */
const model =
  (seed: number): Model =>
  (context, next) =>
    -Math.log(2) -
    ((context.reduce((h, x) => (31 * h + x + 7) % 1009, seed) * 17 + next * 13) % 101) / 40 -
    0.01 * context.length;

/** for each token the start of the first window that holds it: no windows are slid here */
function strided(f: Model, ids: P, context: number, stride: number) {
  const losses = ids.map((id, t) => {
    const windows = Array.from({ length: t + 1 }, (_, k) => k * stride);
    const start = windows.find((s) => t < s + context)!;
    return big(f(ids.slice(start, t), id)).neg();
  });
  return { total: sum(losses).toNumber(), count: ids.length };
}

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "sequenceNll") {
    const [logQ] = args as [P];
    const total = sum(logQ.map((l) => big(l))).neg();
    return { total: total.toNumber(), mean: total.div(logQ.length).toNumber() };
  }
  if (fn === "perplexity")
    return big(args[0] as number)
      .exp()
      .toNumber();
  if (fn === "bitsPerByte") {
    const [nats, text] = args as [number, string];
    return big(nats).div(new Big(2).ln()).div(bytes(text)).toNumber();
  }
  if (fn === "convertPerplexity") {
    const [ppl, from, to] = args as [number, number, number];
    return big(ppl).ln().times(from).div(to).exp().toNumber();
  }
  return strided(...(args as [Model, P, number, number]));
};

const idsOf = (random: Random, n: number) => random.list(n, () => random.integer(0, 9));
const words = ["cross", "é", "ñandú", "語", "naïve", "🙂", "über", "entropy", " "];
const tolerance = { absolute: 1e-12, relative: 1e-12 };

export const specification: Specification = {
  id: "e23",
  slug: "sequences",
  given: [],
  checks: [
    valueCheck({
      id: "sequence",
      title: "sequenceNll() adds the losses of the tokens, and divides for the mean",
      points: 1.5,
      calls: (random) => [
        ["sequenceNll", [-0.5, -1.5, -1]],
        ...random.list(
          5,
          () =>
            [
              "sequenceNll",
              random.list(random.integer(2, 20), () => Math.log(random.between(0.01, 0.99))),
            ] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "perplexity",
      title: "perplexity() is e to the mean loss in nats: 1.075472 nats are 2.931377",
      points: 1,
      calls: (random) => [
        ["perplexity", 1.075472],
        ["perplexity", 0],
        ...random.list(4, () => ["perplexity", random.between(0.1, 9)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "bytes",
      title: "bitsPerByte() counts bytes of UTF-8, not characters",
      points: 1.5,
      calls: (random) => [
        ["bitsPerByte", 10, "plain"],
        ["bitsPerByte", 10, "é"],
        ...random.list(
          4,
          () =>
            [
              "bitsPerByte",
              random.between(5, 60),
              random.list(random.integer(2, 6), () => random.choose(words)).join(""),
            ] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "convert",
      title: "convertPerplexity() keeps the total loss and changes the number of tokens",
      points: 1.5,
      tolerance: { absolute: 0, relative: 1e-11 },
      calls: (random) => [
        ["convertPerplexity", 16, 100, 50],
        ["convertPerplexity", 13.7, 420, 420],
        ...random.list(
          5,
          () =>
            [
              "convertPerplexity",
              random.between(2, 60),
              random.integer(50, 400),
              random.integer(50, 400),
            ] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "one-window",
      title: "stridedNll() of a text that fits into one window scores every token, the first one too",
      points: 1,
      tolerance,
      calls: (random) =>
        random.list(3, () => ["stridedNll", model(random.integer(1, 900)), idsOf(random, 6), 8, 4] as const),
      truth,
    }),
    valueCheck({
      id: "strided",
      title: "stridedNll() scores each token once, in the first window that holds it",
      points: 2,
      tolerance,
      calls: (random) => [
        ["stridedNll", model(3), [1, 2, 3, 4, 5, 6, 7], 4, 2],
        ["stridedNll", model(4), [1, 2, 3, 4, 5, 6, 7, 8], 4, 4],
        ...random.list(6, () => {
          const context = random.integer(3, 8);
          return [
            "stridedNll",
            model(random.integer(1, 900)),
            idsOf(random, random.integer(10, 30)),
            context,
            random.integer(1, context - 1),
          ] as const;
        }),
      ],
      truth,
      needs: ["one-window"],
    }),
    valueCheck({
      id: "stride-one",
      title: "with stride 1 every token sees as much context as the window allows",
      points: 1.5,
      tolerance,
      calls: (random) =>
        random.list(
          3,
          () =>
            [
              "stridedNll",
              model(random.integer(1, 900)),
              idsOf(random, 20),
              random.integer(3, 6),
              1,
            ] as const,
        ),
      // a model of order context − 1, asked directly
      truth: (_fn, f: Model, ids: P, context: number) => ({
        total: sum(
          ids.map((id, t) => big(f(ids.slice(Math.max(0, t - context + 1), t), id)).neg()),
        ).toNumber(),
        count: ids.length,
      }),
      needs: ["strided"],
    }),
  ],
};
