/** A66: steps of a derivation that would blow up whoever parses, simplifies or evaluates them. */
import type { Attack } from "./attack";

const START = "-sum(i, p[i] * log(q[i]))";
const quoted = (text: string) => JSON.stringify(text);

/** the first line is right, then comes the bomb; a line that no rule explains earns nothing */
const bomb = (name: string, expression: string, by = quoted("rearrange")): Attack => ({
  id: "A66",
  class: "K7",
  exercise: "e04",
  name,
  honest: 0,
  source: () => `export const steps = [
  { expression: "${START}", by: "start" },
  { expression: ${expression}, by: ${by} },
  { expression: "H(p) + KL(p, q)", by: "definition" },
];`,
});
const whole = (name: string, source: string): Attack => ({
  id: "A66",
  class: "K7",
  exercise: "e04",
  name,
  honest: 0,
  source: () => source,
});

export const bombs: readonly Attack[] = [
  bomb("nests 100,000 brackets", '"(".repeat(100000) + "p[i]" + ")".repeat(100000)'),
  bomb("nests 200 brackets", '"(".repeat(200) + "p[i]" + ")".repeat(200)'),
  bomb("nests minus signs", '"-".repeat(5000) + "p[i]"'),
  bomb("nests powers", 'Array(3000).fill("2").join("^")'),
  bomb("is a power tower of three nines", quoted("9^9^9^9 * H(p)")),
  bomb("is a range of 10^9 numbers", quoted("sum(1:1000000000)")),
  bomb("makes a matrix of 10^10 entries", quoted("zeros(100000, 100000)")),
  bomb("imports a function", quoted("import({log: f(x) = 0}, {override: true})")),
  bomb("makes a unit", quoted('createUnit("nat") + createUnit("bit", {aliases: ["log"]})')),
  bomb(
    "evaluates and parses again",
    quoted('evaluate("1+1") + parse("x") + simplify("x+x") + derivative("x^2", "x")'),
  ),
  bomb("takes the factorial of a million", quoted("factorial(1000000) + combinations(1000000, 500000)")),
  bomb("reaches for constructors", quoted('cos.constructor("return process")()')),
  bomb("reaches for prototypes", quoted("{}.__proto__.polluted = 1; p.constructor.constructor")),
  bomb("defines a function that calls itself", quoted("f(x) = f(x + 1) + f(x - 1); f(0)")),
  bomb("has a line of a million terms", 'Array(1000000).fill("p[i]").join(" + ")'),
  bomb("has a line of 400 products to expand", 'Array(400).fill("(p[i] + q[i])").join(" * ")'),
  bomb("sums inside sums inside sums", '"sum(i, ".repeat(12) + "p[i]" + ")".repeat(12)'),
  bomb("names a hundred thousand symbols", 'Array.from({ length: 100000 }, (_, i) => "x" + i).join("+")'),
  bomb("writes characters that look like others", quoted("p[і] * log(q[i])\u202e\u0000\ud800")),
  bomb(
    "gives things that are not text",
    "{ toString() { for (;;); }, length: 1e9 }",
    "{ valueOf() { for (;;); } }",
  ),
  bomb("is a regular expression's worst case", '"p[i]" + " ".repeat(50000) + "!"'),
  whole(
    "has a million lines",
    `export const steps = Array(1000000).fill({ expression: "${START}", by: "start" });`,
  ),
  whole(
    "is a proxy of endless length",
    'export const steps = new Proxy([], { get: (t, k) => (k === "length" ? 2 ** 32 - 1 : { expression: "H(p)", by: "start" }) });',
  ),
  whole(
    "is a getter that changes with each look",
    `let n = 0; export const steps = [{ get expression() { return n++ ? "H(p) + KL(p, q)" : "${START}"; }, get by() { return "start"; } }];`,
  ),
  whole(
    "names no rule, all rules, or a rule of its own",
    `export const steps = ["", "*", "__proto__", "constructor", "toString", "any"].map((by) => ({ expression: "H(p) + KL(p, q)", by, relation: "__proto__", limit: { of: "T", to: "infinity" } }));`,
  ),
];
