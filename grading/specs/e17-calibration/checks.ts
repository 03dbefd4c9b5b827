import { valueCheck } from "../../check";
import { type Big, big, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Hits = readonly boolean[];
const mean = (xs: readonly Big[]) => sum(xs).div(xs.length);
const share = (hits: Hits) => big(hits.filter(Boolean).length).div(hits.length);

function groups(confidence: P, hit: Hits, bins: number, equalMass: boolean): { c: P; h: Hits }[] {
  const pairs = confidence.map((c, i) => ({ c, h: hit[i]! })).sort((a, b) => a.c - b.c);
  const binOf = (x: number, rank: number): number => {
    // position rank belongs to the cut [⌊b·n/bins⌋, ⌊(b + 1)·n/bins⌋)
    if (equalMass)
      return Array.from({ length: bins }, (_, b) => Math.floor(((b + 1) * pairs.length) / bins)).findIndex(
        (end) => rank < end,
      );
    return x === 1 ? bins - 1 : big(x).times(bins).floor().toNumber();
  };
  const out: { c: number[]; h: boolean[] }[] = Array.from({ length: bins }, () => ({ c: [], h: [] }));
  pairs.forEach(({ c, h }, rank) => {
    const bin = out[binOf(c, rank)]!;
    bin.c.push(c);
    bin.h.push(h);
  });
  return out.filter((b) => b.c.length > 0);
}

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "topLabel") {
    const [Q, y] = args as [readonly P[], P];
    const best = Q.map((q) => q.map((x, k) => ({ x, k })).sort((a, b) => b.x - a.x)[0]!);
    return { confidence: best.map((b) => b.x), hit: best.map((b, n) => b.k === y[n]) };
  }
  const [confidence, hit, bins, equalMass = false] = args as [P, Hits, number, boolean?];
  if (fn === "brierDecomposition") {
    const by = [...new Set(confidence)].map((c) => ({
      c: big(c),
      h: hit.filter((_, i) => confidence[i] === c),
    }));
    const weighted = (f: (g: { c: Big; h: Hits }) => Big) =>
      sum(by.map((g) => f(g).pow(2).times(g.h.length)))
        .div(hit.length)
        .toNumber();
    const base = share(hit);
    return {
      reliability: weighted((g) => g.c.minus(share(g.h))),
      resolution: weighted((g) => share(g.h).minus(base)),
      uncertainty: base.minus(base.pow(2)).toNumber(),
    };
  }
  const made = groups(confidence, hit, bins, equalMass);
  if (fn === "expectedCalibrationError")
    return sum(
      made.map((g) =>
        share(g.h)
          .minus(mean(g.c.map(big)))
          .abs()
          .times(g.c.length),
      ),
    )
      .div(hit.length)
      .toNumber();
  return made.map((g) => ({
    count: g.c.length,
    confidence: mean(g.c.map(big)).toNumber(),
    accuracy: share(g.h).toNumber(),
    standardError: share(g.h)
      .times(big(1).minus(share(g.h)))
      .div(g.h.length)
      .sqrt()
      .toNumber(),
  }));
};

/** Forecasts that are somewhat overconfident: events happen less often than said. */
function forecasts(random: Random, n: number): [P, Hits] {
  const confidence = random.list(n, () => random.between(0.02, 0.98));
  return [confidence, confidence.map((c) => random.uniform() < 0.15 + 0.6 * c)];
}
function rounded(random: Random, n: number): [P, Hits] {
  const confidence = random.list(n, () => random.integer(1, 9) / 10);
  return [confidence, confidence.map((c) => random.uniform() < 0.1 + 0.7 * c)];
}
const tolerance = { absolute: 1e-13, relative: 1e-12 };

export const specification: Specification = {
  id: "e17",
  slug: "calibration",
  given: [],
  checks: [
    valueCheck({
      id: "bins",
      title: "reliability() returns count, mean confidence, share of hits and its standard error per bin",
      points: 2,
      tolerance,
      calls: (random) => [
        ["reliability", [0.1, 0.2, 0.9, 0.8], [false, true, true, true], 2],
        ...random.list(4, () => ["reliability", ...forecasts(random, 60), random.integer(3, 10)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "edges",
      title:
        "a confidence of exactly 1 is in the last bin, one at an edge in the upper bin, empty bins are left out",
      points: 1,
      tolerance,
      calls: () => [
        ["reliability", [1, 1, 0.3], [true, false, true], 4],
        ["reliability", [0.25, 0.5, 0.75, 0], [true, false, true, false], 4],
      ],
      truth,
      needs: ["bins"],
    }),
    valueCheck({
      id: "equal-mass",
      title: "reliability() with equalMass cuts the sorted forecasts into equal groups",
      points: 1,
      tolerance,
      calls: (random) =>
        random.list(
          4,
          () =>
            [
              "reliability",
              ...forecasts(random, random.integer(20, 50)),
              random.integer(3, 7),
              true,
            ] as const,
        ),
      truth,
      needs: ["bins"],
    }),
    valueCheck({
      id: "ece",
      title: "expectedCalibrationError() weights |accuracy − confidence| by the count of each bin",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["expectedCalibrationError", [0.7, 0.7, 0.7, 0.7], [true, true, true, false], 10],
        // calibrated and useless: always the base rate
        ["expectedCalibrationError", [0.5, 0.5, 0.5, 0.5], [true, false, false, true], 5],
        ...random.list(
          5,
          () => ["expectedCalibrationError", ...forecasts(random, 80), random.integer(4, 12)] as const,
        ),
      ],
      truth,
    }),
    valueCheck({
      id: "brier",
      title: "brierDecomposition() splits the Brier score into reliability − resolution + uncertainty",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["brierDecomposition", [0.8, 0.8, 0.2], [true, false, false]],
        ...random.list(5, () => ["brierDecomposition", ...rounded(random, 70)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "top-label",
      title: "topLabel() takes the confidence of the predicted class",
      points: 1,
      tolerance,
      calls: (random) =>
        random.list(4, () => {
          const n = random.integer(3, 8);
          return [
            "topLabel",
            random.list(n, () => random.distribution(4)),
            random.list(n, () => random.integer(0, 3)),
          ] as const;
        }),
      truth,
    }),
  ],
};
