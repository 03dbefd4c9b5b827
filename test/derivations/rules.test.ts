import fs from "node:fs";
import path from "node:path";
import { type Derivation, type Relation, type RuleName, ruleNames } from "cross-entropy";
import { beforeAll, expect, test } from "vitest";
import { checkStep, samplePoints } from "../../src/derivations/check";
import { type Context, contextOf } from "../../src/derivations/context";
import { type Arithmetic, loadArithmetic } from "../../src/derivations/decimal";
import { type Evaluate, evaluator, type Point } from "../../src/derivations/evaluate";
import { explain, otherReasons, ruleScope } from "../../src/derivations/rules/explain";

const playground: Derivation = {
  id: "D0",
  slug: "d00-playground",
  title: "Symbols of the examples in NOTATION.md",
  statement: "",
  symbols: {
    p: { is: "distribution", size: "K" },
    q: { is: "distribution", size: "K" },
    t: { is: "distribution", size: "K", zeros: true },
    z: { is: "real", size: "K" },
    x: { is: "positive" },
    y: { is: "positive" },
    n: { is: "positive" },
    a: { is: "real" },
    b: { is: "real" },
    c: { is: "label", size: "K" },
    k: { is: "label", size: "K" },
  },
  definitions: {
    "H(a)": "-sum(i, a[i] * log(a[i]))",
    "KL(a, b)": "sum(i, a[i] * log(a[i] / b[i]))",
    "s[k]": "exp(z[k]) / sum(i, exp(z[i]))",
  },
  assumptions: [],
  chains: [],
};

type Row = { by: RuleName; from: string; to: string };
const relations: Partial<Record<RuleName, Relation>> = {
  "both sides": "<=>",
  solve: "<=>",
  "log x <= x - 1": "<=",
  "Jensen, log concave": "<=",
  "log-sum inequality": ">=",
  ceiling: "<",
  "nonnegative terms": ">=",
  "part of a sum": "<=",
  Gibbs: ">=",
  "largest term": "<=",
  limit: "->",
};

const notation = fs.readFileSync(path.resolve(__dirname, "../../NOTATION.md"), "utf8");
const table = notation.slice(notation.indexOf("## Rules of the derivations"));
const cells = table
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()));
const rows = cells
  .map(
    (row): Row => ({
      by: row[1] as RuleName,
      from: row[4]!.replace(/`/g, ""),
      to: row[5]!.replace(/`/g, ""),
    }),
  )
  .filter((row) => row.from !== "");

let context: Context;
let arithmetic: Arithmetic;
let evaluate: Evaluate;
let points: Point[];

beforeAll(async () => {
  arithmetic = await loadArithmetic();
  context = contextOf(playground);
  evaluate = evaluator(context, arithmetic);
  points = samplePoints(context, arithmetic, { points: 4 });
});

const scope = () => ruleScope(context, evaluate, points);
const lines = (from: string, to: string, by: RuleName, relation: Relation = "=") =>
  [
    { expression: from, by: "start" },
    { expression: to, by, relation, limit: { of: "n", to: "infinity" } },
  ] as const;

test("NOTATION.md lists every reason once, in the order of the code", () => {
  expect(cells.map((row) => row[1])).toEqual(ruleNames.filter((name) => name !== "start"));
});

test.each(rows.map((row) => [row.by, row] as const))("the example of '%s' is explained by it", (by, row) => {
  const [above, step] = lines(row.from, row.to, by, relations[by]);
  expect(explain(above, step, scope())).not.toBe("nothing");
});

test.each(rows.filter((row) => !row.from.includes("==")).map((row) => [row.by, row] as const))(
  "the example of '%s' is true",
  (by, row) => {
    const [above, step] = lines(row.from, row.to, by, relations[by]);
    expect(checkStep(above, step, {}, points, context, evaluate, arithmetic).ok).toBe(true);
  },
);

test.each([
  ["log of a quotient", "log(a / b)", "log(a) - log(b)", "the parts may be negative"],
  ["log of a product", "log(x * z[c])", "log(x) + log(z[c])", "a logit may be negative"],
  ["log of a power", "log(a^n)", "n * log(a)", "the base may be negative"],
  ["sums to 1", "sum(i, z[i])", "1", "logits do not sum to 1"],
  ["sums to 1", "sum(i, p[c])", "1", "the index is not summed over"],
  ["sums to 1", "sum(i, p[i] * z[i])", "z[c]", "a weighted sum"],
  ["linearity", "log(sum(i, p[i] * q[i]))", "sum(i, log(p[i] * q[i]))", "log is not linear"],
  [
    "exchange sums",
    "sum(i, p[i]) * sum(i, q[i])",
    "sum(i, p[i] * q[i])",
    "a product of sums is a double sum",
  ],
  ["differentiate", "diff(log(sum(i, exp(z[i]))), z[k])", "1", "the derivative of log-sum-exp is a softmax"],
  ["differentiate", "diff(s[c], z[k])", "s[c] * (1 - s[c])", "the off-diagonal of the Jacobian"],
  ["pick the term", "sum(i, delta(i, c) * z[i])", "z[k]", "the wrong index"],
  ["cancel", "sum(i, p[i] * q[i]) / sum(i, p[i])", "sum(i, q[i])", "sums do not cancel term by term"],
] as const)("'%s' refuses %s → %s: %s", (by, from, to, _why) => {
  const [above, step] = lines(from, to, by);
  expect(explain(above, step, scope())).toBe("nothing");
});

test.each([
  ["Jensen, log concave", "sum(i, p[i] * log(q[i]))", ">=", "log(sum(i, p[i] * q[i]))", "the direction"],
  [
    "Jensen, log concave",
    "sum(i, z[i] * log(q[i]))",
    "<=",
    "log(sum(i, z[i] * q[i]))",
    "weights must be a distribution",
  ],
  [
    "Jensen, log concave",
    "-sum(i, p[i] * log(q[i]))",
    "<=",
    "-log(sum(i, p[i] * q[i]))",
    "minus turns it round",
  ],
  ["log x <= x - 1", "-log(x)", "<=", "-(x - 1)", "minus turns it round"],
  [
    "log x <= x - 1",
    "sum(i, z[i] * log(q[i]))",
    "<=",
    "sum(i, z[i] * (q[i] - 1))",
    "weights may be negative",
  ],
  ["Gibbs", "sum(i, p[i] * log(q[i] / p[i]))", ">=", "0", "the divergence with its sign turned"],
  ["Gibbs", "sum(i, p[i] * log(p[i] / x))", ">=", "0", "x is no distribution"],
  ["part of a sum", "sumWhere(i, t[i] > 0, z[i])", "<=", "sum(i, z[i])", "terms may be negative"],
  ["nonnegative terms", "x + a", ">=", "x", "a may be negative"],
  ["ceiling", "ceil(a)", ">", "a", "the ceiling may be equal"],
] as const)("'%s' refuses %s %s %s: %s", (by, from, relation, to, _why) => {
  const [above, step] = lines(from, to, by, relation);
  expect(explain(above, step, scope())).toBe("nothing");
});

test("another reason that would do is found", () => {
  const [above, step] = lines("log(x / y)", "log(x) - log(y)", "linearity");
  expect(otherReasons(above, step, scope())).toEqual(["log of a quotient"]);
});
