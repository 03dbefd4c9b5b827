import * as course from "cross-entropy";
import { beforeAll, describe, expect, test } from "vitest";
import { samplePoints } from "../../src/derivations/check";
import { contextOf } from "../../src/derivations/context";
import { type Arithmetic, type Decimal, loadArithmetic } from "../../src/derivations/decimal";
import { evaluator } from "../../src/derivations/evaluate";

// Each derivation's lines and the module's own functions must be about the same thing: at random points, the line at 64
// digits equals what the function computes in float64.

type Names =
  | "a"
  | "b"
  | "beta"
  | "c"
  | "d"
  | "k"
  | "l"
  | "p"
  | "P"
  | "q"
  | "r"
  | "s"
  | "t"
  | "tau"
  | "T"
  | "v"
  | "x"
  | "y"
  | "z";
type Numbers = Record<Names, never>;
type Case = {
  readonly id: string;
  readonly line: string;
  readonly says: string;
  readonly module: (at: Numbers) => number;
};

const bits = course.toBits;
const rows = (joint: { a: number[]; r: number[][] }): number[][] =>
  joint.r.map((row, x) => row.map((value) => value * joint.a[x]!));
const positive = (p: readonly number[], q: readonly number[]): number =>
  course.sum(p.map((weight, i) => (weight > 0 ? q[i]! : 0)));

