import type { Mutant } from "../../specification";

type P = readonly number[];
type Hits = readonly boolean[];
interface Group {
  readonly c: number[];
  readonly h: boolean[];
}
const mean = (xs: P) => xs.reduce((s, x) => s + x, 0) / xs.length;
const rate = (h: Hits) => h.filter(Boolean).length / h.length;
const width = (c: P, h: Hits, bins: number, indexOf: (x: number) => number): Group[] => {
  const out: Group[] = Array.from({ length: bins }, () => ({ c: [], h: [] }));
  c.forEach((x, i) => {
    out[indexOf(x)]?.c.push(x);
    out[indexOf(x)]?.h.push(h[i]!);
  });
  return out;
};
const usual = (bins: number) => (x: number) => Math.min(bins - 1, Math.floor(x * bins));
const full = (groups: Group[]) => groups.filter((g) => g.c.length > 0);
const mass = (c: P, h: Hits, bins: number): Group[] => {
  const order = c.map((_, i) => i).sort((i, j) => c[i]! - c[j]!);
  return Array.from({ length: bins }, (_, b) => {
    const list = order.slice(Math.floor((b * c.length) / bins), Math.floor(((b + 1) * c.length) / bins));
    return { c: list.map((i) => c[i]!), h: list.map((i) => h[i]!) };
  });
};
const bin = (g: Group) => ({
  count: g.c.length,
  confidence: mean(g.c),
  accuracy: rate(g.h),
  standardError: Math.sqrt((rate(g.h) * (1 - rate(g.h))) / g.c.length),
});
const pick = (c: P, h: Hits, bins: number, equal: boolean) =>
  full(equal ? mass(c, h, bins) : width(c, h, bins, usual(bins)));
const gap = (g: Group) => Math.abs(rate(g.h) - mean(g.c));

