import { agrees } from "cross-entropy/lesson";
import { expect, test } from "vitest";

test("agrees() holds numbers to an absolute tolerance", () => {
  expect(agrees(0.5919, 0.591919, 5e-5)).toBe(true);
  expect(agrees(0.5919, 0.592, 5e-5)).toBe(false);
});

test("agrees() allows four standard errors and no more", () => {
  expect(agrees(1.039, 1, { se: 0.01 })).toBe(true);
  expect(agrees(1.041, 1, { se: 0.01 })).toBe(false);
});

test("agrees() takes infinity only for infinity, and NaN for nothing", () => {
  expect(agrees(Infinity, Infinity, 1)).toBe(true);
  expect(agrees(1e308, Infinity, 1e300)).toBe(false);
  expect(agrees(NaN, 0, 1)).toBe(false);
  expect(agrees(0, NaN, 1)).toBe(false);
});

test("agrees() compares arrays entry by entry and refuses another length or kind", () => {
  expect(agrees([1, 2.0001], [1, 2], 1e-3)).toBe(true);
  expect(agrees([1, 2.1], [1, 2], 1e-3)).toBe(false);
  expect(agrees([1], [1, 2], 1)).toBe(false);
  expect(agrees("1", 1, 0)).toBe(false);
  expect(agrees(true, true, 0)).toBe(true);
});
