import { refusalCheck, valueCheck } from "../../check";
import { Stream } from "../../inside";
import { judgeArrival } from "../../judge";
import { big, sum } from "../../oracle";
import { show } from "../../show";
import type { Check, Probe, Reply, Specification, Subject, Verdict } from "../../specification";

type P = readonly number[];
const H = (p: P) => p.reduce((s, x) => (x > 0 ? s - x * Math.log(x) : s), 0);
const kl = (p: P, q: P) => p.reduce((s, x, k) => (x > 0 ? s + x * Math.log(x / q[k]!) : s), 0);

/** Mean and standard deviation of f(p̂) over all possible samples of size n: every table of counts with its probability. */
function exact(p: P, n: number, f: (phat: P) => number): { mean: number; deviation: number } {
  const logFactorial = [0];
  for (let i = 1; i <= n; i++) logFactorial.push(logFactorial[i - 1]! + Math.log(i));
  let [first, second] = [0, 0];
  const walk = (k: number, left: number, logP: number, counts: number[]) => {
    if (k === p.length - 1) {
      const weight = Math.exp(logP + left * Math.log(p[k]!) - logFactorial[left]! + logFactorial[n]!);
      const value = f([...counts, left].map((c) => c / n));
      first += weight * value;
      second += weight * value * value;
      return;
    }
    for (let c = 0; c <= left; c++)
      walk(k + 1, left - c, logP + c * Math.log(p[k]!) - logFactorial[c]!, [...counts, c]);
  };
  walk(0, n, 0, []);
  return { mean: first, deviation: Math.sqrt(second - first * first) };
}

const REPETITIONS = 400;
interface Simulated {
  readonly first: { mean: number; standardError: number };
  readonly again: { mean: number; standardError: number };
  readonly draws: number;
}

/** runs the simulation twice with the same stream, and counts how often the stream was used */
async function simulate(subject: Subject, probe: Probe): Promise<Reply> {
  const [p, n, seed] = probe.args as [P, number, string];
  const results: unknown[] = [];
  let draws = 0;
  for (let run = 0; run < 2; run++) {
    const stream = new Stream(seed);
    const reply = await subject.call(probe.fn, [p, n, REPETITIONS, stream.uniform], 10_000);
    if (reply.kind !== "value") return reply;
    if (reply.promised) return reply;
    draws += stream.draws;
    results.push(reply.value);
  }
  return { kind: "value", value: { first: results[0], again: results[1], draws }, args: [], promised: false };
}

