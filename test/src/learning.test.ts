import {
  adam,
  type Dual,
  derivative,
  gradient,
  gradientDescent,
  HyperDual,
  hessian,
  minimise,
  momentum,
  newton,
  Random,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithGradient,
  softmaxHessian,
  softmaxRegression,
  solve,
  Value,
} from "cross-entropy";
import { describe, expect, test } from "vitest";

const random = new Random(21);
const close = (a: ArrayLike<number>, b: ArrayLike<number>, digits = 12) => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i]!, digits);
};

describe("autograd", () => {
  test("Value.crossEntropy() has the slopes q − t for classes and distributions (D13)", () => {
    const z = [0.3, -1, 2];
    for (const target of [1, [0.2, 0.3, 0.5]])
      close(
        gradient((x) => Value.crossEntropy(target, x), z),
        softmaxCrossEntropyWithGradient(target, z).gradZ,
        15,
      );
    expect(
      Value.crossEntropy(
        1,
        z.map((x) => new Value(x)),
      ).data,
    ).toBe(softmaxCrossEntropy(1, z));
  });
  test("every operation of Value has the derivative that Dual has", () => {
    const f = <T extends Value | Dual>(x: T): T =>
      x
        .multiply(x as never)
        .add(1)
        .log()
        .multiply(x.exp() as never)
        .divide(x.power(2).add(0.5) as never)
        .subtract(x.tanh() as never)
        .add(x.negate().power(0) as never)
        .multiply(0.25) as T;
    for (const x of [0.3, 1.7, -0.8])
      expect(gradient(([v]) => f(v!), [x])[0]).toBeCloseTo(derivative(f<Dual>, x), 12);
    expect(gradient(([x]) => x!.relu(), [2])).toEqual([1]);
    expect(gradient(([x]) => x!.relu(), [-2])).toEqual([0]);
  });
  test("a node that is used twice receives both gradients, and backward() adds to grad", () => {
    const x = new Value(3);
    const y = x.add(x).multiply(x);
    y.backward();
    expect(x.grad).toBe(12);
    y.backward();
    expect(x.grad).toBe(24);
  });
  test("logSumExp() by its own node and by its parts agree; the chain may be 100,000 nodes long", () => {
    const z = [0.5, 1, -2];
    const parts = (x: Value[]) =>
      x
        .map((v) => v.exp())
        .reduce((a, b) => a.add(b))
        .log();
    close(
      gradient((x) => Value.logSumExp(x), z),
      gradient(parts, z),
      15,
    );
    let long = new Value(0);
    for (let n = 0; n < 100_000; n++) long = long.add(1);
    long.backward();
    expect(long.data).toBe(100_000);
  });
});

describe("hyper-dual numbers", () => {
  test("hessian() of log-sum-exp is softmaxHessian() (D14)", () => {
    const z = [0.5, 1, -2];
    const f = (x: HyperDual[]) =>
      x
        .map((v) => v.exp())
        .reduce((a, b) => a.add(b))
        .log();
    hessian(f, z).forEach((row, i) => {
      close(row, softmaxHessian(z)[i]!, 15);
    });
  });
  test("each operation has its second derivative", () => {
    const second = (f: (x: HyperDual) => HyperDual, x: number) => f(new HyperDual(x, 1, 1)).mixed;
    expect(second((x) => x.log(), 2)).toBe(-0.25);
    expect(second((x) => x.log1p(), 1)).toBe(-0.25);
    expect(second((x) => x.tanh(), 0.5)).toBeCloseTo(-2 * Math.tanh(0.5) * (1 - Math.tanh(0.5) ** 2), 15);
    expect(second((x) => x.power(0), 0)).toBe(0);
    expect(second((x) => x.power(1), 0)).toBe(0);
    expect(second((x) => x.multiply(x).subtract(1).negate(), 3)).toBe(-2);
    expect(second((x) => new HyperDual(1).divide(x), 2)).toBe(0.25);
  });
});

