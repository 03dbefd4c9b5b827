import { valueCheck } from "../../check";
import { judgeArrival } from "../../judge";
import { Random } from "../../random";
import { show } from "../../show";
import {
  type Check,
  exactly,
  type Probe,
  RemoteFunction,
  type Reply,
  type Specification,
  type Subject,
  type Value,
  type Verdict,
} from "../../specification";
import { contexts, makeSource, type Source, sample } from "./source";

type P = readonly number[];
type Next = (context: P) => P;

/** V = 193 as in the lesson; the project's own tests take a small vocabulary, see `heavy` */
const size = { verbs: 60, sentences: 30_000 };
const BUDGET = 60_000;
const mean = (x: P) => x.reduce((a, b) => a + b, 0) / x.length;

/** source and corpus are made from their seed on either side of a probe: a probe stays a few words */
const sources = new Map<string, Source>();
function sourceOf(seed: string): Source {
  const key = `${seed}/${size.verbs}`;
  const source = sources.get(key) ?? makeSource(new Random(`${seed}/source`), size.verbs);
  sources.set(key, source);
  return source;
}

/** trains, then asks for every context that the source has: exact cross-entropy at each place, or what is wrong */
async function measure(subject: Subject, probe: Probe): Promise<Reply> {
  const [seed, steps] = probe.args as [string, number | undefined];
  const source = sourceOf(seed);
  const corpus = sample(new Random(`${seed}/corpus`), source, size.sentences);
  const { vocabulary, start } = source;
  const options = { vocabulary, start, seed: 1, ...(steps === undefined ? {} : { steps }) };
  const made = await subject.call("trainLM", [corpus, options], BUDGET);
  if (made.kind !== "value" || made.promised) return made;
  const next = (made.value as { next?: Value } | null)?.next;
  const reply = (value: Value): Reply => ({ kind: "value", value, args: [], promised: false });
  if (!(next instanceof RemoteFunction)) return reply("trainLM must return an object with a function next");
  const positions = source.floors.map(() => 0);
  let onStart = 0;
  for (const { context, joint } of contexts(source)) {
    const answer = await subject.apply(next, [context]);
    if (answer.kind !== "value") return answer;
    const problem = wrongDistribution(answer.value, vocabulary);
    if (problem !== undefined) return reply(`next(${show(context)}) ${problem}`);
    const q = answer.value as P;
    onStart = Math.max(onStart, q[start]!);
    for (const [symbol, p] of joint) positions[context.length - 1]! -= p * Math.log(Math.min(1, q[symbol]!));
  }
  return reply({ positions, onStart });
}

function wrongDistribution(q: Value, vocabulary: number): string | undefined {
  if (!(Array.isArray(q) || q instanceof Float64Array || q instanceof Float32Array))
    return `returned ${show(q)}, wanted ${vocabulary} probabilities`;
  if (q.length !== vocabulary) return `returned ${q.length} probabilities, wanted ${vocabulary}`;
  let total = 0;
  for (let k = 0; k < q.length; k++) {
    if (typeof q[k] !== "number" || !(q[k] >= 0)) return `gives symbol ${k} the probability ${show(q[k])}`;
    total += q[k];
  }
  return Math.abs(total - 1) <= 1e-9 ? undefined : `sums to ${show(total)}, it must sum to 1 within 1e-9`;
}

/** an answer that is no measurement is a sentence about what is wrong */
function measured(reply: Reply, probe: Probe): P | Verdict {
  const arrival = judgeArrival(reply, probe);
  if (arrival !== undefined) return arrival;
  const { value } = reply as { value: Value };
  if (typeof value === "string") return { ok: false, kind: "property", message: value };
  return (value as { positions: P }).positions;
}

const right: Verdict = { ok: true, kind: "right", message: "" };
const isVerdict = (x: P | Verdict): x is Verdict => "ok" in x;

function judgeStart(reply: Reply, probe: Probe): Verdict {
  const positions = measured(reply, probe);
  if (isVerdict(positions)) return positions;
  const { vocabulary } = sourceOf(probe.args[0] as string);
  const loss = mean(positions);
  if (Math.abs(loss - Math.log(vocabulary)) <= 0.01) return right;
  const message = `before training the cross-entropy is ${show(loss)}, wanted log ${vocabulary} = ${show(Math.log(vocabulary))} within 0.01`;
  return { ok: false, kind: "property", message };
}

/** 8 points for a gap of 0.05 nats per symbol, 12 for 0.02, all 14 for 0.01 */
function judgeGap(reply: Reply, probe: Probe): Verdict {
  const positions = measured(reply, probe);
  if (isVerdict(positions)) return positions;
  const { floors } = sourceOf(probe.args[0] as string);
  const gaps = positions.map((x, t) => x - floors[t]!);
  const gap = mean(gaps);
  if (gap <= 0.01) return right;
  const worst = gaps.indexOf(Math.max(...gaps));
  const share = gap <= 0.02 ? 12 / 14 : gap <= 0.05 ? 8 / 14 : 0;
  const message =
    `exact cross-entropy ${show(mean(positions))}, floor ${show(mean(floors))}: gap ${show(gap)} nats per symbol ` +
    `(8 points below 0.05, 12 below 0.02, 14 below 0.01). Most of it at place ${worst + 1} of ${floors.length}: ` +
    `${show(positions[worst])} where ${show(floors[worst])} is possible.`;
  return { ok: false, kind: "property", share, message };
}

