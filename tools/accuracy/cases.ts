// The cases of `npm run accuracy`: for each quantity, inputs of every hard kind, our value and the right one.
import * as ours from "cross-entropy";
import type { BigNumber } from "mathjs";
import * as exact from "./reference";
import { big, one, zero } from "./reference";

export interface Case {
  /** The quantity, as in the table. */
  readonly quantity: string;
  /** The kind of input. */
  readonly kind: string;
  readonly actual: number;
  readonly expected: BigNumber;
}

type Row = Float64Array | Float32Array;
type Kind = readonly [name: string, make: (random: ours.Random) => number[]];
const size = (random: ours.Random): number => 2 + random.integer(9);
const normals = (random: ours.Random, scale: number, offset = 0): number[] =>
  Array.from({ length: size(random) }, () => offset + scale * random.normal());

const logitKinds: readonly Kind[] = [
  ["random", (r) => normals(r, 10 ** (2 * r.uniform() - 1))],
  ["ties", (r) => Array.from({ length: size(r) }, () => r.integer(3))],
  // one class ahead of all others by 5 to 10,000
  ["confident", (r) => [10 ** (0.7 + 3.3 * r.uniform()), ...normals(r, 1)]],
  ["huge", (r) => normals(r, 10 ** (3 + 3 * r.uniform()), 10 ** (3 + 3 * r.uniform()))],
  ["offset", (r) => normals(r, 3, 2 ** (10 + r.integer(10)))],
  ["gap 700–745", (r) => [0, -700 - 45 * r.uniform(), ...normals(r, 1)]],
  ["log-probabilities", (r) => Array.from(ours.logSoftmax(normals(r, 3)), (x) => x - 2 ** -6)],
];

/** Cases from logits, with inputs (and vector results) in the given precision. */
export function* logitCases(random: ours.Random, rounds: number, float32: boolean): Generator<Case> {
  const typed = (x: ArrayLike<number>): Row => (float32 ? Float32Array.from(x) : Float64Array.from(x));
  const scalar = (x: number): number => (float32 ? Math.fround(x) : x);
  for (let round = 0; round < rounds; round++)
    for (const [kind, make] of logitKinds) {
      const z = typed(make(random));
      const V = z.length;
      const r = exact.bigRow(z);
      const y = round % 2 === 0 ? r.argmax : random.integer(V);
      const i = random.integer(V);
      const emit = (quantity: string, actual: number, expected: BigNumber): Case => ({
        quantity,
        kind,
        actual,
        expected,
      });
      yield emit("logSumExp", scalar(ours.logSumExp(z)), exact.logSumExp(r));
      if (round % 2 === 0 && kind === "log-probabilities") yield nearZero(random, typed, scalar);
      yield emit("logSoftmax", ours.logSoftmax(z)[i]!, exact.minusLogQ(r, i).neg());
      yield emit("softmax", ours.softmax(z)[i]!, exact.q(r, i));
      const { loss, gradZ } = ours.softmaxCrossEntropyWithGradient(y, z);
      yield emit("cross-entropy", scalar(loss), exact.minusLogQ(r, y));
      yield emit("gradient, y", gradZ[y]!, exact.qMinusOne(r, y));
      if (i !== y) yield emit("gradient, other", gradZ[i]!, exact.q(r, i));
      const t = typed(random.dirichlet(Array(V).fill(0.7)));
      yield emit(
        "cross-entropy, soft",
        scalar(ours.softmaxCrossEntropy(t, z)),
        exact.scored(r, Array.from(t, big)),
      );
      const spread = big(0.1).div(V);
      const smoothed = Array.from(z, (_, k) => (k === y ? one.minus(big(0.1)).plus(spread) : spread));
      const option = { labelSmoothing: 0.1 };
      yield emit(
        "label smoothing",
        scalar(ours.softmaxCrossEntropy(y, z, option)),
        exact.scored(r, smoothed),
      );
      const ratio = one.div(exact.q(r, y));
      if (ratio.lessThan(float32 ? 1e38 : 1e300))
        yield emit("perplexity", scalar(ours.perplexityFromLogits(y, z)), ratio);
      yield* productCases(random, z, r, kind, scalar);
      if (kind !== "gap 700–745") yield* distillationCases(random, z, kind, scalar, typed);
    }
}

/** Log-probabilities as they come out of logSoftmax: their logSumExp is what rounding has left of 0. */
function nearZero(
  random: ours.Random,
  typed: (x: ArrayLike<number>) => Row,
  scalar: (x: number) => number,
): Case {
  const z = typed(ours.logSoftmax(normals(random, 3)));
  const expected = exact.logSumExp(exact.bigRow(z));
  return {
    quantity: "logSumExp near 0",
    kind: "log-probabilities",
    actual: scalar(ours.logSumExp(z)),
    expected,
  };
}

function* productCases(
  random: ours.Random,
  z: Row,
  r: exact.Row,
  kind: string,
  scalar: (x: number) => number,
): Generator<Case> {
  const v = Float64Array.from(z, () => random.normal());
  const w = Array.from(v, (x) => big(x).minus(big(v[r.argmax]!)));
  const mu = exact.dot(
    w,
    r.e.map((_, k) => exact.q(r, k)),
  );
  const j = random.integer(z.length);
  const difference = w[j]!.minus(mu);
  // Where v is near its mean the difference cancels, whatever the form: such entries are not judged.
  if (difference.abs().lessThan(w[j]!.abs().times(0.1)) || exact.q(r, j).lessThan(1e-300)) return;
  yield {
    quantity: "Hessian–vector",
    kind,
    actual: scalar(ours.hessianVectorProduct(z, v)[j]!),
    expected: exact.q(r, j).times(difference),
  };
}