const cases: readonly Case[] = [
  { id: "D1", line: "I(p)", says: "k surprisal(p)", module: ({ p, k }) => k * course.surprisal(p) },
  { id: "D1", line: "f(x)", says: "k x", module: ({ x, k }) => k * x },
  { id: "D2", line: "sum(i, 2^(-l[i]))", says: "kraftSum(l)", module: ({ l }) => course.kraftSum(l) },
  { id: "D3", line: "H(p)", says: "entropy(p) in bits", module: ({ p }) => bits(course.entropy(p)) },
  {
    id: "D3",
    line: "sum(i, p[i] * ceil(-log2(p[i])))",
    says: "expectedLength(p, shannonLengths(p))",
    module: ({ p }) => course.expectedLength(p, course.shannonLengths(p)),
  },
  {
    id: "D4",
    line: "KL(p, q)",
    says: "klDivergence(p, q) in bits",
    module: ({ p, q }) => bits(course.klDivergence(p, q)),
  },
  {
    id: "D4",
    line: "sum(i, p[i] * l[i])",
    says: "expectedLength(p, shannonLengths(q))",
    module: ({ p, q }) => course.expectedLength(p, course.shannonLengths(q)),
  },
  { id: "D5", line: "H(p)", says: "entropy(p)", module: ({ p }) => course.entropy(p) },
  { id: "D5", line: "CE(p, q)", says: "crossEntropy(p, q)", module: ({ p, q }) => course.crossEntropy(p, q) },
  {
    id: "D5",
    line: "H(p) + KL(p, q)",
    says: "crossEntropy(p, q)",
    module: ({ p, q }) => course.crossEntropy(p, q),
  },
  { id: "D6", line: "KL(p, q)", says: "klDivergence(p, q)", module: ({ p, q }) => course.klDivergence(p, q) },
  {
    id: "D6",
    line: "sumWhere(i, p[i] > 0, q[i])",
    says: "the mass of q on p",
    module: ({ p, q }) => positive(p, q),
  },
  {
    id: "D7",
    line: "-sum(x, sum(y, p[x, y] * log(q[x, y])))",
    says: "jointCrossEntropy(p, q)",
    module: ({ a, r, b, s }) => course.jointCrossEntropy(rows({ a, r }), rows({ a: b, r: s })),
  },
  {
    id: "D7",
    line: "sum(x, a[x] * CEY(r[x], s[x]))",
    says: "conditionalCrossEntropy(p, q)",
    module: ({ a, r, b, s }) => course.conditionalCrossEntropy(rows({ a, r }), rows({ a: b, r: s })),
  },
  {
    id: "D8",
    line: "-log(prod(n, q[y[n]])) / N",
    says: "mean surprisal of the observations",
    module: ({ y, q }) => course.mean((y as number[]).map((label) => course.surprisal(q[label - 1]!))),
  },
  { id: "D9", line: "KL(p, r)", says: "klDivergence(p, r)", module: ({ p, r }) => course.klDivergence(p, r) },
  {
    id: "D11",
    line: "-y * log(p) - (1 - y) * log(1 - p)",
    says: "binaryCrossEntropy(y, p)",
    module: ({ y, p }) => course.binaryCrossEntropy(y, p),
  },
  {
    id: "D11",
    line: "max(z, 0) - z * y + log(1 + exp(-abs(z)))",
    says: "binaryCrossEntropyWithLogits(y, z)",
    module: ({ y, z }) => course.binaryCrossEntropyWithLogits(y, z),
  },
  {
    id: "D11",
    line: "sigma(z) - y",
    says: "binaryCrossEntropyWithLogitsWithGradient(y, z).gradZ",
    module: ({ y, z }) => course.binaryCrossEntropyWithLogitsWithGradient(y as number, z as number).gradZ,
  },
  {
    id: "D12",
    line: "log(sum(j, exp(z[j])))",
    says: "logSumExp(z)",
    module: ({ z }) => course.logSumExp(z as number[]),
  },
  {
    id: "D12",
    line: "exp(z[k]) / sum(j, exp(z[j]))",
    says: "softmax(z)",
    module: ({ z, k }) => course.softmax(z as number[])[k - 1]!,
  },
  {
    id: "D13",
    line: "-log(phat[c])",
    says: "softmaxCrossEntropy(c, z)",
    module: ({ z, c }) => course.softmaxCrossEntropy(c - 1, z as number[]),
  },
  {
    id: "D13",
    line: "phat[k] - delta(k, c)",
    says: "softmaxCrossEntropyWithGradient(c, z).gradZ",
    module: ({ z, c, k }) => course.softmaxCrossEntropyWithGradient(c - 1, z as number[]).gradZ[k - 1]!,
  },
  {
    id: "D13",
    line: "phat[k] - t[k]",
    says: "softmaxCrossEntropyWithGradient(t, z).gradZ",
    module: ({ z, t, k }) =>
      course.softmaxCrossEntropyWithGradient(t as number[], z as number[]).gradZ[k - 1]!,
  },
  {
    id: "D14",
    line: "phat[k] * (delta(k, l) - phat[l])",
    says: "softmaxHessian(z)",
    module: ({ z, k, l }) => course.softmaxHessian(z)[k - 1]![l - 1]!,
  },
  {
    id: "D14",
    line: "sum(j, phat[k] * (delta(k, j) - phat[j]) * v[j])",
    says: "hessianVectorProduct(z, v)",
    module: ({ z, v, k }) => course.hessianVectorProduct(z as number[], v as number[])[k - 1]!,
  },
  {
    id: "D14",
    line: "sum(j, phat[j] * (phat[k] - delta(k, j)) * (phat[l] - delta(l, j)))",
    says: "fisherInformation(z)",
    module: ({ z, k, l }) => course.fisherInformation(z)[k - 1]![l - 1]!,
  },
  {
    id: "D16",
    line: "-sum(k, r[k] * log(r[k]))",
    says: "entropy(softmax(z / tau))",
    module: ({ z, tau }) => course.entropy(course.softmax((z as number[]).map((x) => x / tau))),
  },
  {
    id: "D18",
    line: "-sum(j, t[j] * log(phat[j]))",
    says: "softmaxCrossEntropy(softmax(v / T), z / T)",
    module: ({ z, v, T }) => {
      const teacher = course.softmax((v as number[]).map((x) => x / T));
      return course.softmaxCrossEntropy(
        teacher,
        (z as number[]).map((x) => x / T),
      );
    },
  },
  {
    id: "D18",
    line: "(phat[k] - t[k]) / T",
    says: "the gradient of that, divided by T",
    module: ({ z, v, T, k }) => {
      const teacher = course.softmax((v as number[]).map((x) => x / T));
      const student = (z as number[]).map((x) => x / T);
      return course.softmaxCrossEntropyWithGradient(teacher, student).gradZ[k - 1]! / T;
    },
  },
  {
    id: "D23",
    line: "-log(sigma(beta * d))",
    says: "-logSigmoid(beta d)",
    module: ({ beta, d }) => -course.logSigmoid(beta * d),
  },
  {
    id: "D15",
    line: "KL(p, r) - KL(p, q)",
    says: "klDivergence twice",
    module: ({ p, q, r }) => course.klDivergence(p, r) - course.klDivergence(p, q),
  },
  {
    id: "D17",
    line: "CE(u, q)",
    says: "crossEntropy(uniform(K), q)",
    module: ({ q }) => course.crossEntropy(course.uniform((q as number[]).length), q),
  },
  {
    id: "D17",
    line: "-log(q[c])",
    says: "oneHotCrossEntropy(c, q)",
    module: ({ c, q }) => course.oneHotCrossEntropy(c - 1, q),
  },
  {
    id: "D21",
    line: "exp(-1 / T * sum(t, log(q[t])))",
    says: "perplexity of the mean surprisal",
    module: ({ q }) => course.perplexity(course.mean((q as number[]).map(course.surprisal))),
  },
  { id: "D22", line: "H(s)", says: "entropy of the stationary law", module: ({ s }) => course.entropy(s) },
  {
    id: "D22",
    line: "H(s) - sum(i, s[i] * H(P[i]))",
    says: "mutualInformation of neighbours",
    module: ({ s, P }) => course.mutualInformation(rows({ a: s, r: P })),
  },
  {
    id: "D23",
    line: "KL(p, q)",
    says: "klDivergence(p, q)",
    module: ({ p, q }) => course.klDivergence(p, q),
  },
];