/** within 5 standard errors, which an honest answer misses once in two million */
function judgeSimulation(f: (p: P) => (phat: P) => number, check: string) {
  return (reply: Reply, probe: Probe): Verdict => {
    const arrival = judgeArrival(reply, probe);
    if (arrival !== undefined) return arrival;
    const { first, again, draws } = (reply as { value: unknown }).value as Simulated;
    const [p, n] = probe.args as [P, number];
    const call = `${probe.fn}(${show(p)}, ${n}, ${REPETITIONS}, random)`;
    const wrong = (kind: string, message: string, misconception?: string): Verdict => ({
      ok: false,
      kind,
      message: `${call}: ${message}`,
      ...(misconception === undefined ? {} : { misconception }),
    });
    if (draws === 0) return wrong("random", "random was never called", `${check}: own randomness`);
    for (const key of ["mean", "standardError"] as const) {
      const x = first?.[key];
      if (typeof x !== "number" || !Number.isFinite(x)) {
        const name = key === "mean" && x === Number.POSITIVE_INFINITY ? `${check}: infinite` : undefined;
        return wrong("finite", `${key} is ${show(x)}`, name);
      }
      if (x !== again?.[key])
        return wrong("random", "two runs with the same stream differ", `${check}: own randomness`);
    }
    const { mean, deviation } = exact(p, n, f(p));
    const error = deviation / Math.sqrt(REPETITIONS);
    if (Math.abs(first.mean + mean) <= 5 * error && Math.abs(mean) > 10 * error)
      return wrong("sign", `mean is ${show(first.mean)}, the truth ${show(mean)}`, `${check}: sign`);
    const factor = first.mean / mean;
    // both off by one factor: not chance, not another quantity
    if (factor > 1.5 && Math.abs(first.standardError / error / factor - 1) < 0.3)
      return wrong(
        "scale",
        `every value is too large by about ${show(factor)}: mean ${show(first.mean)}, truth ${show(mean)}`,
      );
    if (!(Math.abs(first.mean - mean) <= 5 * error))
      return wrong(
        "value",
        `mean is ${show(first.mean)}, more than 5 standard errors of ${show(error)} from the truth ${show(mean)}`,
      );
    // the estimate of a standard error from 400 values is right to some 10 %
    const ratio = first.standardError / error;
    if (Math.abs(ratio - Math.sqrt(REPETITIONS)) < 0.4 * Math.sqrt(REPETITIONS))
      return wrong(
        "scale",
        `standardError is ${show(first.standardError)}, wanted about ${show(error)}`,
        `${check}: spread`,
      );
    if (!(ratio > 0.6 && ratio < 1.6))
      return wrong("scale", `standardError is ${show(first.standardError)}, wanted about ${show(error)}`);
    return { ok: true, kind: "right", message: "" };
  };
}

const simulation = (id: string, fn: string, title: string, f: (p: P) => (phat: P) => number): Check => ({
  id,
  title,
  points: 2.5,
  visibility: "visible",
  needs: [],
  budget: 10_000,
  tolerance: { absolute: 0, relative: 0 },
  generate: (random) =>
    random.list(2, () => ({
      fn,
      args: [random.distribution(3), random.integer(6, 12), `stream-${random.integer(1, 1e9)}`],
      want: "the exact mean within 5 standard errors",
    })),
  call: simulate,
  judge: judgeSimulation(f, id),
});

export const specification: Specification = {
  id: "e09",
  slug: "finite-samples",
  given: [],
  checks: [
    valueCheck({
      id: "mean",
      title: "monteCarloMean() returns mean and standard error, with n − 1 and √n",
      points: 2,
      tolerance: { absolute: 1e-13, relative: 1e-11 },
      calls: (random) => [
        ["monteCarloMean", [1, 2, 3, 6]],
        ["monteCarloMean", [5, 5, 5]],
        ...random.list(
          5,
          () => ["monteCarloMean", random.list(random.integer(2, 30), () => 10 * random.normal())] as const,
        ),
      ],
      truth: (_fn, values: P) => {
        const mean = sum(values.map((x) => big(x))).div(values.length);
        // the variance by pairs, Σ_{i<j} (xᵢ − xⱼ)²/(n(n − 1)): no mean in it
        const pairs = values.flatMap((x, i) => values.slice(i + 1).map((y) => big(x).minus(big(y)).pow(2)));
        const variance = sum(pairs).div(values.length * (values.length - 1));
        return { mean: mean.toNumber(), standardError: variance.div(values.length).sqrt().toNumber() };
      },
    }),
    refusalCheck({
      id: "too-few",
      title: "monteCarloMean() refuses fewer than two values",
      points: 1,
      calls: () => [
        ["monteCarloMean", [1]],
        ["monteCarloMean", []],
      ],
      needs: ["mean"],
    }),
    simulation(
      "bias",
      "plugInEntropyBias",
      "plugInEntropyBias() agrees with the enumeration of all samples: the plug-in entropy is too small (D9)",
      (p) => (phat) => H(phat) - H(p),
    ),
    simulation(
      "risk",
      "excessRisk",
      "excessRisk() agrees with the enumeration of all samples: about (K − 1)/2n (D9)",
      (p) => (phat) => kl(phat, p),
    ),
  ],
};
