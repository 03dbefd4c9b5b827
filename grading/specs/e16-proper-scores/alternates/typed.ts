// typed arrays, search in logits
export const steps = [
  { expression: "diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", by: "start" },
  { expression: "p[k] * diff(S(q[k]), q[k]) - lambda == 0", relation: "<=>", by: "differentiate" },
  { expression: "-lambda == -(p[k] * diff(S(q[k]), q[k]))", relation: "<=>", by: "both sides" },
  { expression: "p[k] * diff(S(q[k]), q[k]) == lambda", relation: "<=>", by: "both sides" },
];

type Score = (c: number, q: readonly number[]) => number;
const soft = (z: Float64Array): number[] => {
  const e = Array.from(z, (x) => Math.exp(x - Math.max(...z)));
  const total = e.reduce((a, b) => a + b);
  return e.map((x) => x / total);
};
const cost = (score: Score, p: readonly number[], q: readonly number[]) => {
  let total = 0;
  p.forEach((x, c) => {
    total += x * score(c, q);
  });
  return total;
};
export function bestResponse(score: Score, p: readonly number[]) {
  const z = new Float64Array(p.length);
  let least = cost(score, p, soft(z));
  for (let step = 4; step > 1e-7; step /= 2)
    for (let moved = true; moved && Math.max(...z) < 40; ) {
      moved = false;
      for (let k = 0; k < z.length; k++)
        for (const by of [step, -step]) {
          const next = z.slice();
          next[k]! += by;
          const value = cost(score, p, soft(next));
          if (value < least) {
            z.set(next);
            least = value;
            moved = true;
          }
        }
    }
  return Float64Array.from(soft(z));
}
export function isProper(score: Score, classes: number, random: () => number): boolean {
  const draw = (low: number): number[] => {
    const e = Array.from({ length: classes }, () => low + random());
    return e.map((x) => x / e.reduce((a, b) => a + b));
  };
  let proper = true;
  for (let n = 0; n < 400 && proper; n++) {
    const [p, q] = [draw(0.05), draw(0.05)];
    const half = p.map((x, k) => (x + q[k]!) / 2);
    proper = [q, half].every((r) => cost(score, p, r) > cost(score, p, p));
  }
  return proper;
}
export const localProper = () => (p: number) => -5 * Math.log1p(p - 1) - 7;
