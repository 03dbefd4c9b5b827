import { cross, entropy, kl, logSoftmax, mean, type P, sigmoid, softmax, sum, type Wrong } from "./tools";

/** Exhibits 1 to 9: as they hang in the museum, and what people make of them when they mend the wrong thing. */
export const wrongLosses: Readonly<Record<string, readonly Wrong[]>> = {
  irreducibleLoss: [
    [
      "as exhibited",
      "That is H(p, q): it depends on the model. The floor is a property of the source alone.",
      cross,
    ],
    [
      "the removable part",
      "That is the divergence, the part that a better model does remove. Return the rest.",
      kl,
    ],
    ["entropy of the model", "That is the entropy of q. The world draws from p.", (_: P, q: P) => entropy(q)],
  ],
  gaussianCrossEntropy: [
    [
      "as exhibited",
      "You scored only the mean of p, as if it were the one true class. E_p (x − mean of q)² has the variance of p in it.",
      (mp, _sp, mq, sq) => 0.5 * Math.log(2 * Math.PI * sq ** 2) + (mp - mq) ** 2 / (2 * sq ** 2),
    ],
    [
      "never negative",
      "A density may be above 1, so this cross-entropy may be negative: take the floor at 0 away.",
      (mp, sp, mq, sq) =>
        Math.max(0, 0.5 * Math.log(2 * Math.PI * sq ** 2) + (sp ** 2 + (mp - mq) ** 2) / (2 * sq ** 2)),
    ],
    [
      "deviation not squared",
      "sdP is a standard deviation: its square is the variance.",
      (mp, sp, mq, sq) => 0.5 * Math.log(2 * Math.PI * sq ** 2) + (sp + (mp - mq) ** 2) / (2 * sq ** 2),
    ],
  ],
  classLoss: [
    [
      "as exhibited",
      "Softmax is applied twice: the loss can never go below log(1 + (K − 1)/e), .5514 for K = 3.",
      (c: number, z: P) => 0 - Math.log(softmax(softmax(z))[c]!),
    ],
    [
      "softmax and log removed",
      "Now softmax and log are both gone: −z_c is no loss, the other logits must count. One log-softmax is right.",
      (c: number, z: P) => -z[c]!,
    ],
    [
      "both softmaxes removed",
      "log of a raw logit: logits may be negative. One softmax has to stay.",
      (c: number, z: P) => 0 - Math.log(z[c]!),
    ],
  ],
  binaryLoss: [
    [
      "as exhibited",
      "At z = −800 the sigmoid is 0 and log 0 = −∞; at z = 40 it is 1 and the loss is lost. Stay in logits.",
      (y: number, z: number) => 0 - y * Math.log(sigmoid(z)) - (1 - y) * Math.log(1 - sigmoid(z)),
    ],
    [
      "probability clipped",
      "The clip hides a loss of 800 behind 27.6, and its gradient behind 0. Stay in logits.",
      (y: number, z: number) => {
        const p = Math.min(1 - 1e-12, Math.max(1e-12, sigmoid(z)));
        return 0 - y * Math.log(p) - (1 - y) * Math.log(1 - p);
      },
    ],
    [
      "exponential overflows",
      "log(1 + e^z) − y·z is right on paper; e^800 is Infinity. Use max(z, 0) + log1p(e^−|z|).",
      (y: number, z: number) => Math.log1p(Math.exp(z)) - y * z,
    ],
  ],
  bitsPerByteOf: [
    [
      "as exhibited",
      "Perplexity per token depends on how the text was cut. Divide by something that all models share: the bytes.",
      (nats: number, tokens: number) => Math.exp(nats / tokens),
    ],
    [
      "nats per byte",
      "Those are nats per byte: divide by log 2 for bits.",
      (nats: number, _: number, bytes: number) => nats / bytes,
    ],
    [
      "bits per token",
      "Bits per token still depend on the tokenizer: divide by the bytes.",
      (nats: number, tokens: number) => nats / Math.LN2 / tokens,
    ],
  ],
  calibrationGap: [
    [
      "as exhibited",
      "That is the loss. A model can have a low loss and be too sure of itself: compare mean confidence with accuracy.",
      (p: P, hit: P) => mean(p.map((x, n) => 0 - Math.log(hit[n] === 1 ? x : 1 - x))),
    ],
    [
      "without sign",
      "The sign says which way: above 0 is too sure, below 0 not sure enough.",
      (p: P, hit: P) => Math.abs(mean(p) - mean(hit)),
    ],
    [
      "too sure counted as negative",
      "Confidence minus accuracy: a model that is too sure of itself must come out above 0.",
      (p: P, hit: P) => mean(hit) - mean(p),
    ],
    [
      "example by example",
      "Compare means, not single examples: one example is right or wrong, never 90 % right.",
      (p: P, hit: P) => mean(p.map((x, n) => Math.abs(x - hit[n]!))),
    ],
  ],
  evaluationLoss: [
    [
      "as exhibited",
      "Smoothed targets are a choice for training. The test asks what q gave to the class that happened.",
      (c: number, q: P, e: number) =>
        (1 - e) * (0 - Math.log(q[c]!)) + e * mean(q.map((x) => 0 - Math.log(x))),
    ],
    [
      "shrunk loss",
      "The second term is gone, but the factor 1 − ε is still there.",
      (c: number, q: P, e: number) => (1 - e) * (0 - Math.log(q[c]!)),
    ],
    [
      "prediction smoothed",
      "Now the prediction is smoothed instead of the target. Score the model's own q.",
      (c: number, q: P, e: number) => 0 - Math.log((1 - e) * q[c]! + e / q.length),
    ],
  ],
  divergence: [
    [
      "as exhibited",
      "Outcomes with q = 0 are skipped: the worst mistake of a model costs nothing. The answer there is ∞.",
      (p: P, q: P) => sum(p.map((x, k) => (x > 0 && q[k]! > 0 ? x * Math.log(x / q[k]!) : 0))),
    ],
    [
      "clipped",
      "An impossible event happened: the answer is ∞, not what your clip makes of it.",
      (p: P, q: P) => sum(p.map((x, k) => (x > 0 ? x * Math.log(x / Math.max(q[k]!, 1e-12)) : 0))),
    ],
    [
      "nothing skipped",
      "Where p = 0 the term is 0·log 0 = NaN: skip those, and only those.",
      (p: P, q: P) => sum(p.map((x, k) => x * Math.log(x / q[k]!))),
    ],
  ],
  softLabelLoss: [
    [
      "as exhibited",
      "argmax throws the annotators' disagreement away: use all of t.",
      (t: P, z: P) => 0 - logSoftmax(z)[t.indexOf(Math.max(...t))]!,
    ],
    [
      "logits not normalised",
      "Σ t·z lacks the normaliser: use the log-softmax of z.",
      (t: P, z: P) => 0 - sum(t.map((x, k) => x * z[k]!)),
    ],
    [
      "divergence instead",
      "That is the divergence: the cross-entropy keeps the entropy of the labels.",
      (t: P, z: P) => kl(t, softmax(z)),
    ],
  ],
};