function* distillationCases(
  random: ours.Random,
  teacher: Row,
  kind: string,
  scalar: (x: number) => number,
  typed: (x: ArrayLike<number>) => Row,
): Generator<Case> {
  const close = 10 ** (-8 * random.uniform());
  const student = typed(Array.from(teacher, (x) => x + close * random.normal()));
  if (student.every((x, k) => x === teacher[k])) return;
  const T = [1, 2, 4][random.integer(3)]!;
  const u = exact.row(Array.from(teacher, (x) => big(x).div(T)));
  const v = exact.row(Array.from(student, (x) => big(x).div(T)));
  const expected = u.e.reduce(
    (s, _, k) => s.plus(exact.q(u, k).times(exact.minusLogQ(v, k).minus(exact.minusLogQ(u, k)))),
    zero,
  );
  if (expected.lessThan(1e-290)) return;
  const actual = scalar(ours.distillationLoss(teacher, student, { temperature: T }));
  yield { quantity: "distillation", kind, actual, expected: expected.times(T * T) };
}

/** Binary cross-entropy and its gradient: ordinary logits, confident ones, and the ends of the range. */
export function* binaryCases(random: ours.Random, rounds: number, float32: boolean): Generator<Case> {
  const round32 = (x: number): number => (float32 ? Math.fround(x) : x);
  const kinds: readonly (readonly [string, () => number])[] = [
    ["random", () => 3 * random.normal()],
    ["hard", () => 40 * random.normal()],
    ["|z| to 740", () => 740 * (2 * random.uniform() - 1)],
    ["tiny", () => random.normal() * 1e-9],
  ];
  for (let round = 0; round < rounds; round++)
    for (const [kind, make] of kinds) {
      const z = round32(make());
      for (const y of [0, 1, round32(random.uniform())]) {
        const name = y === 0 || y === 1 ? "" : ", soft";
        const [up, down] = [big(z), big(-z)];
        const [yes, no] = [big(y), one.minus(big(y))];
        const { loss, gradZ } = ours.binaryCrossEntropyWithLogitsWithGradient(y, z);
        const expected = exact.softplus(down).times(yes).plus(exact.softplus(up).times(no));
        const slope = exact.sigmoid(up).times(no).minus(exact.sigmoid(down).times(yes));
        yield { quantity: `BCE${name}`, kind, actual: round32(loss), expected };
        yield { quantity: `BCE gradient${name}`, kind, actual: round32(gradZ), expected: slope };
      }
      yield { quantity: "sigmoid", kind, actual: round32(ours.sigmoid(z)), expected: exact.sigmoid(big(z)) };
      yield {
        quantity: "log1pExp",
        kind,
        actual: round32(ours.log1pExp(z)),
        expected: exact.softplus(big(z)),
      };
    }
}

/** Entropy, cross-entropy and divergence of probability vectors: unrelated, nearly equal, peaked, with wide ranges. */
export function* probabilityCases(random: ours.Random, rounds: number, float32: boolean): Generator<Case> {
  const round32 = (x: number): number => (float32 ? Math.fround(x) : x);
  const typed = (p: readonly number[]): Row => (float32 ? Float32Array.from(p) : Float64Array.from(p));
  for (let round = 0; round < rounds; round++)
    for (const [kind, alpha] of [
      ["random", 1],
      ["peaked", 0.05],
      ["even", 30],
      ["nearly equal", 1],
    ] as const) {
      const p = typed(random.dirichlet(Array(size(random)).fill(alpha)));
      const change = 10 ** (-1 - (float32 ? 4 : 10) * random.uniform());
      const other =
        kind === "nearly equal"
          ? ours.normalise(Array.from(p, (x) => x * (1 + 0.2 * change * random.normal())))
          : random.dirichlet(Array(p.length).fill(alpha));
      const q = typed(other);
      const [P, Q] = [Array.from(p, big), Array.from(q, big)];
      if ([...p, ...q].some((x) => x < 1e-290)) continue;
      const minusLog = (x: BigNumber): BigNumber => (x.ln() as BigNumber).neg();
      const emit = (quantity: string, actual: number, expected: BigNumber): Case => ({
        quantity,
        kind,
        actual: round32(actual),
        expected,
      });
      yield emit("entropy", ours.entropy(p), exact.dot(P, P.map(minusLog)));
      yield emit("crossEntropy(p, q)", ours.crossEntropy(p, q), exact.dot(P, Q.map(minusLog)));
      const divergence = exact.dot(
        P,
        P.map((x, k) => (x.div(Q[k]!) as BigNumber).ln() as BigNumber),
      );
      // Vectors that sum to 1 only within rounding may have a divergence below that rounding, of either sign.
      if (divergence.greaterThan(float32 ? 1e-6 : 1e-15))
        yield emit("klDivergence", ours.klDivergence(p, q), divergence);
    }
}
