import type { Mutant } from "../../specification";

type P = readonly number[];
type Targets = P | readonly P[];
type Reduction = "mean" | "sum";
const logSoftmax = (z: P) => {
  const top = Math.max(...z);
  const rest = Math.log(z.reduce((s, x) => s + Math.exp(x - top), 0));
  return z.map((x) => x - top - rest);
};
const targetOf = (y: Targets, n: number, size: number): P => {
  const t = y[n]!;
  return typeof t === "number" ? Array.from({ length: size }, (_, k) => (k === t ? 1 : 0)) : t;
};
interface Choices {
  /** the logits that go into the softmax */
  readonly logits?: (z: P) => P;
  readonly target?: (t: P) => P;
  readonly lossScale?: (Z: readonly P[], reduction: Reduction) => number;
  readonly gradScale?: (Z: readonly P[], reduction: Reduction) => number;
  readonly gradOf?: (q: P, t: P) => number[];
}
const mean = (Z: readonly P[], reduction: Reduction) => (reduction === "mean" ? 1 / Z.length : 1);
/** the fused loss with one choice made wrongly */
const fused =
  ({ logits = (z) => z, target = (t) => t, lossScale = mean, gradScale = lossScale, gradOf }: Choices) =>
  (y: Targets, Z: readonly P[], reduction: Reduction = "mean") => {
    let loss = 0;
    const grad = Z.map((z, n) => {
      const logQ = logSoftmax(logits(z));
      const t = target(targetOf(y, n, z.length));
      t.forEach((x, k) => {
        if (x > 0) loss -= lossScale(Z, reduction) * x * logQ[k]!;
      });
      const q = logQ.map(Math.exp);
      const g = gradOf?.(q, t) ?? q.map((x, k) => x - t[k]!);
      return g.map((x) => x * gradScale(Z, reduction));
    });
    return { loss, grad };
  };
const oneHotOfLargest = (t: P) => t.map((_, k) => (k === t.indexOf(Math.max(...t)) ? 1 : 0));

const graph =
  (choices: {
    upstream?: boolean;
    gradOf?: (q: P, c: number) => number[];
    data?: (logQ: P, c: number) => number;
  }) =>
  (c: number, z: P, a: number, b: number) => {
    const logQ = logSoftmax(z.map((x) => a * x));
    const q = logQ.map(Math.exp);
    const g = (choices.gradOf?.(q, c) ?? q.map((x, k) => x - (k === c ? 1 : 0))).map((x) =>
      choices.upstream === false ? x : x * b,
    );
    const loss = b * (choices.data?.(logQ, c) ?? 0 - logQ[c]!);
    return { loss, gradZ: g.map((x) => x * a), gradA: g.reduce((s, x, k) => s + x * z[k]!, 0) };
  };

