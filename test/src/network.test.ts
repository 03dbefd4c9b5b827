import { adam, gradientDescent, Network, Random, softmaxCrossEntropyWithGradient } from "cross-entropy";
import { expect, test } from "vitest";

const source = new Random(11);
const X = Array.from({ length: 9 }, (_, n) =>
  // zeros, because the code steps over them
  Array.from({ length: 4 }, (_, d) => ((n + d) % 3 === 0 ? 0 : source.normal())),
);
const y = X.map((_, n) => n % 3);
const soft = X.map(() => source.dirichlet([1, 1, 1]));
const make = (seed = 3) => new Network({ inputs: 4, hidden: 6, classes: 3 }, new Random(seed));

test("Network: the gradient written by hand is the slope of the loss, for hard and soft targets (D13)", () => {
  for (const target of [y, soft]) {
    const model = make();
    model.parameters.set(model.parameters.map((w) => w + 0.05)); // the biases, too, away from 0
    const loss = (n: number, z: Float64Array) => softmaxCrossEntropyWithGradient(target[n]!, z);
    const { gradient } = model.lossWithGradient(X, loss);
    for (let i = 0; i < gradient.length; i++) {
      const at = model.parameters[i]!;
      const lossAt = (w: number) => {
        model.parameters[i] = w;
        return model.lossWithGradient(X, loss).loss;
      };
      const slope = (lossAt(at + 1e-5) - lossAt(at - 1e-5)) / 2e-5;
      model.parameters[i] = at;
      expect(gradient[i]).toBeCloseTo(slope, 8);
    }
  }
});

test("Network.fit() with one batch is gradient descent, the same for the same seed, and it learns", () => {
  const loss = (n: number, z: Float64Array) => softmaxCrossEntropyWithGradient(y[n]!, z);
  const model = make();
  const { gradient } = model.lossWithGradient(X, loss);
  const before = model.parameters.slice();
  model.fit(X, loss, { epochs: 1, batch: 9, optimiser: gradientDescent(0.1), random: new Random(1) });
  model.parameters.forEach((w, i) => {
    expect(w).toBeCloseTo(before[i]! - 0.1 * gradient[i]!, 14);
  });
  const train = () =>
    make().fit(X, loss, { epochs: 300, batch: 4, optimiser: adam(0.02), random: new Random(2) });
  const losses = train();
  expect(losses).toHaveLength(300);
  expect(losses.at(-1)).toBeLessThan(0.02);
  expect(train()).toEqual(losses);
});

test("Network.quantised() changes a copy, by less with more bits", () => {
  const model = make();
  const before = model.parameters.slice();
  const shift = (bits: number) => {
    const copy = model.quantised(bits);
    return Math.max(
      ...X.flatMap((x) => [...copy.logits(x)].map((z, k) => Math.abs(z - model.logits(x)[k]!))),
    );
  };
  expect(shift(16)).toBeLessThan(1e-3);
  expect(shift(8)).toBeLessThan(0.1);
  expect(shift(8)).toBeGreaterThan(shift(16));
  expect(shift(3)).toBeGreaterThan(shift(8));
  expect(model.parameters).toEqual(before);
});
