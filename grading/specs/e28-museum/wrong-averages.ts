import {
  cross,
  entropy,
  kl,
  logSoftmax,
  mean,
  type P,
  type Rows,
  sigmoid,
  softmax,
  sum,
  type Wrong,
} from "./tools";

/** Exhibits 10 to 20: as they hang in the museum, and what people make of them when they mend the wrong thing. */
export const wrongAverages: Readonly<Record<string, readonly Wrong[]>> = {
  maskedLoss: [
    [
      "as exhibited",
      "Divided by the padded length: the mean has to divide by the number of places that count.",
      (x: P, mask: P) => sum(x.map((v, n) => (mask[n] === 1 ? v : 0))) / x.length,
    ],
    [
      "multiplied by the mask",
      "0·NaN = NaN: select the places, don't multiply by the mask.",
      (x: P, mask: P) => sum(x.map((v, n) => v * mask[n]!)) / sum(mask),
    ],
    [
      "sum",
      "That is the sum: a mean was asked for.",
      (x: P, mask: P) => sum(x.filter((_, n) => mask[n] === 1)),
    ],
  ],
  accuracy: [
    [
      "as exhibited",
      "exp(−loss) is a mean probability, not the accuracy. The loss can improve while no decision changes.",
      (y: P, Z: Rows) => Math.exp(mean(Z.map((z, n) => logSoftmax(z)[y[n]!]!))),
    ],
    [
      "more than one half",
      "The largest logit decides, also when its probability is below ½.",
      (y: P, Z: Rows) => mean(Z.map((z, n) => (softmax(z)[y[n]!]! > 0.5 ? 1 : 0))),
    ],
    [
      "errors counted",
      "Those are the errors: 1 minus the accuracy.",
      (y: P, Z: Rows) => mean(Z.map((z, n) => (z.indexOf(Math.max(...z)) === y[n] ? 0 : 1))),
    ],
  ],
  distillationTerm: [
    [
      "as exhibited",
      "You averaged under the student. Cross-entropy is not symmetric: the teacher is the truth here and weights.",
      (t: P, s: P) => cross(s, t),
    ],
    [
      "both directions averaged",
      "Averaging both directions makes it symmetric and wrong: only the teacher weights.",
      (t: P, s: P) => (cross(t, s) + cross(s, t)) / 2,
    ],
    ["divergence instead", "That is the divergence: the teacher's entropy is missing.", kl],
  ],
  entropyOf: [
    [
      "as exhibited",
      "0·log 0 is NaN in floating point; its limit is 0. Leave such outcomes out.",
      (p: P) => 0 - sum(p.map((x) => x * Math.log(x))),
    ],
    [
      "epsilon inside the log",
      "log(p + ε) changes every term a little. Leave out the outcomes with p = 0 and nothing else.",
      (p: P) => 0 - sum(p.map((x) => x * Math.log(x + 1e-10))),
    ],
    [
      "clipped",
      "A clip gives impossible outcomes a probability. Leave them out.",
      (p: P) => 0 - sum(p.map((x) => Math.max(x, 1e-8)).map((x) => x * Math.log(x))),
    ],
  ],
  multiLabelProbabilities: [
    [
      "as exhibited",
      "Softmax makes the labels compete for one total of 1. Labels that do not exclude each other need a sigmoid each.",
      softmax,
    ],
    [
      "sigmoids normalised",
      "Dividing by the sum makes the labels compete again: leave each sigmoid alone.",
      (z: P) => z.map((x) => sigmoid(x) / sum(z.map(sigmoid))),
    ],
    [
      "decisions",
      "Those are decisions: probabilities were asked for.",
      (z: P) => z.map((x) => (x > 0 ? 1 : 0)),
    ],
  ],
  priorToPosterior: [
    [
      "as exhibited",
      "The arguments are exchanged: what was learnt is averaged over what is believed now, D(posterior‖prior).",
      (post: P, prior: P) => kl(prior, post),
    ],
    [
      "difference of entropies",
      "H(prior) − H(posterior) may be negative, and is 0 for a belief that only changed its mind. Use the divergence.",
      (post: P, prior: P) => entropy(prior) - entropy(post),
    ],
    [
      "both directions averaged",
      "Averaging both directions hides which one was asked for.",
      (post: P, prior: P) => (kl(post, prior) + kl(prior, post)) / 2,
    ],
  ],
  excessOverFloor: [
    [
      "as exhibited",
      "The loss itself never reaches 0 when the target has an entropy. Subtract that floor.",
      cross,
    ],
    [
      "floor of a uniform target",
      "log K is the entropy of a uniform target only. Subtract the entropy of t.",
      (t: P, q: P) => cross(t, q) - Math.log(t.length),
    ],
    [
      "entropy of the model subtracted",
      "The floor is the entropy of the target t, not of q.",
      (t: P, q: P) => cross(t, q) - entropy(q),
    ],
  ],
  weightedMean: [
    [
      "as exhibited",
      "Divided by the number of examples: equal losses must give that loss. Divide by the sum of the weights (133.33, not 2000).",
      (x: P, w: P) => sum(x.map((v, n) => v * w[n]!)) / x.length,
    ],
    ["weights dropped", "The weights are gone: that is the plain mean.", (x: P) => mean(x)],
    [
      "weighted sum",
      "That is the weighted sum: divide by the sum of the weights.",
      (x: P, w: P) => sum(x.map((v, n) => v * w[n]!)),
    ],
  ],
  batchKl: [
    [
      "as exhibited",
      "Divided by examples times classes: the sum over classes is part of the divergence. Divide by the examples.",
      (P: Rows, Q: Rows) => sum(P.map((p, n) => kl(p, Q[n]!))) / P.flat().length,
    ],
    [
      "divided by the classes",
      "Divided by the classes: average over the examples.",
      (P: Rows, Q: Rows) => sum(P.map((p, n) => kl(p, Q[n]!))) / P[0]!.length,
    ],
    [
      "sum over the batch",
      "That is the sum over the batch: divide by the number of examples.",
      (P: Rows, Q: Rows) => sum(P.map((p, n) => kl(p, Q[n]!))),
    ],
  ],
  accumulatedLoss: [
    [
      "as exhibited",
      "A mean of means gives a part with one token the weight of a part with ten. Add sums, add counts, divide once.",
      (parts: readonly { sum: number; count: number }[]) => mean(parts.map((x) => x.sum / x.count)),
    ],
    [
      "empty parts skipped",
      "No NaN any more, but still a mean of means. Add sums, add counts, divide once.",
      (parts: readonly { sum: number; count: number }[]) =>
        mean(parts.filter((x) => x.count > 0).map((x) => x.sum / x.count)),
    ],
    [
      "divided by the parts",
      "Divided by the number of parts: a mean per token was asked for.",
      (parts: readonly { sum: number; count: number }[]) => mean(parts.map((x) => x.sum)),
    ],
  ],
  corpusPerplexity: [
    [
      "as exhibited",
      "Windows have different numbers of tokens: average over tokens, not over windows.",
      (windows: Rows) => Math.exp(mean(windows.map(mean))),
    ],
    [
      "perplexities averaged",
      "Perplexity is a geometric mean: average the losses first, then take the exponential once.",
      (windows: Rows) => mean(windows.map((w) => Math.exp(mean(w)))),
    ],
    [
      "base 2",
      "exp for nats, 2^ for bits: these losses are nats.",
      (windows: Rows) => 2 ** mean(windows.flat()),
    ],
  ],
};