export const mutants: readonly Mutant[] = [
  {
    name: "middle of the bin",
    check: "bins",
    message: "You reported the middle of the bin. Take the mean of the confidences that are really in it.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        pick(c, h, n, equal).map((g) => ({ ...bin(g), confidence: (usual(n)(g.c[0]!) + 0.5) / n })),
    },
  },
  {
    name: "standard error without root",
    check: "bins",
    message: "a(1 − a)/n is the variance of the share. The standard error is its square root.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        pick(c, h, n, equal).map((g) => ({ ...bin(g), standardError: bin(g).standardError ** 2 })),
    },
  },
  {
    name: "standard deviation",
    check: "bins",
    message: "√(a(1 − a)) is the spread of one hit. The share of n hits is known √n times better.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        pick(c, h, n, equal).map((g) => ({
          ...bin(g),
          standardError: bin(g).standardError * Math.sqrt(g.c.length),
        })),
    },
  },
  {
    name: "standard error over all",
    check: "bins",
    message: "You divided by the number of all forecasts: each bin has only its own.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        pick(c, h, n, equal).map((g) => ({
          ...bin(g),
          standardError: Math.sqrt((rate(g.h) * (1 - rate(g.h))) / c.length),
        })),
    },
  },
  {
    name: "right edge lost",
    check: "edges",
    message: "A confidence of exactly 1 fell out: it belongs to the last bin.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        equal ? pick(c, h, n, equal).map(bin) : full(width(c, h, n, (x) => Math.floor(x * n))).map(bin),
    },
  },
  {
    name: "edges to the left",
    check: "edges",
    message: "A confidence at the edge of two bins belongs to the upper one here: include the lower end.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        equal
          ? pick(c, h, n, equal).map(bin)
          : full(width(c, h, n, (x) => Math.max(0, Math.ceil(x * n) - 1))).map(bin),
    },
  },
  {
    name: "empty bins counted",
    check: "edges",
    message: "An empty bin gives 0/0 = NaN: leave bins without forecasts out.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        (equal ? mass(c, h, n) : width(c, h, n, usual(n))).map(bin),
    },
  },
  {
    name: "equalMass ignored",
    check: "equal-mass",
    message: "equalMass asks for groups of equal size, not bins of equal width.",
    code: { reliability: (c: P, h: Hits, n: number) => pick(c, h, n, false).map(bin) },
  },
  {
    name: "unsorted groups",
    check: "equal-mass",
    message: "You cut the forecasts in the order in which they came. Sort them by confidence first.",
    code: {
      reliability: (c: P, h: Hits, n: number, equal = false) =>
        equal
          ? full(
              Array.from({ length: n }, (_, b) => {
                const [i, j] = [Math.floor((b * c.length) / n), Math.floor(((b + 1) * c.length) / n)];
                return { c: c.slice(i, j), h: h.slice(i, j) };
              }),
            ).map(bin)
          : pick(c, h, n, false).map(bin),
    },
  },
  {
    name: "example by example",
    check: "ece",
    message:
      "Compare bin means, not single examples: |hit − confidence| is large even for a perfect forecaster.",
    code: { expectedCalibrationError: (c: P, h: Hits) => mean(c.map((x, i) => Math.abs(Number(h[i]) - x))) },
  },
  {
    name: "bins not weighted",
    check: "ece",
    message: "Weight each bin by its count: a bin of three must not weigh as much as one of three hundred.",
    code: { expectedCalibrationError: (c: P, h: Hits, n: number) => mean(pick(c, h, n, false).map(gap)) },
  },
  {
    name: "largest gap",
    check: "ece",
    message:
      "The largest gap is the maximum calibration error (MCE). Expected means the weighted mean over bins.",
    code: {
      expectedCalibrationError: (c: P, h: Hits, n: number) => Math.max(...pick(c, h, n, false).map(gap)),
    },
  },
  {
    name: "signed gaps",
    check: "ece",
    message: "Without absolute values, over- and underconfident bins cancel.",
    code: {
      expectedCalibrationError: (c: P, h: Hits, n: number) =>
        pick(c, h, n, false).reduce((s, g) => s + (g.c.length / c.length) * (rate(g.h) - mean(g.c)), 0),
    },
  },
  {
    name: "divided by the bins too",
    check: "ece",
    message: "The counts are weights that sum to 1 already: don't divide by the number of bins.",
    code: {
      expectedCalibrationError: (c: P, h: Hits, n: number) =>
        pick(c, h, n, false).reduce((s, g) => s + (g.c.length / c.length) * gap(g), 0) / n,
    },
  },
  {
    name: "groups not weighted",
    check: "brier",
    message: "Weight each group by its share of the forecasts, in reliability and in resolution.",
    code: {
      brierDecomposition: (c: P, h: Hits) => {
        const g = [...new Set(c)].map((x) => ({ x, o: rate(h.filter((_, i) => c[i] === x)) }));
        return {
          reliability: mean(g.map(({ x, o }) => (x - o) ** 2)),
          resolution: mean(g.map(({ o }) => (o - rate(h)) ** 2)),
          uncertainty: rate(h) * (1 - rate(h)),
        };
      },
    },
  },
  {
    name: "Brier as reliability",
    check: "brier",
    message:
      "That first number is the whole Brier score. Reliability compares each group's share of hits with its forecast.",
    code: {
      brierDecomposition: (c: P, h: Hits) => ({
        reliability: mean(c.map((x, i) => (x - Number(h[i])) ** 2)),
        resolution: 0,
        uncertainty: rate(h) * (1 - rate(h)),
      }),
    },
  },
  {
    name: "reliability and resolution exchanged",
    check: "brier",
    message:
      "Reliability compares forecasts with shares (small is good), resolution shares with the base rate (large is good).",
    code: {
      brierDecomposition: (c: P, h: Hits) => {
        const g = [...new Set(c)].map((x) => h.filter((_, i) => c[i] === x).map((v) => ({ x, v })));
        const weighted = (f: (x: number, o: number) => number) =>
          g.reduce((s, m) => s + (m.length / c.length) * f(m[0]!.x, rate(m.map((k) => k.v))), 0);
        return {
          reliability: weighted((_, o) => (o - rate(h)) ** 2),
          resolution: weighted((x, o) => (x - o) ** 2),
          uncertainty: rate(h) * (1 - rate(h)),
        };
      },
    },
  },
  {
    name: "class 1",
    check: "top-label",
    message: "Confidence is the probability of the predicted label, not that of class 1.",
    code: {
      topLabel: (Q: readonly P[], y: P) => ({
        confidence: Q.map((q) => q[1]!),
        hit: Q.map((q, n) => q.indexOf(Math.max(...q)) === y[n]),
      }),
    },
  },
  {
    name: "probability of the truth",
    check: "top-label",
    message:
      "You took the probability of the true class: a forecaster does not know it. Take that of the predicted one.",
    code: {
      topLabel: (Q: readonly P[], y: P) => ({
        confidence: Q.map((q, n) => q[y[n]!]!),
        hit: Q.map((q, n) => q.indexOf(Math.max(...q)) === y[n]),
      }),
    },
  },
];
