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
    const golden = (Math.sqrt(5) - 1) / 2;
    let [a, b] = [0, mass];
    let [x, y] = [mass - golden * mass, golden * mass];
    let [costX, costY] = [at(x), at(y)];
    // of the two costs inside, one is always used again
    while (b - a > 1e-7) {
      if (costX < costY) {
        [b, y, costY] = [y, x, costX];
        x = b - golden * (b - a);
        costX = at(x);
      } else {
        [a, x, costX] = [x, y, costY];
        y = a + golden * (b - a);
        costY = at(y);
      }
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
    if (p.length === 2 || q.every((x, k) => Math.abs(x - before[k]!) < 1e-7)) break;
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
