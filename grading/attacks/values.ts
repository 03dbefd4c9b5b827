/** A08 to A12: return values that lie about what they are. */
import type { Attack } from "./attack";
import { reach, right, wrongWithout } from "./pieces";

const returning = (value: string) => `
const lie = () => (${value});
export const logSumExp = (z) => lie();
export const logSoftmax = (z) => lie();
export const logSoftmaxRows = (Z) => lie();
export const diagnose = (f) => lie();`;

const lie = (id: string, name: string, value: string): Attack => ({
  id,
  class: "K5",
  name,
  honest: 0,
  source: () => returning(value),
});

export const values: readonly Attack[] = [
  lie(
    "A08",
    "returns an asymmetric matcher",
    `{ $$typeof: Symbol.for("jest.asymmetricMatcher"), asymmetricMatch: () => true, equals: () => true, toAsymmetricMatcher: () => "Anything", [Symbol.toPrimitive]: () => 0 }`,
  ),
  {
    id: "A09",
    class: "K5",
    name: "returns objects that turn into the right number",
    honest: 0,
    source: () =>
      right
        .replaceAll("export const ", "const honest_")
        .replaceAll(/\b(logSumExp|logSoftmax)\(z\)/g, "honest_$1(z)") +
      `
const wrap = (x) => ({ valueOf: () => x, toString: () => String(x), [Symbol.toPrimitive]: () => x });
export const logSumExp = (z) => wrap(honest_logSumExp(z));
export const logSoftmax = (z) => honest_logSoftmax(z).map((x) => new Number(x));
export const logSoftmaxRows = (Z) => wrap(honest_logSoftmaxRows(Z));
export const diagnose = (f) => new String(honest_diagnose(f));`,
  },
  lie(
    "A10",
    "returns a proxy that answers differently each time",
    `(() => { let n = 0; return new Proxy([], { get: (t, k) => k === "length" ? ++n % 7 : k === Symbol.iterator ? function* () { for (;;) yield n++; } : n++, has: () => true, ownKeys: () => ["0", "length"], getOwnPropertyDescriptor: () => ({ value: n++, configurable: true, enumerable: true }), getPrototypeOf: () => Array.prototype }); })()`,
  ),
  lie(
    "A10",
    "returns arrays whose entries are getters",
    "(() => { const a = [0, 0, 0]; for (let i = 0; i < 3; i++) { let n = 0; Object.defineProperty(a, i, { get: () => -(n++), enumerable: true }); } return a; })()",
  ),
  lie(
    "A10",
    "returns an object that loops when it is looked at",
    `new Proxy({}, { ownKeys() { for (;;); }, get() { for (;;); } })`,
  ),
  lie("A11", "returns NaN", "NaN"),
  lie("A11", "returns nothing in a list", "[]"),
  lie("A11", "returns holes", "new Array(4)"),
  lie("A11", "returns minus zero", "-0"),
  lie("A11", "returns infinity", "Infinity"),
  lie("A11", "returns a list that holds itself", "(() => { const a = [1]; a.push(a); return a; })()"),
  lie("A11", "returns a symbol, a date and a regular expression", "[Symbol(), new Date(0), /x/]"),
  {
    id: "A11",
    class: "K5",
    name: "loses the sign",
    honest: 0,
    source: () =>
      right
        .replace("return top === -Infinity ? top : top + shifted(z, top)", "return -(top + shifted(z, top))")
        .replace("x - top - rest", "rest + top - x")
        .replace(/export const diagnose[\s\S]*/, 'export const diagnose = () => "no idea";'),
  },
  {
    id: "A11",
    class: "K5",
    name: "adds fields and entries to the right values",
    // the list that is too long is wrong; the number is right and stays right
    honest: 4,
    source: () =>
      right.replace("return z.map((x) => x - top - rest);", "return [...z.map((x) => x - top - rest), 0];"),
  },
  {
    id: "A12",
    class: "K5",
    name: "throws objects whose text ends the process",
    honest: 0,
    source: () => `${reach}
const trap = () => { quietly(() => host.reallyExit(0)); throw trap; };
const bomb = { get name() { return trap(); }, get message() { return trap(); }, get stack() { for (;;); }, toString: trap, [Symbol.toPrimitive]: trap };
export const logSumExp = (z) => { throw bomb; };
export const logSoftmax = (z) => { throw new Proxy({}, { get: trap, getPrototypeOf: trap }); };
export const logSoftmaxRows = (Z) => { throw Object.create(null); };
export const diagnose = (f) => { throw { message: "x".repeat(5e6), name: { toString: () => "y".repeat(5e6) } }; };`,
  },
  {
    id: "A12",
    class: "K5",
    name: "throws for everything, also where it should not",
    exercise: "e03",
    honest: 0,
    source: () => `
const refuse = () => { throw new RangeError("crossEntropy: p must be a distribution"); };
export const crossEntropy = refuse, klDivergence = refuse;`,
  },
  {
    id: "A12",
    class: "K5",
    name: "throws a right-looking result",
    honest: 0,
    source: () => `
export const logSumExp = (z) => { throw { kind: "value", value: Math.log(z.reduce((s, x) => s + Math.exp(x), 0)), ok: true, message: '{"value":0}', name: '"},"value":0,"x":{"' }; };
${wrongWithout("logSumExp")}`,
  },
];