export const mutants: readonly Mutant[] = [
  {
    name: "softmax twice",
    check: "loss",
    message: "Softmax applied twice: such a loss can never go below log(1 + (K − 1)/e), .5514 for K = 3.",
    code: { softmaxCrossEntropy: fused({ logits: (z) => logSoftmax(z).map(Math.exp) }) },
  },
  {
    name: "gradient of the sum",
    check: "loss",
    message: "Mean loss, so mean gradient: divide the gradient by the number of rows too.",
    code: { softmaxCrossEntropy: fused({ gradScale: () => 1 }) },
  },
  {
    name: "mean over all entries",
    check: "loss",
    message: "Average over the examples, not over N·K entries (the 'mean' of KLDivLoss, pytorch #6622).",
    code: { softmaxCrossEntropy: fused({ lossScale: (Z) => 1 / (Z.length * Z[0]!.length) }) },
  },
  {
    name: "sum for mean",
    check: "loss",
    message: "Without a reduction the mean is asked: divide loss and gradient by the number of rows.",
    code: { softmaxCrossEntropy: fused({ lossScale: () => 1 }) },
  },
  {
    name: "classes from 1",
    check: "loss",
    message: "Classes are counted from 0: you read logit y − 1.",
    code: { softmaxCrossEntropy: fused({ target: (t) => [...t.slice(1), t[0]!] }) },
  },
  {
    name: "gradient uphill",
    check: "loss",
    message: "Descent would increase the loss: the gradient is prediction minus target.",
    code: { softmaxCrossEntropy: fused({ gradOf: (q, t) => q.map((x, k) => t[k]! - x) }) },
  },
  {
    name: "only the true class",
    check: "loss",
    message: "Wrong classes get gradient too: their probability, which pushes their logits down.",
    code: { softmaxCrossEntropy: fused({ gradOf: (q, t) => q.map((x, k) => (t[k]! > 0 ? x - t[k]! : 0)) }) },
  },
  {
    name: "minus 1 everywhere",
    check: "loss",
    message: "Subtract 1 only at the true class.",
    code: { softmaxCrossEntropy: fused({ gradOf: (q) => q.map((x) => x - 1) }) },
  },
  {
    name: "diagonal Jacobian",
    check: "loss",
    message:
      "Off-diagonal entries −pⱼpₖ of the softmax Jacobian are missing: every logit moves every probability.",
    code: { softmaxCrossEntropy: fused({ gradOf: (q, t) => q.map((x, k) => -t[k]! * (1 - x)) }) },
  },
  {
    name: "bits",
    check: "loss",
    message: "The loss is in bits; nats were asked.",
    code: {
      softmaxCrossEntropy: (y: Targets, Z: readonly P[], r: Reduction = "mean") => {
        const { loss, grad } = fused({})(y, Z, r);
        return { loss: loss / Math.LN2, grad };
      },
    },
  },
  {
    name: "largest target only",
    check: "soft",
    message: "Soft targets: use t, not its argmax. All classes with t > 0 count.",
    code: { softmaxCrossEntropy: fused({ target: oneHotOfLargest }) },
  },
  {
    name: "reduction ignored",
    check: "sum",
    message: 'reduction was "sum": leave out the division by the number of rows.',
    code: { softmaxCrossEntropy: fused({ lossScale: (Z) => 1 / Z.length }) },
  },
  {
    name: "naive softmax",
    check: "extremes",
    message: "exp of a logit of 2,000 is Infinity. Subtract the row's maximum first, and stay in logarithms.",
    code: {
      softmaxCrossEntropy: (y: Targets, Z: readonly P[], r: Reduction = "mean") => {
        let loss = 0;
        const grad = Z.map((z, n) => {
          const t = targetOf(y, n, z.length);
          const total = z.reduce((s, x) => s + Math.exp(x), 0);
          return z.map((x, k) => {
            const q = Math.exp(x) / total;
            if (t[k]! > 0) loss -= mean(Z, r) * t[k]! * Math.log(q);
            return mean(Z, r) * (q - t[k]!);
          });
        });
        return { loss, grad };
      },
    },
  },
  {
    name: "zero times infinity",
    check: "extremes",
    message:
      "softmax underflows to 0 and its log is −∞; with target 0 that is NaN. Take log-softmax, skip t = 0.",
    code: {
      softmaxCrossEntropy: (y: Targets, Z: readonly P[], r: Reduction = "mean") => {
        let loss = 0;
        const grad = Z.map((z, n) => {
          const t = targetOf(y, n, z.length);
          return logSoftmax(z).map((l, k) => {
            loss -= mean(Z, r) * t[k]! * Math.log(Math.exp(l));
            return mean(Z, r) * (Math.exp(l) - t[k]!);
          });
        });
        return { loss, grad };
      },
    },
  },
  {
    name: "changes the logits",
    check: "unchanged",
    message: "You subtracted the maximum inside the caller's rows: work on a copy.",
    code: {
      softmaxCrossEntropy: (y: Targets, Z: number[][], r: Reduction = "mean") => {
        for (const z of Z) {
          const top = Math.max(...z);
          for (let k = 0; k < z.length; k++) z[k]! -= top;
        }
        return fused({})(y, Z, r);
      },
    },
  },
  {
    name: "incoming slope ignored",
    check: "node",
    message:
      "Multiply by the slope that arrives (out.grad): the loss may be part of something larger. That is the chain rule.",
    code: { throughGraph: graph({ upstream: false }) },
  },
  {
    name: "node uphill",
    check: "node",
    message: "The slope by a logit is softmax minus one-hot, not the other way round.",
    code: { throughGraph: graph({ gradOf: (q, c) => q.map((x, k) => (k === c ? 1 : 0) - x) }) },
  },
  {
    name: "node of the true logit",
    check: "node",
    message: "The loss depends on every logit through the sum: each wrong class has slope softmax.",
    code: { throughGraph: graph({ gradOf: (q, c) => q.map((x, k) => (k === c ? x - 1 : 0)) }) },
  },
  {
    name: "node returns the log-probability",
    check: "node",
    message: "data is log softmax: the loss is its negative.",
    code: { throughGraph: graph({ data: (logQ, c) => logQ[c]! }) },
  },
];
