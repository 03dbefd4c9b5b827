import { valueCheck } from "../../check";
import { type Big, big, bigSoftmax } from "../../oracle";
import type { Random } from "../../random";
import type { Specification } from "../../specification";

type P = readonly number[];
type Wins = readonly P[];
const sigmoid = (x: Big) => big(1).div(x.neg().exp().plus(1));

/** can everyone be reached from everyone? by multiplying the relation with itself */
function connected(wins: Wins): boolean {
  const n = wins.length;
  let reach = wins.map((row, i) => row.map((w, j) => w > 0 || i === j));
  for (let k = 0; k < n; k++)
    reach = reach.map((row, i) => row.map((_, j) => reach[i]!.some((ok, m) => ok && reach[m]![j]!)));
  return reach.every((row) => row.every(Boolean));
}

/** Newton's method on the log-likelihood, which is concave; the singular direction is fixed by adding 1 to the Hessian */
function mostLikely(wins: Wins): number[] | null {
  if (!connected(wins)) return null;
  const n = wins.length;
  let s = Array<number>(n).fill(0);
  const likelihood = (x: P) =>
    wins.reduce(
      (t, row, i) =>
        t + row.reduce((u, w, j) => u - (i === j ? 0 : w * Math.log1p(Math.exp(x[j]! - x[i]!))), 0),
      0,
    );
  for (let step = 0; step < 100; step++) {
    const g = s.map((si, i) =>
      s.reduce(
        (t, sj, j) =>
          i === j ? t : t + wins[i]![j]! - (wins[i]![j]! + wins[j]![i]!) / (1 + Math.exp(sj - si)),
        0,
      ),
    );
    const h = s.map((si, i) =>
      s.map((sj, j) => {
        const v = (k: number, sk: number) => {
          const q = 1 / (1 + Math.exp(sk - si));
          return (wins[i]![k]! + wins[k]![i]!) * q * (1 - q);
        };
        return 1 + (i === j ? s.reduce((t, sk, k) => (k === i ? t : t + v(k, sk)), 0) : -v(j, sj));
      }),
    );
    const rows = h.map((row, i) => [...row, g[i]!]);
    for (let c = 0; c < n; c++)
      for (let r = 0; r < n; r++) {
        if (r === c) continue;
        const factor = rows[r]![c]! / rows[c]![c]!;
        rows[r] = rows[r]!.map((x, k) => x - factor * rows[c]![k]!);
      }
    const d = rows.map((row, i) => row[n]! / row[i]!);
    let t = 1;
    while (t > 1e-6 && likelihood(s.map((x, i) => x + t * d[i]!)) < likelihood(s) - 1e-12) t /= 2;
    s = s.map((x, i) => x + t * d[i]!);
    if (Math.max(...d.map(Math.abs)) < 1e-14) break;
  }
  const mean = s.reduce((a, b) => a + b, 0) / n;
  return s.map((x) => x - mean);
}

const truth = (fn: string, ...args: unknown[]): unknown => {
  if (fn === "fitBradleyTerry") return mostLikely(args[0] as Wins);
  if (fn === "withNeither") return bigSoftmax(args as number[]).map((x) => x.toNumber());
  const [a, b, refA, refB, beta] = (args as number[]).map((x) => big(x)) as [Big, Big, Big, Big, Big];
  if (fn === "preferenceProbability") return sigmoid(a.minus(b)).toNumber();
  const lossAt = (x: Big, y: Big) =>
    sigmoid(beta.times(x.minus(refA).minus(y).plus(refB)))
      .ln()
      .neg();
  // slopes by central differences at 50 digits
  const h = big("1e-15");
  const by = (dx: Big, dy: Big) =>
    lossAt(a.plus(dx), b.plus(dy))
      .minus(lossAt(a.minus(dx), b.minus(dy)))
      .div(h.times(2))
      .toNumber();
  return { loss: lossAt(a, b).toNumber(), grad: [by(h, big(0)), by(big(0), h)] };
};

const table = (random: Random, n: number): Wins => {
  const skill = random.logits(n, 1);
  return random.list(n, (i) =>
    random.list(n, (j) =>
      i === j ? 0 : 1 + Math.round(12 * random.uniform() * (1 / (1 + Math.exp(skill[j]! - skill[i]!)))),
    ),
  );
};
const logs = (random: Random) => random.list(4, () => -random.between(1, 30));
const tolerance = { absolute: 1e-300, relative: 1e-11 };

export const specification: Specification = {
  id: "e26",
  slug: "preferences",
  given: [],
  checks: [
    valueCheck({
      id: "probability",
      title: "preferenceProbability() depends on the difference of the scores only, and survives large ones",
      points: 1.5,
      tolerance,
      calls: (random) => [
        ["preferenceProbability", 0, 0],
        ["preferenceProbability", 1, 0],
        ["preferenceProbability", 1001, 1000],
        ["preferenceProbability", -500, 200],
        ...random.list(5, () => ["preferenceProbability", 3 * random.normal(), 3 * random.normal()] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "fit",
      title: "fitBradleyTerry() finds the most likely scores, summing to 0",
      points: 2,
      tolerance: { absolute: 1e-7, relative: 0 },
      budget: 3000,
      calls: (random) => [
        [
          "fitBradleyTerry",
          [
            [0, 3],
            [1, 0],
          ],
        ],
        ...random.list(5, () => ["fitBradleyTerry", table(random, random.integer(3, 5))] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "infinite",
      title: "fitBradleyTerry() returns null where no finite scores are most likely",
      points: 1,
      budget: 3000,
      calls: () => [
        // the third never wins
        [
          "fitBradleyTerry",
          [
            [0, 2, 3],
            [1, 0, 2],
            [0, 0, 0],
          ],
        ],
        // two pairs that never met
        [
          "fitBradleyTerry",
          [
            [0, 1, 0, 0],
            [1, 0, 0, 0],
            [0, 0, 0, 1],
            [0, 0, 1, 0],
          ],
        ],
        // everyone wins and loses, but the first two never lose to the others
        [
          "fitBradleyTerry",
          [
            [0, 1, 1, 0],
            [1, 0, 0, 1],
            [0, 0, 0, 1],
            [0, 0, 1, 0],
          ],
        ],
      ],
      truth,
      needs: ["fit"],
    }),
    valueCheck({
      id: "dpo",
      title:
        "dpoLoss() is −log σ of β times the margin over the reference; log 2 where the model is the reference",
      points: 2.5,
      tolerance: { absolute: 1e-300, relative: 1e-9 },
      calls: (random) => [
        ["dpoLoss", -5, -7, -5, -7, 0.1],
        ["dpoLoss", -4, -9, -6, -6, 0.5],
        ...random.list(6, () => ["dpoLoss", ...logs(random), random.between(0.05, 1)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "far",
      title: "dpoLoss() survives margins of ±2000",
      points: 1,
      tolerance: { absolute: 1e-300, relative: 1e-9 },
      calls: () => [
        ["dpoLoss", -3000, -10, -1000, -10, 1],
        ["dpoLoss", -10, -80, -30, -60, 1],
      ],
      truth,
      needs: ["dpo"],
    }),
    valueCheck({
      id: "neither",
      title: "withNeither() is a softmax over three outcomes",
      points: 2,
      tolerance,
      calls: (random) => [
        ["withNeither", 0, 0, 0],
        ["withNeither", 1000, 999, 998],
        ...random.list(5, () => ["withNeither", random.normal(), random.normal(), random.normal()] as const),
      ],
      truth,
    }),
  ],
};