describe("optimisers", () => {
  const bowl = (x: Float64Array) => ({
    loss: x[0]! ** 2 + 10 * x[1]! ** 2,
    gradient: [2 * x[0]!, 20 * x[1]!],
  });
  test.each([
    ["gradient descent", () => gradientDescent(0.04), 300],
    ["momentum", () => momentum(0.02, 0.8), 300],
    ["Adam", () => adam(0.05), 900],
  ] as const)("%s reaches the bottom of a bowl, and leaves its arguments alone", (_, optimiser, steps) => {
    const start = [3, -2];
    const { x, loss, losses } = minimise(bowl, start, optimiser(), steps);
    expect(start).toEqual([3, -2]);
    expect(losses).toHaveLength(steps + 1);
    expect(losses[0]).toBe(49);
    expect(loss).toBeLessThan(1e-6);
    close(x, [0, 0], 3);
  });
  test("momentum() adds up its velocity", () => {
    const rule = momentum(1, 0.5);
    expect([...rule.step([1])]).toEqual([-1]);
    expect([...rule.step([1])]).toEqual([-1.5]);
  });
  test("newton() needs one step for a quadratic, and survives a singular Hessian", () => {
    const quadratic = newton(
      (x) => ({
        ...bowl(x),
        hessian: [
          [2, 0],
          [0, 20],
        ],
      }),
      [3, -2],
    );
    expect(quadratic.losses).toHaveLength(2);
    const t = [0.2, 0.3, 0.5];
    const fit = newton(
      (z) => {
        const { loss, gradZ } = softmaxCrossEntropyWithGradient(t, z);
        return { loss, gradient: gradZ, hessian: softmaxHessian(z) };
      },
      [3, 0, -3],
    );
    close(softmax(fit.x), t, 9);
  });
  test("newton() halves a step that would raise the loss, and stops where rounding ends the fall", () => {
    const f = ([x]: Float64Array) => ({
      loss: Math.log(Math.cosh(x!)),
      gradient: [Math.tanh(x!)],
      hessian: [[1 / Math.cosh(x!) ** 2]],
    });
    expect(newton(f, [3]).x[0]).toBeCloseTo(0, 9);
    expect(newton(f, [3], { steps: 0 }).x).toEqual([3]);
    const wrong = newton(([x]) => ({ loss: x!, gradient: [-1], hessian: [[1]] }), [0]); // a gradient of the wrong sign
    expect(wrong.x).toEqual([0]);
  });
});

describe("solve()", () => {
  test("solves random systems to the last digits", () => {
    for (let n = 1; n < 8; n++) {
      const A = Array.from({ length: n }, () => Array.from({ length: n }, () => random.normal()));
      const x = Array.from({ length: n }, () => random.normal());
      close(
        solve(
          A,
          A.map((row) => row.reduce((s, a, j) => s + a * x[j]!, 0)),
        ),
        x,
        9,
      );
    }
  });
  test("exchanges rows where a pivot is 0", () => {
    expect(
      solve(
        [
          [0, 1],
          [2, 0],
        ],
        [3, 4],
      ),
    ).toEqual([2, 3]);
  });
});

describe("softmaxRegression()", () => {
  const truth = [
    [1, -1, 0.5],
    [0, 0.5, -1],
    [-1, 0.5, 0.5],
  ];
  const X = Array.from({ length: 400 }, () => [random.normal(), random.normal()]);
  const y = X.map((x) => random.categorical(softmax(truth.map(([a, b, c]) => a! * x[0]! + b! * x[1]! + c!))));
  test("finds the maximum-likelihood model: its gradient is 0 and the truth is near (D8, D14)", () => {
    const fit = softmaxRegression(y, X);
    expect(fit.losses.length).toBeLessThan(12);
    for (let k = 0; k < 3; k++)
      for (let d = 0; d < 2; d++) {
        const slope = X.reduce(
          (s, x, n) => s + (softmax(fit.logits(x))[k]! - (y[n] === k ? 1 : 0)) * x[d]!,
          0,
        );
        expect(slope / X.length).toBeCloseTo(0, 8);
        const mean = (W: readonly (readonly number[])[]) => (W[0]![d]! + W[1]![d]! + W[2]![d]!) / 3;
        expect(
          Math.abs(fit.weights[k]![d]! - mean(fit.weights) - (truth[k]![d]! - mean(truth))),
        ).toBeLessThan(0.5);
      }
    expect(fit.bias).toHaveLength(3);
  });
  test("separable data have no minimum: the loss falls and the weights grow with each step (W23)", () => {
    const norm = (steps: number) => {
      const { weights, loss } = softmaxRegression([0, 0, 1, 1], [[-2], [-1], [1], [2]], { steps });
      return { loss, size: Math.abs(weights[0]![0]! - weights[1]![0]!) };
    };
    expect(norm(12).size).toBeGreaterThan(norm(5).size + 1);
    expect(norm(12).loss).toBeLessThan(norm(5).loss / 10);
    const cured = softmaxRegression([0, 0, 1, 1], [[-2], [-1], [1], [2]], { penalty: 0.01, steps: 50 });
    expect(cured.losses.length).toBeLessThan(30);
  });
});
