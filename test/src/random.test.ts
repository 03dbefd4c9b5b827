import { covers, interval95, mean, meanWithStandardError, Random, variance } from "cross-entropy";
import { expect, test } from "vitest";

test("Random reproduces the published sequence of xoshiro256** from the state 1, 2, 3, 4", () => {
  const random = Random.fromState([1n, 2n, 3n, 4n]);
  // The vector that the generator's ports share (rand_xoshiro, NumPy): from the authors' C code.
  const expected = [
    11520n,
    0n,
    1509978240n,
    1215971899390074240n,
    1216172134540287360n,
    607988272756665600n,
    16172922978634559625n,
    8476171486693032832n,
    10595114339597558777n,
    2904607092377533576n,
  ];
  expect(expected.map(() => random.bits())).toEqual(expected);
});

// xoshiro256's step is linear over bits: a 256 × 256 matrix of zeros and ones.
type BitMatrix = bigint[]; // row i: the state that the state with only bit i set becomes
const MASK = (1n << 64n) - 1n;
function referenceStep(state: bigint): bigint {
  const s = [0, 1, 2, 3].map((i) => (state >> BigInt(64 * i)) & MASK) as [bigint, bigint, bigint, bigint];
  const t = (s[1] << 17n) & MASK;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = ((s[3] << 45n) | (s[3] >> 19n)) & MASK;
  return s[0] | (s[1] << 64n) | (s[2] << 128n) | (s[3] << 192n);
}
function apply(matrix: BitMatrix, state: bigint): bigint {
  let image = 0n;
  const digits = state.toString(2);
  for (let i = 0; i < digits.length; i++) if (digits[digits.length - 1 - i] === "1") image ^= matrix[i]!;
  return image;
}

test("split() leaves the parent exactly 2^128 steps ahead, by the power of the step's matrix", () => {
  let matrix: BitMatrix = Array.from({ length: 256 }, (_, i) => referenceStep(1n << BigInt(i)));
  for (let k = 0; k < 128; k++) {
    const square = matrix;
    matrix = square.map((row) => apply(square, row));
  }
  const state = 1n | (2n << 64n) | (3n << 128n) | (4n << 192n);
  const image = apply(matrix, state);
  const words = [0n, 64n, 128n, 192n].map((shift) => (image >> shift) & MASK);
  const parent = Random.fromState([1n, 2n, 3n, 4n]);
  const child = parent.split();
  expect(child.bits()).toBe(11520n); // the child goes on where the parent was
  const expected = Random.fromState(words);
  for (let k = 0; k < 5; k++) expect(parent.bits()).toBe(expected.bits());
});

test("the same seed gives the same numbers, another seed others", () => {
  const first = Array.from({ length: 5 }, () => new Random(1).uniform());
  expect(new Set(first).size).toBe(1);
  expect(new Random(2).uniform()).not.toBe(first[0]);
});

test("uniform, normal and exponential numbers have the moments they should", () => {
  const random = new Random(11);
  const N = 40_000;
  const draw = (f: () => number) => Array.from({ length: N }, f);
  const close = (values: number[], truth: number) => {
    const { mean, se } = meanWithStandardError(values);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * se);
  };
  const u = draw(() => random.uniform());
  close(u, 1 / 2);
  close(
    u.map((x) => x * x),
    1 / 3,
  );
  expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...u)).toBeLessThan(1);
  const z = draw(() => random.normal());
  close(z, 0);
  close(
    z.map((x) => x * x),
    1,
  );
  close(
    z.map((x) => x ** 4),
    3,
  );
  close(
    draw(() => random.exponential()),
    1,
  );
  close(
    draw(() => random.integer(6)),
    2.5,
  );
});

test("categorical draws follow the distribution and never give an impossible outcome", () => {
  const random = new Random(5);
  const p = [0, 0.5, 0, 0.3, 0.2, 0];
  const draws = random.categoricals(p, 20_000);
  p.forEach((pi, i) => {
    const hits = draws.map((draw) => (draw === i ? 1 : 0));
    if (pi === 0) expect(mean(hits)).toBe(0);
    else expect(Math.abs(mean(hits) - pi)).toBeLessThan(4 * Math.sqrt((pi * (1 - pi)) / draws.length));
  });
  expect(random.categorical([0, 0, 1])).toBe(2);
});

test("Dirichlet draws are distributions with the right mean and variance, however small the concentrations", () => {
  const random = new Random(6);
  const alpha = [0.5, 1, 2.5];
  const draws = Array.from({ length: 20_000 }, () => random.dirichlet(alpha));
  for (let i = 0; i < 3; i++) {
    const values = draws.map((p) => p[i]!);
    const truth = alpha[i]! / 4;
    expect(Math.abs(mean(values) - truth)).toBeLessThan(4 * Math.sqrt(variance(values) / values.length));
    expect(variance(values)).toBeCloseTo((truth * (1 - truth)) / 5, 2);
  }
  const spiky = random.dirichlet([1e-4, 1e-4]);
  expect(spiky[0]! + spiky[1]!).toBe(1);
});

test("shuffle() keeps the items, leaves its argument alone and is fair", () => {
  const random = new Random(8);
  const items = Object.freeze(["a", "b", "c"]);
  const firsts = Array.from({ length: 9000 }, () => random.shuffle(items).join(""));
  expect(new Set(firsts).size).toBe(6);
  for (const order of new Set(firsts)) {
    const share = meanWithStandardError(firsts.map((first) => (first === order ? 1 : 0)));
    expect(covers(interval95({ mean: share.mean, se: 2 * share.se }), 1 / 6)).toBe(true);
  }
  expect(random.shuffle([])).toEqual([]);
});
