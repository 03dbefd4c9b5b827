import { derivationCheck } from "../../derivation";
import { Stream } from "../../inside";
import { judgeArrival, judgeValue } from "../../judge";
import { show } from "../../show";
import {
  type Check,
  type Probe,
  RemoteFunction,
  type Reply,
  type Specification,
  type Subject,
  type Tolerance,
  type Value,
  type Verdict,
} from "../../specification";
import { best, scores, strictlyProper } from "./scores";

type P = readonly number[];
const common = { visibility: "visible", needs: [], budget: 10_000 } as const;
const byValue = (tolerance: Tolerance) => (reply: Reply, probe: Probe) => judgeValue(reply, probe, tolerance);

/** replaces the name of a score by the score; the rest of a reply's arguments cannot be compared and is dropped */
async function withScore(subject: Subject, probe: Probe): Promise<Reply> {
  const [name, second, seed] = probe.args as [string, Value, string | undefined];
  const args = [scores[name], second, ...(seed === undefined ? [] : [new Stream(seed).uniform])];
  const reply = await subject.call(probe.fn, args, 10_000);
  return reply.kind === "value" ? { ...reply, args: [] } : reply;
}

const near: Tolerance = { absolute: 1e-5, relative: 0 };
const response = (
  id: string,
  title: string,
  points: number,
  names: readonly string[],
  needs: readonly string[] = [],
): Check => ({
  ...common,
  id,
  title,
  points,
  needs,
  tolerance: near,
  generate: (random) =>
    names.flatMap((name) =>
      [2, 3].map((size) => {
        // no outcome too rare: the hand-made solutions have to lie inside
        const raw = random.list(size, () => 1 + 0.6 * random.uniform());
        // a clear favourite, at any place
        raw[random.integer(0, size - 1)] = 1.9;
        const p = raw.map((x) => x / raw.reduce((a, b) => a + b, 0));
        return { fn: "bestResponse", args: [name, p], want: best[name]!(p) };
      }),
    ),
  call: withScore,
  judge: byValue(near),
});

const verdicts = (
  id: string,
  title: string,
  points: number,
  cases: readonly (readonly [string, number])[],
): Check => ({
  ...common,
  id,
  title,
  points,
  tolerance: { absolute: 0, relative: 0 },
  generate: (random) =>
    cases.map(([name, classes]) => ({
      fn: "isProper",
      args: [name, classes, `stream-${random.integer(1, 1e9)}`],
      want: strictlyProper(name, classes),
    })),
  call: withScore,
  judge: byValue({ absolute: 0, relative: 0 }),
});

/** asks for the function, then for its values */
async function tabulate(subject: Subject, probe: Probe): Promise<Reply> {
  const made = await subject.call(probe.fn, []);
  if (made.kind !== "value" || !(made.value instanceof RemoteFunction)) return made;
  const values: Value[] = [];
  for (const p of probe.args[0] as P) {
    const reply = await subject.apply(made.value, [p]);
    if (reply.kind !== "value") return reply;
    values.push(reply.value);
  }
  return { kind: "value", value: values, args: [], promised: false };
}

/** any −a·log p + b with a > 0: a and b from the first two places, the others must follow */
function judgeLogarithm(reply: Reply, probe: Probe): Verdict {
  const arrival = judgeArrival(reply, probe);
  if (arrival !== undefined) return arrival;
  const places = probe.args[0] as P;
  const { value } = reply as { value: Value };
  const wrong = (kind: string, message: string): Verdict => ({
    ok: false,
    kind,
    message: `localProper(): ${message}`,
  });
  if (!Array.isArray(value)) return wrong("type", `returned ${show(value)}, wanted a function`);
  const bad = value.findIndex((s) => typeof s !== "number" || !Number.isFinite(s));
  if (bad >= 0) return wrong("finite", `s(${show(places[bad])}) is ${show(value[bad])}`);
  const [one, half] = value as [number, number];
  const a = (half - one) / Math.log(2);
  if (!(a > 0))
    return wrong("sign", `s(1) is ${show(one)}, s(1/2) ${show(half)}: what was less likely must cost more`);
  for (const [i, p] of places.entries()) {
    const want = one - a * Math.log(p);
    if (!(Math.abs(value[i] - want) <= 1e-8 * a))
      return wrong(
        "property",
        `s(1) and s(1/2) allow only s(${show(p)}) = ${show(want)}, because p·s′(p) is the same everywhere; got ${show(value[i])}`,
      );
  }
  return { ok: true, kind: "right", message: "" };
}

export const specification: Specification = {
  id: "e16",
  slug: "proper-scores",
  given: [],
  checks: [
    derivationCheck({
      id: "steps",
      title: "steps leads from the Lagrangian to p_k S′(q_k) = λ (D15)",
      points: 2,
      steps: "steps",
      task: "E16",
    }),
    response("honest", "bestResponse() is p for the log, Brier and spherical scores", 2, [
      "log",
      "Brier",
      "spherical",
    ]),
    response(
      "dishonest",
      "bestResponse() finds what scores that are not proper reward instead",
      2,
      ["absolute", "squared miss", "square root", "weighted log"],
      ["honest"],
    ),
    verdicts("proper", "isProper() tells strictly proper scores from the others", 1.5, [
      ["log", 3],
      ["Brier", 3],
      ["spherical", 4],
      ["absolute", 3],
      ["weighted log", 3],
      ["square root", 3],
      ["zero-one", 3],
      ["log as a reward", 3],
    ]),
    verdicts("classes", "isProper() sees that two classes let more scores through than three do", 1, [
      ["squared miss", 2],
      ["squared miss", 3],
      ["squared miss", 5],
      ["log", 5],
    ]),
    {
      ...common,
      id: "local",
      title: "localProper() is a logarithm: the only local score that is proper for three classes (D15)",
      points: 1.5,
      tolerance: { absolute: 0, relative: 1e-8 },
      generate: (random) => [
        {
          fn: "localProper",
          args: [[1, 0.5, 0.01, 0.99, ...random.list(6, () => random.between(0.02, 0.98))]],
          want: "−a·log p + b",
        },
      ],
      call: tabulate,
      judge: judgeLogarithm,
    },
  ],
};
