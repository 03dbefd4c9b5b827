import { valueCheck } from "../../check";
import { judgeArrival } from "../../judge";
import { Big, big, bigCrossEntropy, bigEntropy, bigKl, bigLogSumExp, sum } from "../../oracle";
import type { Random } from "../../random";
import { show } from "../../show";
import { type Check, exactly, type Specification, type Value, type Verdict } from "../../specification";
import { alsoRight, hints, labels } from "./labels";

type P = readonly number[];
type Rows = readonly P[];
type Call = readonly [string, ...Value[]];
const number = (x: Big) => x.toNumber();
const mean = (xs: P) => sum(xs.map((x) => big(x))).div(xs.length);

/** all 20 truths, at 50 digits, one function each so that a name finds it */
// biome-ignore lint/suspicious/noExplicitAny: twenty signatures
const truths: Readonly<Record<string, (...args: any[]) => Value>> = {
  irreducibleLoss: (p: P) => number(bigEntropy(p)),
  gaussianCrossEntropy: (meanP: number, sdP: number, meanQ: number, sdQ: number) => {
    const variance = big(sdQ).pow(2);
    const square = big(sdP)
      .pow(2)
      .plus(big(meanP).minus(big(meanQ)).pow(2));
    return number(Big.acos(-1).times(2).times(variance).ln().plus(square.div(variance)).div(2));
  },
  classLoss: (c: number, z: P) => number(bigLogSumExp(z).minus(big(z[c]!))),
  // the loss of the two logits 0 and z
  binaryLoss: (y: number, z: number) => number(bigLogSumExp([0, z]).minus(big(y).times(big(z)))),
  bitsPerByteOf: (nats: number, _tokens: number, bytes: number) =>
    number(big(nats).div(big(2).ln()).div(bytes)),
  calibrationGap: (confidence: P, hit: P) => number(mean(confidence).minus(mean(hit))),
  evaluationLoss: (c: number, q: P) => number(big(q[c]!).ln().neg()),
  divergence: (p: P, q: P) => number(bigKl(p, q)),
  softLabelLoss: (t: P, z: P) =>
    number(bigLogSumExp(z).minus(sum(t.map((x, k) => big(x).times(big(z[k]!)))))),
  maskedLoss: (losses: P, mask: P) => number(mean(losses.filter((_, n) => mask[n] === 1))),
  accuracy: (y: P, Z: Rows) => Z.filter((z, n) => z.every((x) => x <= z[y[n]!]!)).length / Z.length,
  distillationTerm: (teacher: P, student: P) => number(bigCrossEntropy(teacher, student)),
  entropyOf: (p: P) => number(bigEntropy(p)),
  multiLabelProbabilities: (z: P) => z.map((x) => number(big(x).neg().exp().plus(1).pow(-1))),
  priorToPosterior: (posterior: P, prior: P) => number(bigKl(posterior, prior)),
  excessOverFloor: (t: P, q: P) => number(bigCrossEntropy(t, q).minus(bigEntropy(t))),
  weightedMean: (losses: P, weights: P) =>
    number(sum(losses.map((x, n) => big(x).times(big(weights[n]!)))).div(sum(weights.map((w) => big(w))))),
  batchKl: (P: Rows, Q: Rows) => number(sum(P.map((p, n) => bigKl(p, Q[n]!))).div(P.length)),
  accumulatedLoss: (parts: readonly { sum: number; count: number }[]) =>
    number(sum(parts.map((x) => big(x.sum))).div(parts.reduce((s, x) => s + x.count, 0))),
  corpusPerplexity: (windows: Rows) => number(mean(windows.flat()).exp()),
};

/** a distribution with one outcome that never happens */
const withZero = (random: Random, size: number, at: number) => {
  const p = random.distribution(size);
  const rest = 1 - p[at]!;
  return p.map((x, k) => (k === at ? 0 : x / rest));
};
const pair = (random: Random) => {
  const size = random.integer(2, 5);
  return [random.distribution(size), random.distribution(size)] as const;
};
const repeat = (random: Random, fn: string, make: () => readonly Value[]): Call[] =>
  random.list(5, () => [fn, ...make()] as const);
const label = (random: Random, size: number) => random.integer(0, size - 1);
const losses = (random: Random, size: number) => random.list(size, () => random.between(0.05, 4));

