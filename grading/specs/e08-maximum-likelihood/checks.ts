import { propertyCheck, valueCheck } from "../../check";
import { big, bigSoftmax, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Probe, Reply, Specification, Subject } from "../../specification";

type P = readonly number[];
interface Options {
  readonly rate: number;
  readonly steps: number;
}

const countsOf = (labels: P, classes: number) =>
  Array.from({ length: classes }, (_, k) => labels.filter((y) => y === k).length);
/** labels in which every class occurs, so that the optimum lies at a finite z */
const labelsOf = (random: Random, classes: number, n: number): P =>
  random.shuffle([
    ...Array.from({ length: classes }, (_, k) => k),
    ...random.list(n - classes, () => Math.floor(classes * random.uniform() ** 1.7)),
  ]);

/** gradient descent with 50-digit softmax: only for few steps */
function descend(labels: P, classes: number, { rate, steps }: Options): number[] {
  const counts = countsOf(labels, classes);
  let z = Array<number>(classes).fill(0);
  for (let s = 0; s < steps; s++) {
    const q = bigSoftmax(z);
    z = z.map((zk, k) =>
      big(zk)
        .minus(q[k]!.minus(big(counts[k]!).div(labels.length)).times(rate))
        .toNumber(),
    );
  }
  return bigSoftmax(z).map((x) => x.toNumber());
}

const truth = (fn: string, labels: P, b: number | P, options: Options): unknown => {
  if (fn === "countsMle")
    return countsOf(labels, b as number).map((n) => big(n).div(labels.length).toNumber());
  if (fn === "fitSoftmax") return descend(labels, b as number, options);
  const q = b as P;
  const terms = countsOf(labels, q.length).map((n, k) =>
    n === 0 ? big(0) : q[k] === 0 ? big(Number.POSITIVE_INFINITY) : big(q[k]!).ln().neg().times(n),
  );
  return sum(terms).div(labels.length).toNumber();
};

/** the loss at the answer's own optimum, and at distributions near it */
async function around(subject: Subject, probe: Probe): Promise<Reply> {
  const [labels, classes, directions] = probe.args as [P, number, readonly P[]];
  const best = await subject.call("countsMle", [labels, classes]);
  if (best.kind !== "value" || !Array.isArray(best.value)) return best;
  const losses: unknown[] = [];
  for (const d of [Array(classes).fill(0), ...directions]) {
    const moved = (best.value as number[]).map((x, k) => x * Math.exp(d[k] as number));
    const total = moved.reduce((a, b) => a + b, 0);
    const reply = await subject.call("meanNll", [labels, moved.map((x) => x / total)]);
    if (reply.kind !== "value") return reply;
    losses.push(reply.value);
  }
  return { ...best, value: losses };
}

export const specification: Specification = {
  id: "e08",
  slug: "maximum-likelihood",
  given: [],
  checks: [
    valueCheck({
      id: "counts",
      title: "countsMle() returns the relative frequencies, 0 for a class never seen",
      points: 1.5,
      calls: (random) => [
        ["countsMle", [0, 0, 1, 2], 3],
        ["countsMle", [1, 1, 3], 5],
        ...random.list(5, () => {
          const classes = random.integer(2, 9);
          return ["countsMle", labelsOf(random, classes, classes + random.integer(1, 40)), classes] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "nll",
      title: "meanNll() averages −log q over the labels",
      points: 1.5,
      calls: (random) => [
        ["meanNll", [0, 0, 1], [0.5, 0.5]],
        ...random.list(6, () => {
          const classes = random.integer(2, 9);
          return ["meanNll", labelsOf(random, classes, 20 + classes), random.distribution(classes)] as const;
        }),
        ["meanNll", [0, 1], [1, 0]],
      ],
      truth,
      shrink: {
        fn: "meanNll",
        arguments: (fc) =>
          fc.tuple(fc.array(fc.nat(1), { minLength: 1, maxLength: 4 }), fc.constant([0.75, 0.25])),
      },
    }),
    valueCheck({
      id: "long",
      title: "meanNll() survives 5,000 labels",
      points: 1.5,
      calls: (random) => [["meanNll", labelsOf(random, 10, 5000), random.distribution(10)]],
      truth,
      needs: ["nll"],
    }),
    propertyCheck({
      id: "minimum",
      title: "no distribution near the frequencies has a smaller loss",
      points: 1.5,
      calls: (random) =>
        random.list(2, () => {
          const classes = random.integer(3, 6);
          const directions = random.list(100, () => random.logits(classes, 0.2));
          return ["meanNll(countsMle + change)", labelsOf(random, classes, 30), classes, directions] as const;
        }),
      want: "the smallest loss at no change",
      call: around,
      accept: (losses: number[]) => {
        const better = losses.findIndex((x) => !(x >= losses[0]! - 1e-12));
        return better < 0
          ? undefined
          : "another distribution near yours has a smaller loss: yours is not the minimum";
      },
      needs: ["nll"],
    }),
    valueCheck({
      id: "steps",
      title: "fitSoftmax() takes its first steps downhill by the gradient of the mean",
      points: 1.5,
      tolerance: { absolute: 1e-12, relative: 1e-10 },
      calls: (random) => [
        ["fitSoftmax", [0, 0, 0, 1], 2, { rate: 1, steps: 1 }],
        ...random.list(4, () => {
          const classes = random.integer(2, 6);
          const rate = random.between(0.2, 1.5);
          return [
            "fitSoftmax",
            labelsOf(random, classes, 25),
            classes,
            { rate, steps: random.integer(1, 4) },
          ] as const;
        }),
      ],
      truth,
    }),
    valueCheck({
      id: "converges",
      title: "fitSoftmax() ends at the relative frequencies",
      points: 1.5,
      tolerance: { absolute: 1e-6, relative: 0 },
      budget: 3000,
      calls: (random) =>
        random.list(3, () => {
          const classes = random.integer(2, 5);
          // enough steps for the rarest class: its rate of convergence is about its frequency
          return ["fitSoftmax", labelsOf(random, classes, 24), classes, { rate: 1, steps: 2000 }] as const;
        }),
      truth: (_fn, labels: P, classes: number) => truth("countsMle", labels, classes, { rate: 0, steps: 0 }),
      needs: ["steps"],
    }),
  ],
};
