import {
  bitsPerByte,
  blockDistribution,
  bradleyTerry,
  contextLadder,
  convertPerplexity,
  corpusPerplexity,
  crossEntropyRate,
  denoise,
  dpoLoss,
  entropy,
  entropyRate,
  fitBradleyTerry,
  focalLoss,
  focalLossWithGradient,
  focalMinimiser,
  hiddenMarkovLosses,
  hiddenMarkovPath,
  klDivergence,
  markovBlocks,
  markovPath,
  mean,
  noisyMinimiser,
  perplexityFromLogits,
  Random,
  softmax,
  softmaxCrossEntropy,
  stationaryDistribution,
  stridedLoss,
  unfocal,
} from "cross-entropy";
import { describe, expect, test } from "vitest";
import { big, bigRow, one, q, ulpError } from "../../tools/accuracy/reference";

const random = new Random(44);
const P = [
  [0.9, 0.1],
  [0.4, 0.6],
];
const Q = [
  [0.7, 0.3],
  [0.2, 0.8],
];

describe("perplexity (D21)", () => {
  test("from logits it is within 2 ulp, where the exponential of the loss loses digits", () => {
    for (const scale of [1, 20, 100])
      for (let n = 0; n < 10; n++) {
        const z = Array.from({ length: 4 }, () => scale * random.normal());
        for (let y = 0; y < 4; y++)
          expect(ulpError(perplexityFromLogits(y, z), one.div(q(bigRow(z), y)))).toBeLessThanOrEqual(2);
      }
    expect(
      perplexityFromLogits(
        [0, 1],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    ).toBeCloseTo(2, 15);
    expect(perplexityFromLogits(0, [1, 2], { labelSmoothing: 0.1 })).toBe(
      Math.exp(softmaxCrossEntropy(0, [1, 2], { labelSmoothing: 0.1 })),
    );
    expect(perplexityFromLogits(1, [0, -Infinity])).toBe(Infinity);
    expect(perplexityFromLogits(1, [0, NaN])).toBe(NaN);
  });
  test("of a corpus it is the geometric mean, within 2 ulp", () => {
    const losses = Array.from({ length: 100 }, () => 20 * random.exponential());
    const exact = losses
      .reduce((s, x) => s.plus(big(x)), big(0))
      .div(100)
      .exp();
    expect(ulpError(corpusPerplexity(losses), exact as never)).toBeLessThanOrEqual(2);
    expect(corpusPerplexity([1.075472])).toBeCloseTo(2.931377, 5);
    expect(corpusPerplexity([1, Infinity])).toBe(Infinity);
  });
  test("the loss of a text does not depend on how it is cut (D21)", () => {
    expect(convertPerplexity(13.7, 3500, 1000)).toBeCloseTo(13.7 ** 3.5, 6);
    expect(bitsPerByte(Math.LN2 * 8, "aé€😀".slice(0, 2))).toBeCloseTo(8 / 3, 14);
    expect(bitsPerByte(Math.LN2 * 10, "aé€😀")).toBeCloseTo(1, 14);
    expect(bitsPerByte(Math.LN2 * 10, 5)).toBeCloseTo(2, 14);
  });
});

describe("stridedLoss()", () => {
  const contexts: number[] = [];
  const model = (context: readonly number[]) => {
    contexts.push(context.length);
    return context.at(-1) === undefined ? [0.8, 0.2] : P[context.at(-1)!]!;
  };
  test("scores each token once, whatever the stride; stride 1 keeps the context long", () => {
    const ids = markovPath(P, 50, random);
    for (const [window, stride] of [
      [8, 8],
      [8, 3],
      [8, 1],
      [100, 100],
    ] as const) {
      contexts.length = 0;
      const { count, losses, total, mean: perToken } = stridedLoss(model, ids, window, stride);
      expect(count).toBe(50);
      expect(contexts).toHaveLength(50);
      expect(Math.max(...contexts)).toBeLessThan(window === 100 ? 50 : 8);
      if (stride === 1) expect(contexts.slice(7)).toEqual(Array(43).fill(7));
      expect(total).toBeCloseTo(
        losses.reduce((a, b) => a + b),
        12,
      );
      expect(perToken).toBe(total / 50);
    }
    const full = stridedLoss(model, ids, 100, 100).total;
    expect(stridedLoss(model, ids, 2, 1).total).toBeCloseTo(full, 12); // a first-order source needs one token
    expect(stridedLoss(model, ids, 5, 5).total).not.toBeCloseTo(full, 1); // each window begins without context
  });
});

describe("rates (D22)", () => {
  test("π P = π, also for states that are left for ever and rare ones", () => {
    const pi = stationaryDistribution(P);
    expect(pi[0]).toBeCloseTo(0.8, 15);
    expect(
      stationaryDistribution([
        [0.5, 0.25, 0.25],
        [0, 0.9, 0.1],
        [0, 0.4, 0.6],
      ]),
    ).toEqual([0, expect.closeTo(0.8, 15), expect.closeTo(0.2, 15)]);
    expect(stationaryDistribution([[1]])).toEqual([1]);
    const rare = stationaryDistribution([
      [1 - 1e-16, 1e-16],
      [1, 0],
    ]);
    expect(rare[1]! / 1e-16).toBeCloseTo(1, 12);
  });
  test("the difference of the rates is a divergence rate", () => {
    const pi = stationaryDistribution(P);
    const excess = crossEntropyRate(P, Q) - entropyRate(P);
    expect(excess).toBeCloseTo(pi[0]! * klDivergence(P[0]!, Q[0]!) + pi[1]! * klDivergence(P[1]!, Q[1]!), 14);
    expect(
      crossEntropyRate(P, [
        [1, 0],
        [0.5, 0.5],
      ]),
    ).toBe(Infinity);
    expect(
      entropyRate([
        [0.3, 0.7],
        [0.3, 0.7],
      ]),
    ).toBeCloseTo(entropy([0.3, 0.7]), 15);
  });
  test("the ladder falls from H(π) to the rate, in one step for a chain", () => {
    const ladder = contextLadder(markovBlocks(P, 5), 2);
    expect(ladder[0]).toBeCloseTo(entropy(stationaryDistribution(P)), 14);
    for (const h of ladder.slice(1)) expect(h).toBeCloseTo(entropyRate(P), 13);
    for (const h of contextLadder(blockDistribution([0.2, 0.8], 4), 2))
      expect(h).toBeCloseTo(entropy([0.2, 0.8]), 14);
  });
  test("a long path's mean surprise tends to the cross-entropy rate", () => {
    const path = markovPath(P, 20_000, random);
    const surprise = path.slice(1).map((s, t) => -Math.log(Q[path[t]!]![s]!));
    expect(Math.abs(mean(surprise) - crossEntropyRate(P, Q))).toBeLessThan(0.03);
  });
});

describe("hidden Markov models", () => {
  const model = {
    initial: [0.6, 0.4],
    transition: P,
    emission: [
      [0.7, 0.2, 0.1],
      [0.1, 0.3, 0.6],
    ],
  };
  test("the forward algorithm adds up all paths", () => {
    const sequence = [0, 2, 1, 1, 0, 2, 2];
    let total = 0;
    for (let code = 0; code < 2 ** 7; code++) {
      let p = 1;
      sequence.forEach((x, t) => {
        const s = (code >> t) & 1;
        p *= (t === 0 ? model.initial[s]! : P[(code >> (t - 1)) & 1]![s]!) * model.emission[s]![x]!;
      });
      total += p;
    }
    expect(hiddenMarkovLosses(sequence, model).reduce((a, b) => a + b)).toBeCloseTo(-Math.log(total), 13);
  });
  test("does not underflow on 20,000 symbols, and impossible symbols cost Infinity", () => {
    const { symbols, states } = hiddenMarkovPath(model, 20_000, random);
    expect(states).toHaveLength(20_000);
    const rate = mean(hiddenMarkovLosses(symbols, model));
    expect(rate).toBeGreaterThan(0.7);
    expect(rate).toBeLessThan(Math.log(3));
    const blind = {
      ...model,
      emission: [
        [1, 0],
        [1, 0],
      ],
    };
    expect([...hiddenMarkovLosses([0, 1, 0], blind)]).toEqual([0, Infinity, NaN]);
  });
});

describe("focal loss and noise (D20)", () => {
  test("γ = 0 is binary cross-entropy; focalLossWithGradient() agrees with focalLoss() and its slope", () => {
    expect(focalLoss(1, 0.3, 0)).toBeCloseTo(-Math.log(0.3), 15);
    for (const y of [0, 1])
      for (const z of [-30, -2, 0.5, 4])
        for (const gamma of [0, 1, 2.5]) {
          const { loss, gradZ } = focalLossWithGradient(y, z, gamma);
          expect(loss).toBeCloseTo(focalLoss(y, 1 / (1 + Math.exp(-z)), gamma), 9);
          const at = (h: number) => focalLossWithGradient(y, z + h, gamma).loss;
          expect(gradZ).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
        }
    expect([focalLoss(1, 1, 2), focalLoss(1, 0, 2)]).toEqual([0, Infinity]);
    expect(focalLossWithGradient(1, 800, 2)).toEqual({ loss: 0, gradZ: 0 });
  });
  test("focalMinimiser() minimises, draws towards ½, and unfocal() undoes it", () => {
    expect(focalMinimiser(0.9, 2)).toBeCloseTo(0.6942, 4);
    for (const p of [0.03, 0.3, 0.5, 0.8, 0.99])
      for (const gamma of [0, 0.5, 1, 2, 5]) {
        const best = focalMinimiser(p, gamma);
        expect(unfocal(best, gamma)).toBeCloseTo(p, 9);
        expect(Math.abs(best - 0.5)).toBeLessThanOrEqual(Math.abs(p - 0.5));
        const expected = (x: number) => p * focalLoss(1, x, gamma) + (1 - p) * focalLoss(0, x, gamma);
        for (const step of [-1e-3, 1e-3]) expect(expected(best)).toBeLessThan(expected(best + step));
      }
    expect([focalMinimiser(0, 2), focalMinimiser(1, 2), unfocal(0, 2), unfocal(1, 2)]).toEqual([0, 1, 0, 1]);
  });
  test("denoise() undoes noisyMinimiser()", () => {
    expect(denoise(noisyMinimiser(0.83, 0.3), 0.3)).toBeCloseTo(0.83, 14);
    expect(noisyMinimiser(0.83, 0.5)).toBe(0.5);
  });
});

describe("preferences (D23)", () => {
  test("Bradley–Terry sees differences only; ties and 'neither' are a softmax", () => {
    expect(bradleyTerry(1003, 1001)).toBe(bradleyTerry(2, 0));
    expect(softmax([1, 0, -Infinity])[0]).toBeCloseTo(bradleyTerry(1, 0), 15);
  });
  test("fitBradleyTerry() finds the maximum of the likelihood, or says that there is none", () => {
    const wins = [
      [0, 4, 6],
      [2, 0, 3],
      [1, 3, 0],
    ];
    const s = fitBradleyTerry(wins)!;
    for (let i = 0; i < 3; i++) {
      let slope = 0;
      for (let j = 0; j < 3; j++)
        if (j !== i) slope += wins[i]![j]! - (wins[i]![j]! + wins[j]![i]!) * bradleyTerry(s[i]!, s[j]!);
      expect(slope).toBeCloseTo(0, 11);
    }
    expect(
      fitBradleyTerry([
        [0, 1],
        [0, 0],
      ]),
    ).toBeNull();
    expect(
      fitBradleyTerry([
        [0, 0],
        [1, 0],
      ]),
    ).toBeNull();
    expect(fitBradleyTerry([[0]])).toEqual([0]);
  });
  test("dpoLoss() is log 2 at the reference, and its gradient has weight β σ(−βΔ)", () => {
    expect(dpoLoss(-3, -5, -3, -5, 2).loss).toBe(Math.LN2);
    const { gradChosen, gradRejected } = dpoLoss(-1, -5, -3, -4, 0.5);
    const at = (h: number) => dpoLoss(-1 + h, -5, -3, -4, 0.5).loss;
    expect(gradChosen).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 9);
    expect(gradRejected).toBe(-gradChosen);
  });
});
