import {
  conditionalCrossEntropy,
  conditionalEntropy,
  crossEntropy,
  entropy,
  jointCrossEntropy,
  jointEntropy,
  marginal,
  mutualInformation,
  Random,
  transpose,
} from "cross-entropy";
import { expect, test } from "vitest";

const random = new Random(7);
const randomJoint = (rows: number, columns: number) => {
  const flat = random.simplex(rows * columns);
  return Array.from({ length: rows }, (_, x) => flat.slice(x * columns, (x + 1) * columns));
};

test("the chain rule holds for entropy and cross-entropy (D7)", () => {
  for (let k = 0; k < 200; k++) {
    const [p, q] = [randomJoint(3, 4), randomJoint(3, 4)];
    expect(jointEntropy(p)).toBeCloseTo(entropy(marginal(p)) + conditionalEntropy(p), 14);
    const chained = crossEntropy(marginal(p), marginal(q)) + conditionalCrossEntropy(p, q);
    expect(jointCrossEntropy(p, q)).toBeCloseTo(chained, 13);
  }
});
test("mutual information is what knowing one coordinate saves on the other, either way round", () => {
  for (let k = 0; k < 100; k++) {
    const p = randomJoint(4, 3);
    const information = mutualInformation(p);
    expect(information).toBeCloseTo(entropy(marginal(transpose(p))) - conditionalEntropy(p), 13);
    expect(information).toBeCloseTo(mutualInformation(transpose(p)), 13);
  }
});
test("independent coordinates share no information", () => {
  const [a, b] = [random.simplex(3), random.simplex(5)];
  expect(mutualInformation(a.map((ai) => b.map((bj) => ai * bj)))).toBeCloseTo(0, 14);
});
test("a row that only the model holds impossible costs Infinity; one that neither allows costs nothing", () => {
  const p = [
    [0.5, 0.5],
    [0, 0],
  ];
  const q = [
    [0, 0],
    [0.5, 0.5],
  ];
  expect(conditionalCrossEntropy(p, q)).toBe(Infinity);
  expect(conditionalCrossEntropy(p, p)).toBe(conditionalEntropy(p));
  expect(conditionalEntropy(p)).toBe(Math.LN2);
});