const inputs: Readonly<Record<string, (random: Random, fn: string) => Call[]>> = {
  irreducibleLoss: (r, fn) => [[fn, [0.5, 0.5, 0], [0.2, 0.3, 0.5]], ...repeat(r, fn, () => pair(r))],
  gaussianCrossEntropy: (r, fn) => [
    [fn, 0, 0.1, 0, 0.1],
    ...repeat(r, fn, () => [r.normal(), r.between(0.2, 2), r.normal(), r.between(0.2, 2)]),
  ],
  classLoss: (r, fn) => [
    [fn, 0, [2, 0.5, -1]],
    [fn, 1, [1000, 1001, 999]],
    ...repeat(r, fn, () => {
      const z = r.logits(r.integer(2, 5));
      return [label(r, z.length), z];
    }),
  ],
  binaryLoss: (r, fn) => [
    ...repeat(r, fn, () => [r.choose([0, 1, 0.25]), 3 * r.normal()]),
    [fn, 1, 40],
    [fn, 1, -800],
    [fn, 0, 800],
  ],
  bitsPerByteOf: (r, fn) =>
    repeat(r, fn, () => {
      const tokens = r.integer(5, 400);
      return [tokens * r.between(0.5, 4), tokens, tokens * r.integer(2, 6)];
    }),
  calibrationGap: (r, fn) => [
    [fn, [0.9, 0.9, 0.9, 0.9, 0.9], [1, 0, 1, 0, 1]],
    [fn, [0.6, 0.6], [1, 1]],
    ...repeat(r, fn, () => {
      const confidence = r.list(r.integer(3, 8), () => r.between(0.4, 0.95));
      return [confidence, confidence.map((p) => (r.uniform() < p ? 1 : 0))];
    }),
  ],
  evaluationLoss: (r, fn) =>
    repeat(r, fn, () => {
      const q = r.distribution(r.integer(2, 5));
      return [label(r, q.length), q, r.between(0.05, 0.3)];
    }),
  divergence: (r, fn) => [
    [fn, [0.5, 0.5], [1, 0]],
    [fn, [1, 0], [0.5, 0.5]],
    ...repeat(r, fn, () => pair(r)),
    [fn, withZero(r, 4, 1), withZero(r, 4, 1)],
    [fn, r.distribution(4), withZero(r, 4, 2)],
  ],
  softLabelLoss: (r, fn) => [
    [fn, [0.5, 0.5, 0], [1, 2, -3]],
    ...repeat(r, fn, () => {
      const t = r.distribution(r.integer(2, 5));
      return [t, r.logits(t.length)];
    }),
  ],
  maskedLoss: (r, fn) => [
    [fn, [1, 2, 5, 5], [1, 1, 0, 0]],
    ...repeat(r, fn, () => {
      const x = losses(r, r.integer(3, 8));
      return [x, x.map((_, n) => (n === 0 ? 1 : n === 1 ? 0 : r.integer(0, 1)))];
    }),
    [fn, [0.5, Number.NaN, 1.5], [1, 0, 1]],
  ],
  accuracy: (r, fn) =>
    repeat(r, fn, () => {
      const y = r.list(7, () => label(r, 3));
      const Z = y.map((c) => r.logits(3, 1).map((x, k) => x + (k === c ? 0.7 : 0)));
      // one sure mistake and one narrow success, so that no two measures agree by chance
      Z[0] = [0, 1, 2].map((k) => (k === y[0] ? -2 : k / 3));
      Z[1] = [0, 1, 2].map((k) => (k === y[1] ? 0.3 : k / 10));
      return [y, Z];
    }),
  distillationTerm: (r, fn) => [[fn, [0.5, 0.5, 0], [0.2, 0.3, 0.5]], ...repeat(r, fn, () => pair(r))],
  entropyOf: (r, fn) => [
    [fn, [1, 0]],
    ...repeat(r, fn, () => [r.distribution(r.integer(2, 6))]),
    [fn, withZero(r, 5, label(r, 5))],
  ],
  multiLabelProbabilities: (r, fn) => [
    [fn, [0, 0, 0]],
    ...repeat(r, fn, () => [r.logits(r.integer(1, 5))]),
    [fn, [900, -900, 1]],
  ],
  priorToPosterior: (r, fn) => [[fn, [1, 0], [0.5, 0.5]], ...repeat(r, fn, () => pair(r))],
  excessOverFloor: (r, fn) => [
    [fn, [0.9, 0.05, 0.05], [0.9, 0.05, 0.05]],
    [fn, [0, 1], [0.25, 0.75]],
    ...repeat(r, fn, () => pair(r)),
  ],
  weightedMean: (r, fn) => [
    [fn, [200, 0], [20, 10]],
    ...repeat(r, fn, () => {
      const x = losses(r, r.integer(2, 6));
      return [x, x.map(() => r.between(0.5, 9))];
    }),
  ],
  batchKl: (r, fn) =>
    repeat(r, fn, () => {
      const [n, size] = [r.integer(2, 4), r.integer(2, 4)];
      return [r.list(n, () => r.distribution(size)), r.list(n, () => r.distribution(size))];
    }),
  accumulatedLoss: (r, fn) => [
    [
      fn,
      [
        { sum: 10, count: 10 },
        { sum: 3, count: 1 },
      ],
    ],
    ...repeat(r, fn, () => [
      r.list(r.integer(2, 4), (i) => {
        const count = r.integer(1, 9) + 10 * i;
        return { sum: count * r.between(0.5, 4), count };
      }),
    ]),
    [
      fn,
      [
        { sum: 4, count: 2 },
        { sum: 0, count: 0 },
      ],
    ],
  ],
  corpusPerplexity: (r, fn) => [
    [fn, [[1, 1, 1, 1], [3]]],
    ...repeat(r, fn, () => [r.list(r.integer(2, 4), (i) => losses(r, r.integer(1, 3) + 3 * i))]),
  ],
};

