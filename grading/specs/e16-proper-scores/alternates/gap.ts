// halving steps towards the corners
export const steps = [
  { expression: "diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", by: "start" },
  { expression: "diff(sum(i, p[i] * S(q[i])), q[k]) - lambda == 0", relation: "<=>", by: "differentiate" },
  { expression: "p[k] * diff(S(q[k]), q[k]) - lambda == 0", relation: "<=>", by: "differentiate" },
  { expression: "p[k] * diff(S(q[k]), q[k]) == lambda", relation: "<=>", by: "both sides" },
];

type Score = (c: number, q: readonly number[]) => number;
const expectation = (p: readonly number[], f: (c: number) => number) =>
  p.map((x, c) => x * f(c)).reduceRight((a, b) => a + b, 0);

export const bestResponse = (score: Score, p: readonly number[]): number[] => {
  const cost = (q: readonly number[]) => expectation(p, (c) => score(c, q));
  // out along an axis and back in equal parts, both ways
  const tries = (q: readonly number[], step: number) =>
    q.flatMap((x, k) =>
      [Math.min(step, 1 - x), -Math.min(step, x)].map((by) =>
        q.map((y, j) => (j === k ? y + by : x === 1 ? -by / (q.length - 1) : y - (by * y) / (1 - x))),
      ),
    );
  let [q, least] = [p.map(() => 1 / p.length), Number.POSITIVE_INFINITY];
  for (let step = 0.5; step > 1e-7; ) {
    const costs = tries(q, step).map((r) => ({ r, value: cost(r) }));
    const best = costs.reduce((a, b) => (b.value < a.value ? b : a));
    if (best.value < least && best.value < cost(q)) [q, least] = [best.r, best.value];
    else step /= 2;
  }
  return q;
};

export const isProper = (score: Score, classes: number, random: () => number): boolean =>
  Array.from({ length: 200 }).every(() => {
    const raw = Array.from({ length: classes }, () => 0.1 + random());
    const p = raw.map((x) => x / raw.reduce((a, b) => a + b));
    return p.every((_, from) => {
      const to = (from + 1) % classes;
      return [0.2, 0.9].every((part) => {
        const q = p.slice();
        q[to] = q[to]! + part * q[from]!;
        q[from] = (1 - part) * q[from]!;
        const gain = expectation(p, (c) => score(c, q)) - expectation(p, (c) => score(c, p));
        return gain > 0;
      });
    });
  });

export const localProper = (): ((p: number) => number) => (p) => Math.log(1 / p) / Math.LN10;