let arithmetic: Arithmetic;
beforeAll(async () => {
  arithmetic = await loadArithmetic();
});

const number = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(number) : (value as Decimal).toNumber();

describe.each(cases.map((one) => [`${one.id}: ${one.line}`, one] as const))("%s", (_, one) => {
  test(`is ${one.says}`, () => {
    const derivation = course.derivations.find(({ id }) => id === one.id)!;
    const context = contextOf(derivation);
    const evaluate = evaluator(context, arithmetic);
    for (const point of samplePoints(context, arithmetic, { seed: 5, points: 3 })) {
      const at = Object.fromEntries(
        Object.entries(point.values).map(([name, value]) => [name, number(value)]),
      );
      const exact = evaluate(context.parse(one.line), point).toNumber();
      const computed = one.module(at as Numbers);
      expect(Math.abs(computed - exact)).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(exact)));
    }
  });
});

test("D9: E KL(p̂, p) is (K − 1)/2n up to O(1/n²), by summing over every possible sample", () => {
  const p = [0.3, 0.7];
  const scaled = [50, 100, 200].map((n) => {
    let mean = 0;
    let weight = p[1]! ** n; // the probability of k successes among n
    for (let k = 0; k <= n; k++) {
      mean += weight * course.klDivergence([k / n, 1 - k / n], p);
      weight *= ((n - k) / (k + 1)) * (p[0]! / p[1]!);
    }
    return 2 * n * mean; // → K − 1 = 1
  });
  const gaps = scaled.map((value) => Math.abs(value - 1)) as [number, number, number];
  expect(gaps[0]).toBeLessThan(0.03);
  expect(gaps[0] / gaps[1]).toBeCloseTo(2, 0);
  expect(gaps[1] / gaps[2]).toBeCloseTo(2, 0);
});

test("D10: the Gaussian cross-entropy is zero at σ = 0.242", () => {
  expect((2 * Math.PI * Math.E) ** -0.5).toBeCloseTo(0.242, 3);
});

test("D17: the floor and the gap that the course quotes", () => {
  const [K, e] = [5, 0.1];
  const t = Array.from({ length: K }, (_, i) => (i === 0 ? 1 - e + e / K : e / K));
  expect(course.entropy(t)).toBeCloseTo(0.38967, 5);
  expect(Math.log((K * (1 - e) + e) / e)).toBeCloseTo(3.8286, 4);
});

test("D20: the focal loss has its minimum at 0.6942 for p = 0.9 and γ = 2", async () => {
  const D20 = course.derivations.find(({ id }) => id === "D20")!;
  const context = contextOf(D20);
  const evaluate = evaluator(context, arithmetic);
  const line = D20.chains.find((chain) => chain.name.startsWith("The slope"))!.steps[1]!.expression;
  const slope = (q: number): number => {
    const values = { p: arithmetic.of("0.9"), q: arithmetic.of(String(q)), gamma: arithmetic.of(2) };
    return evaluate(context.parse(line), { sizes: { K: 2 }, values }).toNumber();
  };
  let [low, high] = [0.5, 0.9];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  expect(low).toBeCloseTo(0.6942, 4);
});
