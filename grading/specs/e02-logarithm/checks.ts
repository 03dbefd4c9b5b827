import { propertyCheck } from "../../check";
import { derivationCheck } from "../../derivation";
import { ship } from "../../inside";
import {
  type Probe,
  RemoteFunction,
  type Reply,
  type Specification,
  type Subject,
} from "../../specification";

type F = (p: number) => number;
const names = ["1 - p", "1/p - 1", "(log p)^2", "-log p"];
const right: F[] = [(p) => 1 - p, (p) => 1 / p - 1, (p) => Math.log(p) ** 2, (p) => -Math.log(p)];

/** asks the answer's candidates for their values at a few points */
async function tabulate(subject: Subject, probe: Probe): Promise<Reply> {
  const made = await subject.call("candidates", []);
  if (made.kind !== "value") return made;
  const record = made.value as Record<string, unknown>;
  const table: Record<string, unknown[]> = {};
  for (const name of Object.keys(record ?? {})) {
    const f = record[name];
    table[name] = [];
    if (!(f instanceof RemoteFunction)) continue;
    for (const p of probe.args[0] as number[]) {
      const reply = await subject.apply(f, [p]);
      if (reply.kind !== "value") return reply;
      table[name].push(reply.value);
    }
  }
  return { ...made, value: table };
}

/** a thousand and more questions to a function of ours, which a box runs inside, and practice between two processes */
const SEARCH = 5000;

const difference = (f: F, p: number, q: number) => Math.abs(f(p * q) - f(p) - f(q));
/** is this pair really a counter-example? */
function breaks(f: F, axiom: number, { p, q }: { p: number; q: number }): boolean {
  if (axiom === 1) return Math.abs(f(1)) > 1e-10;
  if (axiom === 2) return p !== q && f(Math.min(p, q)) <= f(Math.max(p, q));
  return difference(f, p, q) > 1e-10 * (1 + Math.abs(f(p)) + Math.abs(f(q)));
}
const inside = (x: unknown) => typeof x === "number" && x > 0 && x < 1;

/** functions under test, with the demands that they break */
const subjects: [f: F, broken: number[]][] = [
  [right[0]!, [3]],
  [right[1]!, [3]],
  [right[2]!, [3]],
  [(p) => 1 / Math.sqrt(p), [1, 3]],
  // increasing: additive, and zero at 1, but the likely surprises more
  [(p) => Math.log(p), [2]],
  // additive exactly where p = q, and nowhere else: −log p plus a wave that repeats when p is squared
  [(p) => (p === 1 ? 0 : -Math.log(p) * (1 + 0.05 * Math.sin(2 * Math.PI * Math.log2(-Math.log(p))))), [3]],
  [(p) => -Math.log(p), []],
  [(p) => -7.5 * Math.log(p), []],
  [(p) => -Math.log2(p), []],
];
const calls = (axiom: number, broken: boolean) =>
  subjects
    .filter(([, list]) => list.includes(axiom) === broken)
    .map(([f]) => ["violates", ship(f), axiom] as const);

const counterExample = (found: { p: number; q: number } | null, f: F, axiom: number): string | undefined => {
  if (found === null) return "a counter-example exists, but none was found";
  if (!inside(found.p) || !inside(found.q)) return "p and q must lie strictly between 0 and 1";
  return breaks(f, axiom, found)
    ? undefined
    : `p = ${found.p}, q = ${found.q} does not break demand ${axiom}`;
};
/** null for the functions that meet the demand, something for the one among them that does not: null always is no answer */
const nothing = (found: unknown, f: F, axiom: number): string | undefined => {
  if (f === right[0]) return found === null ? "1 − p is not additive, but null came back" : undefined;
  return found === null ? undefined : `this function meets demand ${axiom}: return null`;
};

export const specification: Specification = {
  id: "e02",
  slug: "logarithm",
  given: [],
  checks: [
    propertyCheck({
      id: "candidates",
      title: "candidates() lists 1 − p, 1/p − 1, (log p)² and −log p",
      points: 1,
      calls: (random) => [["candidates", [0.5, 0.1, ...random.list(4, () => random.between(0.01, 0.99))]]],
      call: tabulate,
      want: "four functions",
      accept: (table: Record<string, number[]>, points: number[]) => {
        for (const [k, name] of names.entries()) {
          const values = table[name];
          if (values === undefined) return `the candidate "${name}" is missing`;
          const bad = points.findIndex(
            (p, i) => !(Math.abs(values[i]! - right[k]!(p)) <= 1e-12 * Math.abs(right[k]!(p))),
          );
          if (bad >= 0) return `"${name}" at p = ${points[bad]} gave ${values[bad]}`;
        }
        return undefined;
      },
    }),
    propertyCheck({
      id: "additive",
      title: "violates() finds where a function is not additive (demand 3)",
      points: 1.5,
      budget: SEARCH,
      calls: (random) => random.shuffle(calls(3, true)),
      want: "a pair that breaks the demand",
      accept: counterExample,
    }),
    propertyCheck({
      id: "order",
      title: "violates() finds what is not 0 at 1 or does not fall (demands 1 and 2)",
      points: 0.75,
      budget: SEARCH,
      calls: () => [...calls(1, true), ...calls(2, true)],
      want: "a pair that breaks the demand",
      accept: counterExample,
    }),
    propertyCheck({
      id: "none",
      title: "violates() finds nothing against −k log p, whatever the unit",
      points: 0.75,
      budget: SEARCH,
      calls: (random) => [
        ["violates", ship(right[0]!), 3],
        ...random.shuffle(
          subjects
            .slice(-3)
            .flatMap(([f]) => [1, 2, 3].map((axiom) => ["violates", ship(f), axiom] as const)),
        ),
      ],
      want: "null",
      accept: nothing,
    }),
    derivationCheck({
      id: "steps",
      title: "steps leads from I(p^(m/n)) to (m/n)·I(p) by additivity alone (D1)",
      points: 2,
      steps: "steps",
      task: "E02",
    }),
  ],
};
