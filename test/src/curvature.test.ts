import { fisherInformation, hessianVectorProduct, Random, softmax, softmaxHessian } from "cross-entropy";
import { expect, test } from "vitest";
import { big, bigRow, q, qMinusOne, ulpError, zero } from "../../tools/accuracy/reference";

const random = new Random(5);
const rows = Array.from({ length: 20 }, (_, n) => {
  const V = 2 + random.integer(5);
  const scale = [1, 5, 40][n % 3]!;
  return {
    z: Array.from({ length: V }, () => scale * random.normal()),
    v: Array.from({ length: V }, () => random.normal()),
  };
});

test("softmaxHessian() is diag(q) − q qᵀ, with rows that sum to 0 (D14)", () => {
  for (const { z } of rows) {
    const r = bigRow(z);
    softmaxHessian(z).forEach((row, i) => {
      row.forEach((h, j) => {
        const exact = i === j ? q(r, i).times(qMinusOne(r, i)).neg() : q(r, i).times(q(r, j)).neg();
        expect(ulpError(h, exact)).toBeLessThanOrEqual(3);
      });
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 15);
    });
  }
});

test("fisherInformation() is the Hessian: the label cancels (D14)", () => {
  for (const { z } of rows) {
    const hessian = softmaxHessian(z);
    fisherInformation(z).forEach((row, i) => {
      row.forEach((f, j) => {
        expect(f).toBeCloseTo(hessian[i]![j]!, 15);
      });
    });
  }
});

test("hessianVectorProduct() keeps its digits on confident rows (D14)", () => {
  for (const { z, v } of rows) {
    const r = bigRow(z);
    const a = z.indexOf(Math.max(...z));
    const w = v.map((x) => big(x).minus(big(v[a]!)));
    const mu = w.reduce((s, x, k) => s.plus(x.times(q(r, k))), zero);
    hessianVectorProduct(z, v).forEach((h, j) => {
      const exact = q(r, j).times(w[j]!.minus(mu));
      // where vⱼ is near the mean the difference cancels, whatever the form: measured by the larger of the two
      const scale = Math.max(
        1,
        (big(Math.abs(w[j]!.toNumber())).toNumber() || 0) / Math.abs(w[j]!.minus(mu).toNumber()),
      );
      expect(ulpError(h, exact)).toBeLessThanOrEqual(5 * scale);
    });
  }
});

test("hessianVectorProduct() maps a constant to 0, and needs no matrix for 50,000 classes", () => {
  expect(hessianVectorProduct([1, 2, 3], [4, 4, 4]).every((x) => x === 0)).toBe(true);
  const z = Float64Array.from({ length: 50_000 }, () => random.normal());
  const v = z.map(() => random.normal());
  const out = new Float64Array(50_000);
  expect(hessianVectorProduct(z, v, { out })).toBe(out);
  const p = softmax(z);
  let m1 = 0;
  let m2 = 0;
  let product = 0;
  for (let k = 0; k < v.length; k++) {
    m1 += p[k]! * v[k]!;
    m2 += p[k]! * v[k]! ** 2;
    product += v[k]! * out[k]!;
  }
  expect(product).toBeCloseTo(m2 - m1 * m1, 10); // vᵀHv is a variance
});

test("a row without softmax has no curvature, and a masked class has curvature 0", () => {
  expect(hessianVectorProduct([NaN, 1], [1, 2])).toEqual([NaN, NaN]);
  expect(hessianVectorProduct([0, 0, -Infinity], [1, 2, 3])).toEqual([-0.25, 0.25, 0]);
  expect(softmaxHessian([0, -Infinity])).toEqual([
    [0, -0],
    [-0, 0],
  ]);
});