const trained = (
  id: string,
  title: string,
  points: number,
  judge: Check["judge"],
  steps?: number,
): Check => ({
  id,
  title,
  points,
  visibility: "visible",
  needs: [],
  budget: BUDGET,
  tolerance: exactly,
  generate: (random) => {
    const seed = `grammar-${random.integer(1, 1e9)}`;
    return [{ fn: "trainLM", args: steps === undefined ? [seed] : [seed, steps], want: "" }];
  },
  call: measure,
  judge,
});

/** a small source with sentences of three symbols, and a model that is wrong in a different way in each context */
function small(random: Random) {
  const sentences = [0, 1, 2, 3].flatMap((a) => [0, 1].map((b) => [1 + a, 5 + b, 1 + ((a + b) % 4)]));
  return { start: 0, sentences, probabilities: random.distribution(sentences.length) };
}
type Small = ReturnType<typeof small>;
const forecaster =
  (least: number): Next =>
  (context) => {
    const weights = Array.from(
      { length: 7 },
      (_, k) => least + ((3 * k + context.reduce((s, x, t) => s + x * (t + 2), 0)) % 5),
    );
    const total = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / total);
  };
const model = forecaster(1);
/** stands for the same model with its weights rounded */
const coarse = forecaster(2);
/** context by context, where an answer goes sentence by sentence */
function crossEntropy(source: Small): number {
  let total = 0;
  for (const { context, joint } of contexts({ ...source, vocabulary: 7, floors: [] }))
    for (const [symbol, p] of joint) total += p * Math.log(1 / model(context)[symbol]!);
  return total / 3;
}
/** context by context, as cross-entropy minus entropy of the model's own forecasts */
function shift(source: Small): number {
  let total = 0;
  for (const { context, joint } of contexts({ ...source, vocabulary: 7, floors: [] })) {
    const weight = [...joint.values()].reduce((a, b) => a + b, 0);
    const r = coarse(context);
    for (const [k, q] of model(context).entries()) total += weight * q * (Math.log(q) - Math.log(r[k]!));
  }
  return total / 3;
}
/** H(memory and symbol) − H(memory) */
function ladder({ start, sentences, probabilities }: Small, depth: number): number[] {
  const entropyOf = (key: (padded: P, t: number) => P) => {
    const shares = new Map<string, number>();
    sentences.forEach((s, n) => {
      const padded = [...Array<number>(depth).fill(start), ...s];
      for (let t = 0; t < s.length; t++) {
        const name = key(padded, t + depth).join(" ");
        shares.set(name, (shares.get(name) ?? 0) + probabilities[n]! / s.length);
      }
    });
    return [...shares.values()].reduce((h, p) => h - p * Math.log(p), 0);
  };
  return Array.from({ length: depth + 1 }, (_, k) => {
    const both = entropyOf((padded, t) => padded.slice(t - k, t + 1));
    return k === 0 ? both : both - entropyOf((padded, t) => padded.slice(t - k, t));
  });
}
const truth = (fn: string, a: Small, b: number): Value => {
  if (fn === "contextLadder") return ladder(a, b);
  if (fn === "roundingShift") return shift(a);
  const loss = crossEntropy(a);
  if (fn === "exactCrossEntropy") return loss;
  const floor = a.probabilities.reduce((s, p) => s + p * Math.log(1 / p), 0) / 3;
  return {
    crossEntropy: loss,
    floor,
    gap: loss - floor,
    perplexity: 2 ** (loss / Math.LN2),
    bits: Math.log2(Math.E) * loss,
  };
};
/** the models go in front: they are functions, and cannot stand in a probe */
const withModel = async (subject: Subject, probe: Probe): Promise<Reply> => {
  const models = probe.fn === "roundingShift" ? [model, coarse] : [model];
  const reply = await subject.call(probe.fn, [...models, ...probe.args], 5000);
  return reply.kind === "value" ? { ...reply, args: [] } : reply;
};
const tolerance = { absolute: 1e-9, relative: 1e-9 };

export const specification: Specification = {
  id: "e27",
  slug: "capstone",
  given: [],
  heavy: {
    resize: (tiny) =>
      Object.assign(size, tiny ? { verbs: 3, sentences: 6000 } : { verbs: 60, sentences: 30_000 }),
  },
  checks: [
    trained("start", "trainLM() starts at log V when it has not learnt anything (D24)", 1, judgeStart, 0),
    trained("gap", "trainLM() comes down to the floor: exact cross-entropy over all sentences", 14, judgeGap),
    {
      ...valueCheck({
        id: "exact",
        title: "exactCrossEntropy() weights sentences by their probability and counts per symbol",
        points: 2,
        tolerance,
        calls: (random) => random.list(3, () => ["exactCrossEntropy", small(random)] as const),
        truth,
      }),
      call: withModel,
    },
    valueCheck({
      id: "ladder",
      title: "contextLadder() is what a memory of 0, 1, … symbols can reach (D22)",
      points: 1,
      tolerance,
      calls: (random) => random.list(3, () => ["contextLadder", small(random), 3] as const),
      truth,
    }),
    {
      ...valueCheck({
        id: "shift",
        title: "roundingShift() is the divergence of the rounded model from the model",
        points: 1,
        tolerance,
        needs: ["start"],
        calls: (random) => random.list(3, () => ["roundingShift", small(random)] as const),
        truth,
      }),
      call: withModel,
    },
    {
      ...valueCheck({
        id: "report",
        title: "report() agrees with itself: gap, perplexity and bits belong to the cross-entropy",
        points: 1,
        tolerance,
        // a report alone earns nothing
        needs: ["start", "exact"],
        calls: (random) => random.list(3, () => ["report", small(random)] as const),
        truth,
      }),
      call: withModel,
    },
  ],
};
