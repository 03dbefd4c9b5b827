// class style, gradient-free as well, but by golden section along each pair of classes
export const steps = [
  { expression: "diff(sum(i, p[i] * S(q[i])) - lambda * (sum(i, q[i]) - 1), q[k]) == 0", by: "start" },
  {
    expression: "diff(sum(i, p[i] * S(q[i])), q[k]) - diff(lambda * (sum(i, q[i]) - 1), q[k]) == 0",
    relation: "<=>",
    by: "differentiate",
  },
  { expression: "p[k] * diff(S(q[k]), q[k]) - lambda == 0", relation: "<=>", by: "differentiate" },
  { expression: "p[k] * diff(S(q[k]), q[k]) == lambda", relation: "<=>", by: "both sides" },
];

type Score = (c: number, q: readonly number[]) => number;
class Game {
  constructor(
    readonly score: Score,
    readonly p: readonly number[],
  ) {}
  cost(q: readonly number[]): number {
    let total = 0;
    for (let c = 0; c < q.length; c++) total += this.p[c]! * this.score(c, q);
    return total;
  }
  /** the best split of the mass of two classes, the others fixed */
  split(q: number[], i: number, j: number): void {
    const mass = q[i]! + q[j]!;
    const at = (x: number) => {
      const r = q.slice();
      r[i] = x;
      r[j] = mass - x;
      return this.cost(r);
    };
    let [a, b] = [0, mass];
    while (b - a > 1e-5) {
      const [x, y] = [b - 0.618034 * (b - a), a + 0.618034 * (b - a)];
      if (at(x) < at(y)) b = y;
      else a = x;
    }
    let best = (a + b) / 2;
    for (const edge of [0, mass]) if (at(edge) <= at(best)) best = edge;
    q[i] = best;
    q[j] = mass - best;
  }
}
export function bestResponse(score: Score, p: readonly number[]): number[] {
  const game = new Game(score, p);
  const q = p.map(() => 1 / p.length);
  for (let sweep = 0; sweep < 20; sweep++) {
    const before = q.slice();
    for (let i = 0; i < p.length; i++) for (let j = 0; j < i; j++) game.split(q, i, j);
    if (q.every((x, k) => Math.abs(x - before[k]!) < 1e-4)) break;
  }
  return q;
}
export function isProper(score: Score, classes: number, random: () => number): boolean {
  for (let n = 0; n < 4; n++) {
    const raw = Array.from({ length: classes }, () => 0.2 + random());
    const total = raw.reduce((a, b) => a + b);
    const p = raw.map((x) => x / total);
    const q = bestResponse(score, p);
    if (q.some((x, k) => !(Math.abs(x - p[k]!) < 1e-3))) return false;
  }
  return true;
}
export class Local {
  readonly loss = (p: number): number => 2 * Math.log2(1 / p) + 3;
}
export const localProper = () => new Local().loss;
