import { derivationTasks } from "cross-entropy";
import { beforeAll, expect, test } from "vitest";
import { type Arithmetic, loadArithmetic } from "../../src/derivations/decimal";
import { gradeWith } from "../../src/derivations/grade";
import { parse } from "../../src/derivations/parse";

let arithmetic: Arithmetic;
beforeAll(async () => {
  arithmetic = await loadArithmetic();
});

const task = derivationTasks.E04!;
const start = { expression: task.routes[0]!.start, by: "start" };
const then = (expression: unknown, more: object = {}) => [start, { expression, by: "rearrange", ...more }];

test.each([
  ["no array", "steps"],
  ["null", null],
  ["empty", []],
  ["a thousand lines", Array.from({ length: 1000 }, () => start)],
  ["a line that is no object", [start, 7]],
  ["an expression that is no string", then({ toString: () => "0" })],
  ["a long expression", then(`${"1+".repeat(5000)}1`)],
  ["deep brackets", then(`${"(".repeat(200)}1${")".repeat(200)}`)],
  ["deep minus", then(`${"-".repeat(300)}1`)],
  [
    "a tower of powers",
    then("9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9^9"),
  ],
  ["mathjs's import", then('import("fs")')],
  ["mathjs's createUnit", then('createUnit("x")')],
  ["a range", then("1:1000000000")],
  ["a matrix", then("[1, 2; 3, 4]")],
  ["an assignment", then("p = 1")],
  ["a function definition", then("f(x) = x")],
  ["a string", then('"text"')],
  ["a property", then("p.constructor")],
  ["the prototype", then("__proto__")],
  ["a constructor", then("constructor(1)")],
  ["toString as a function", then("toString(1)")],
  ["an unknown symbol", then("process")],
  ["an unknown function", then("evaluate(p)")],
  ["a factorial", then("170!")],
  ["two statements", then("1; 2")],
  ["an index that hides a function", then("sum(sum, 1)")],
  ["an unknown reason", then("0", { by: "magic" })],
  ["an unknown relation", then("0", { relation: "~" })],
  ["nothing at all", then("")],
  ["a nested sum of sums of sums", then("sum(a, sum(b, sum(c, sum(d, sum(e, sum(f, sum(g, sum(h, 1))))))))")],
])("%s is refused without being run, and earns nothing", (_, steps) => {
  const began = performance.now();
  const grade = gradeWith(arithmetic, steps, task);
  expect(grade.share).toBe(0);
  expect(grade.messages).toHaveLength(1);
  expect(performance.now() - began).toBeLessThan(5000);
});

test.each([
  ["-x^2", "negate"],
  ["a - b - c", "binary"],
  ["2^-x", "binary"],
  ["p[i, j]", "index"],
])("parse() reads %s as mathjs does", (text, kind) => {
  expect(parse(text).kind).toBe(kind);
});

test.each([
  ["1 +", "parse: text must have an expression at token 3, got the end"],
  ["p[i", 'parse: text must have "]" at token 4, got the end'],
  ["foo(1)", "parse: function must be a listed one, got foo"],
  ["log(1, 2)", "parse: log must have 1 arguments, got 2"],
  ["a b", "parse: text must have an operator or the end at token 2, got b"],
])("parse() says what is wrong with %s", (text, message) => {
  expect(() => parse(text)).toThrow(message);
});
