import type { Mutant } from "../../specification";

type P = readonly number[];
type Model = (context: P, next: number) => number;
const add = (xs: P) => xs.reduce((a, b) => a + b, 0);
const utf8 = (text: string) => new TextEncoder().encode(text).length;

interface Choices {
  /** first token that a window scores */
  readonly from?: (start: number, scored: number) => number;
  /** where the context of token t begins */
  readonly context?: (start: number, t: number, size: number) => number;
  readonly last?: (end: number, length: number) => number;
}
const sliding = (c: Choices) => (f: Model, ids: P, size: number, stride: number) => {
  let [total, count, scored] = [0, 0, 0];
  for (let start = 0; scored < ids.length; start += stride) {
    const end = Math.min(start + size, ids.length);
    const stop = c.last?.(end, ids.length) ?? end;
    for (let t = c.from?.(start, scored) ?? scored; t < stop; t++) {
      total -= f(ids.slice(c.context?.(start, t, size) ?? start, t), ids[t]!);
      count++;
    }
    scored = end;
  }
  return { total, count };
};

export const mutants: readonly Mutant[] = [
  {
    name: "sign of the loss",
    check: "sequence",
    message: "Log-probabilities are negative, losses are not: change the sign.",
    code: { sequenceNll: (l: P) => ({ total: add(l), mean: add(l) / l.length }) },
  },
  {
    name: "arithmetic mean of probabilities",
    check: "sequence",
    message: "Perplexity is a geometric mean: average the logarithms, not the probabilities.",
    code: {
      sequenceNll: (l: P) => ({ total: -add(l), mean: -Math.log(add(l.map(Math.exp)) / l.length) }),
    },
  },
  {
    name: "mean over transitions",
    check: "sequence",
    message: "You divided by one token too few: every log-probability of the list was scored.",
    code: { sequenceNll: (l: P) => ({ total: -add(l), mean: -add(l) / (l.length - 1) }) },
  },
  {
    name: "total for mean",
    check: "sequence",
    message: "The mean is the total: divide it by the number of tokens.",
    code: { sequenceNll: (l: P) => ({ total: -add(l), mean: -add(l) }) },
  },
  {
    name: "2 to the nats",
    check: "perplexity",
    message: "exp for nats, 2^ for bits.",
    code: { perplexity: (m: number) => 2 ** m },
  },
  {
    name: "reciprocal perplexity",
    check: "perplexity",
    message:
      "e^(−loss) is the mean probability. Perplexity is its reciprocal: how many equal choices it comes to.",
    code: { perplexity: (m: number) => Math.exp(-m) },
  },
  {
    name: "converted to bits first",
    check: "perplexity",
    message: "You turned the loss into bits and then took e to it. Nats go with e, bits with 2; don't mix.",
    code: { perplexity: (m: number) => Math.exp(m / Math.LN2) },
  },
  {
    name: "characters for bytes",
    check: "bytes",
    message: "Bytes are not characters: é has 2, 語 3, an emoji 4.",
    code: { bitsPerByte: (nats: number, text: string) => nats / Math.LN2 / text.length },
  },
  {
    name: "code points for bytes",
    check: "bytes",
    message: "You counted code points. In UTF-8 they have one to four bytes each.",
    code: { bitsPerByte: (nats: number, text: string) => nats / Math.LN2 / [...text].length },
  },
  {
    name: "nats per byte",
    check: "bytes",
    message: "That is in nats per byte: divide by log 2 for bits.",
    code: { bitsPerByte: (nats: number, text: string) => nats / utf8(text) },
  },
  {
    name: "multiplied by log 2",
    check: "bytes",
    message: "Nats to bits divides by log 2: a bit is smaller than a nat, so there are more of them.",
    code: { bitsPerByte: (nats: number, text: string) => (nats * Math.LN2) / utf8(text) },
  },
  {
    name: "exponent upside down",
    check: "convert",
    message: "Upside down: fewer tokens carry the same loss, so each one is worse and the perplexity larger.",
    code: { convertPerplexity: (p: number, from: number, to: number) => p ** (to / from) },
  },
  {
    name: "scaled perplexity",
    check: "convert",
    message: "Perplexities don't scale, their logarithms do: the ratio of token counts is an exponent.",
    code: { convertPerplexity: (p: number, from: number, to: number) => p * (from / to) },
  },
  {
    name: "perplexity unchanged",
    check: "convert",
    message:
      "Per-token perplexities of different tokenizers cannot be compared as they are: that is the point.",
    code: { convertPerplexity: (p: number) => p },
  },
  {
    name: "first token unscored",
    check: "one-window",
    message: "The first token went unscored: with no context the model is asked too.",
    code: { stridedNll: sliding({ from: (start, scored) => Math.max(scored, start === 0 ? 1 : 0) }) },
  },
  {
    name: "token sees itself",
    check: "one-window",
    message: "The token was part of its own context: the target must not be visible (shift by one).",
    code: {
      stridedNll: (f: Model, ids: P, size: number, stride: number) => {
        let [total, count] = [0, 0];
        for (let start = 0; count < ids.length; start += stride)
          for (let t = count; t < Math.min(start + size, ids.length); t++) {
            total -= f(ids.slice(start, t + 1), ids[t]!);
            count++;
          }
        return { total, count };
      },
    },
  },
  {
    name: "overlap scored twice",
    check: "strided",
    message: "Overlap scored twice: tokens that an earlier window scored serve only as context.",
    code: { stridedNll: sliding({ from: (start) => start }) },
  },
  {
    name: "window short by one",
    check: "strided",
    message:
      "The first token of each later window is unscored: each token must be scored exactly once (transformers #30975).",
    code: { stridedNll: sliding({ from: (start, scored) => (start === 0 ? 0 : scored + 1) }) },
  },
  {
    name: "context starts afresh",
    check: "strided",
    message:
      "You gave the newly scored tokens only each other as context. The overlap is there to be context.",
    code: {
      stridedNll: (f: Model, ids: P, size: number, stride: number) => {
        let [total, count] = [0, 0];
        for (let start = 0; count < ids.length; start += stride) {
          const first = count;
          for (let t = first; t < Math.min(start + size, ids.length); t++) {
            total -= f(ids.slice(first, t), ids[t]!);
            count++;
          }
        }
        return { total, count };
      },
    },
  },
  {
    name: "whole past",
    check: "strided",
    message: "The model saw more than the window: its context begins at the window's start.",
    code: { stridedNll: sliding({ context: () => 0 }) },
  },
  {
    name: "always the fullest context",
    check: "strided",
    message:
      "Every token got a full window of context. That is stride 1; with a larger stride a window's start is fixed.",
    code: { stridedNll: sliding({ context: (_start, t, size) => Math.max(0, t - size + 1) }) },
  },
];