const titles: Readonly<Record<string, string>> = {
  irreducibleLoss: "irreducibleLoss() is the part that no model can remove",
  gaussianCrossEntropy: "gaussianCrossEntropy() knows that the truth is spread, too",
  classLoss: "classLoss() takes logits, once",
  binaryLoss: "binaryLoss() is right for logits from −800 to 800",
  bitsPerByteOf: "bitsPerByteOf() does not depend on the tokenizer",
  calibrationGap: "calibrationGap() compares confidence with accuracy",
  evaluationLoss: "evaluationLoss() asks about what happened",
  divergence: "divergence() is infinite where q excludes what p allows",
  softLabelLoss: "softLabelLoss() uses all of the annotators' labels",
  maskedLoss: "maskedLoss() divides by the number of places that count",
  accuracy: "accuracy() is the task's measure, not the loss",
  distillationTerm: "distillationTerm() weights by the teacher",
  entropyOf: "entropyOf() takes the limit 0 for 0·log 0",
  multiLabelProbabilities: "multiLabelProbabilities() lets labels be independent",
  priorToPosterior: "priorToPosterior() averages over what is believed now",
  excessOverFloor: "excessOverFloor() is 0 when training is done",
  weightedMean: "weightedMean() divides by the sum of the weights",
  batchKl: "batchKl() divides by the number of examples",
  accumulatedLoss: "accumulatedLoss() gives every token the same weight",
  corpusPerplexity: "corpusPerplexity() averages over tokens, then takes the exponential",
};

const exhibits: Check[] = Object.keys(titles).map((fn) =>
  valueCheck({
    id: fn,
    title: titles[fn]!,
    points: 0.4,
    tolerance: { absolute: fn === "binaryLoss" ? 1e-300 : 1e-12, relative: 1e-12 },
    calls: (random) => inputs[fn]!(random, fn),
    truth: (name, ...args) => truths[name]!(...args),
  }),
);

function judgeLabels(given: Value): Verdict {
  if (given === null || typeof given !== "object")
    return { ok: false, kind: "type", message: `mistakes is ${show(given)}, wanted a record of names` };
  const record = given as Record<string, Value>;
  const wrong = Object.keys(labels).filter(
    (fn) => record[fn] !== labels[fn] && (record[fn] === undefined || record[fn] !== alsoRight[fn]),
  );
  if (wrong.length === 0) return { ok: true, kind: "right", message: "" };
  const [open, named] = [
    wrong.filter((fn) => (record[fn] ?? "?") === "?"),
    wrong.filter((fn) => (record[fn] ?? "?") !== "?"),
  ];
  const all = Object.keys(labels).length;
  const parts = [`${all - wrong.length} of ${all} mistakes are named.`];
  for (const fn of named)
    parts.push(hints[`${fn}: ${record[fn]}`] ?? `${fn}: ${show(record[fn])} is another one.`);
  if (open.length > 0)
    parts.push(`Without a name: ${open.slice(0, 4).join(", ")}${open.length > 4 ? ", …" : ""}.`);
  return { ok: false, kind: "value", share: 1 - wrong.length / all, message: parts.join(" ") };
}

export const specification: Specification = {
  id: "e28",
  slug: "museum",
  given: [],
  checks: [
    ...exhibits,
    {
      id: "mistakes",
      title: "mistakes names the mistake of each exhibit",
      points: 4,
      visibility: "visible",
      needs: [],
      budget: 1000,
      tolerance: exactly,
      generate: () => [{ fn: "mistakes", args: [], want: "twenty names" }],
      call: (subject) => subject.read("mistakes"),
      judge: (reply, probe) => judgeArrival(reply, probe) ?? judgeLabels((reply as { value: Value }).value),
    },
  ],
};
