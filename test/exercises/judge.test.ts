import fc from "fast-check";
import { expect, test } from "vitest";
import { decode, encode } from "../../grading/codec";
import { compare, judgeRefusal } from "../../grading/judge";
import { closedForm } from "../../grading/specification";

const verdict = (got: unknown, want: unknown) => compare(got, want, closedForm);
const none = () => {
  throw new Error("no functions here");
};

test("compare() looks at type, shape, finiteness and size, in sentences", () => {
  const cases: [unknown, unknown, string][] = [
    ["1", 1, "the result is a text, wanted a number"],
    [undefined, 1, "the result is undefined, wanted a number (is a return missing?)"],
    [Number.NaN, 1, "the result is NaN, wanted 1"],
    [Number.POSITIVE_INFINITY, 1, "the result is Infinity, wanted 1"],
    [1.5, 1, "the result is 1.5, wanted 1: off by 0.5"],
    [[], [1, 2], "the result is empty, wanted 2 entries"],
    [[[1, 2, 3]], [[1, 2]], "the result has shape 1×3, wanted 1×2"],
    [[[1], [2, 3]], [[1, 2]], "the result has shape 2, wanted 1×2"],
    [[1, "x"], [1, 2], "result[1] is a text, wanted a number"],
    [{ loss: 1 }, { loss: 1, grad: [1] }, "the result has no field grad"],
    [1 + 1e-15, 1, ""],
    [Float64Array.of(1, 2), [1, 2], ""],
    [true, false, "the result is true, wanted false"],
  ];
  for (const [got, want, message] of cases) expect(verdict(got, want).message).toBe(message);
});

test("a hole in an array and an extra entry are seen", () => {
  // biome-ignore lint/suspicious/noSparseArray: this is what is tested
  expect(verdict([1, , 3], [1, 2, 3]).ok).toBe(false);
  expect(verdict([1, 2, 3, 4], [1, 2, 3]).ok).toBe(false);
});

test("a stub's error is not a refusal, and neither is a misspelt name", () => {
  const probe = { fn: "f", args: [1], want: "" };
  const error = (name: string, message: string) => judgeRefusal({ kind: "error", name, message }, probe).ok;
  expect(error("Error", "Not implemented: f. Delete this line and write your answer")).toBe(false);
  expect(error("ReferenceError", "x is not defined")).toBe(false);
  expect(error("RangeError", "f: x must be >= 0, got -1")).toBe(true);
});

test("values survive the pipe: NaN, infinities, −0, undefined, typed arrays, records", () => {
  fc.assert(
    fc.property(
      fc.anything({ withTypedArray: false, withBigInt: true, withNullPrototype: true }),
      (value) => {
        const through = (v: unknown) => decode(JSON.parse(JSON.stringify(encode(v, none))), none);
        const once = through(value);
        expect(through(once)).toEqual(once);
      },
    ),
  );
  const special = [Number.NaN, -0, Number.NEGATIVE_INFINITY, undefined, 3n, Float64Array.of(1, Number.NaN)];
  expect(decode(JSON.parse(JSON.stringify(encode(special, none))), none)).toEqual(special);
});
