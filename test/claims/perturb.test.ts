import { expect, test } from "vitest";
import { toleratedError } from "../../tools/claims/perturb";

const record = (actual: number, expected: number, tolerance: number | { se: number }) => ({
  id: "S001",
  what: "",
  comparison: { actual, expected, tolerance },
});

test("toleratedError() finds a tolerance that is too loose to show anything", () => {
  expect(toleratedError(record(0.5919, 0.5919, 0.1))).toBeDefined();
  expect(toleratedError(record(0.5919, 0.5919, 5e-5))).toBeUndefined();
});

test("toleratedError() lets an estimate pass whose standard error could tell 10 % apart", () => {
  expect(toleratedError(record(2.007e-3, 2e-3, { se: 2.3e-5 }))).toBeUndefined();
  expect(toleratedError(record(2.007e-3, 2e-3, { se: 2.3e-4 }))).toBeDefined();
});
