/** A21, A22 and A60: attacks that try to learn the wanted values and to answer from memory. */
import { reference } from "../answers";
import { probesOf } from "../grade";
import { PRACTICE_SEED } from "../practice";
import type { Specification } from "../specification";
import { exercises } from "../specs";
import type { Attack } from "./attack";
import { right, wrong, wrongWithout } from "./pieces";

const literal = (value: unknown): string => {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value === undefined) return "undefined";
  if (Array.isArray(value)) return `[${value.map(literal).join(",")}]`;
  if (value !== null && typeof value === "object")
    return `({${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}:${literal(v)}`)}})`;
  return JSON.stringify(value);
};

/** A table of everything that the practice checks ask and want: what can be learnt by reading their messages. */
export function tableOf(spec: Specification, seed = PRACTICE_SEED): string {
  const names = Object.keys(reference(spec));
  const rows = spec.checks
    .filter((check) => !check.derivation)
    .flatMap((check) => probesOf(check, seed))
    .filter(({ args, want }) => !/function/.test(kinds([args, want])))
    .map(({ fn, args, want }) => `[${JSON.stringify(`${fn} ${literal(args)}`)}, ${literal(want)}]`);
  return `
const table = new Map([${[...new Set(rows)].join(",\n")}]);
const text = (v) => typeof v === "number" ? (Object.is(v, -0) ? "-0" : String(v)) : v === undefined ? "undefined"
  : Array.isArray(v) || ArrayBuffer.isView(v) ? "[" + Array.from(v, text).join(",") + "]"
  : v !== null && typeof v === "object" ? "({" + Object.entries(v).map(([k, x]) => JSON.stringify(k) + ":" + text(x)) + "})" : JSON.stringify(v);
const recall = (fn, args) => table.get(fn + " " + text(args));
${names.map((n) => `export const ${n} = (...args) => recall("${n}", args);`).join("\n")}`;
}
const kinds = (value: unknown): string =>
  value !== null && typeof value === "object" ? Object.values(value).map(kinds).join() : typeof value;

const e12 = exercises.find((e) => e.specification.id === "e12")!.specification;

export const knowledge: readonly Attack[] = [
  {
    id: "A21",
    class: "K6",
    name: "tells its inputs by print, error, length and time",
    honest: 0,
    source: () => `
const tell = (z) => {
  const text = JSON.stringify(z, (_, x) => typeof x === "number" ? String(x) : typeof x === "function" ? String(x) : x);
  console.log(text);
  const until = Date.now() + (text.length % 50);
  while (Date.now() < until);
  throw new Error("hidden input: " + text);
};
export const logSumExp = tell, logSoftmax = tell, logSoftmaxRows = tell;
export const diagnose = (f) => { tell([f.name, f.length, f([0, 0]), String(f)]); };`,
  },
  {
    id: "A22",
    class: "K6",
    name: "answers from a table of all values that practice shows",
    // only "extremes" asks for little that is new, and its random row is new
    honest: 0,
    source: () => tableOf(e12),
  },
  {
    id: "A60",
    class: "K6",
    name: "answers the visible examples and nothing else",
    honest: 0,
    source: () => `
const known = new Map([["0,0", Math.log(2)], ["1,2,3", 3.4076059644443806], ["-5", -5], ["1000,1001,999", 1001.4076059644444]]);
export const logSumExp = (z) => known.get(String(z));
${wrongWithout("logSumExp")}`,
  },
  {
    id: "A22",
    class: "K6",
    name: "collects the host's functions and asks them for the wanted values",
    // a callback gives what the exercise lets it give; the diagnosis is not among it
    honest: 0,
    source: () => `
const collected = [];
export const diagnose = (f) => {
  collected.push(f);
  const text = [f.name, f.length, String(f), Object.keys(f), f.constructor.name, f.prototype].join();
  for (const g of collected) try { g("ok"); g(); g(null); g([NaN]); g(g); g({ length: 1e9 }); } catch {}
  return /ok|overflow|underflow|precision/.exec(text)?.[0] ?? "no idea";
};
${wrongWithout("diagnose")}`,
  },
  {
    id: "A62",
    class: "K6",
    name: "carries another student's remembered results",
    honest: 0,
    source: () => tableOf(e12, "another student"),
  },
  {
    id: "A21",
    class: "K6",
    name: "is right and prints its inputs",
    honest: 8,
    innocent: true,
    source: () =>
      right
        .replace(
          "export const logSumExp = (z) => {",
          'export const logSumExp = (z) => { console.log(z, "seen");',
        )
        .concat(`\nconsole.log("loaded", ${JSON.stringify(wrong.length)});`),
  },
];
