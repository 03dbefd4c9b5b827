import { valueCheck } from "../../check";
import { type Big, big, bigSoftmax, sum } from "../../oracle";
import type { Random } from "../../random";
import type { Check, Reply, Specification, Verdict } from "../../specification";

type P = readonly number[];
const number = (x: Big) => x.toNumber();

/** E[g gᵀ] over the labels: the Fisher information, and by D14 the Hessian */
function fisherBig(p: readonly Big[]): Big[][] {
  const gradients = p.map((_, y) => p.map((pk, k) => pk.minus(k === y ? 1 : 0)));
  return p.map((_, i) =>
    p.map((_, j) => sum(p.map((py, y) => py.times(gradients[y]![i]!).times(gradients[y]![j]!)))),
  );
}
/** diag(p) − ppᵀ */
const covariance = (p: readonly Big[]) =>
  p.map((pi, i) => p.map((pj, j) => (i === j ? pi.minus(pi.times(pi)) : pi.times(pj).neg())));

/** solves (H + 1·1ᵀ) d = −g by elimination at 50 digits: its solution sums to 0, since g does */
function newton(c: number, z: P): number[] {
  const p = bigSoftmax(z);
  const rows = covariance(p).map((row, i) => [
    ...row.map((x) => x.plus(1)),
    p[i]!.minus(i === c ? 1 : 0).neg(),
  ]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows[k]!;
    for (let i = 0; i < rows.length; i++) {
      if (i === k) continue;
      const factor = rows[i]![k]!.div(pivot[k]!);
      rows[i] = rows[i]!.map((x, j) => x.minus(factor.times(pivot[j]!)));
    }
  }
  return rows.map((row, i) => number(row[row.length - 1]!.div(row[i]!)));
}

/** p∘v − p(pᵀv) with equal logits counted together: 50,000 exponentials at 50 digits would take a minute */
function product(z: P, v: P): number[] {
  const values = [...new Set(z)];
  const raw = new Map(
    values.map((x) => [
      x,
      big(x)
        .minus(big(Math.max(...values)))
        .exp(),
    ]),
  );
  const count = new Map<string, { x: number; v: number; n: number }>();
  z.forEach((x, i) => {
    const key = `${x}/${v[i]}`;
    const entry = count.get(key) ?? { x, v: v[i]!, n: 0 };
    entry.n++;
    count.set(key, entry);
  });
  const groups = [...count.values()];
  const total = sum(groups.map((g) => raw.get(g.x)!.times(g.n)));
  const mean = sum(groups.map((g) => raw.get(g.x)!.times(big(g.v)).times(g.n))).div(total);
  const results = new Map(
    groups.map((g) => [`${g.x}/${g.v}`, number(raw.get(g.x)!.div(total).times(big(g.v).minus(mean)))]),
  );
  return z.map((x, i) => results.get(`${x}/${v[i]}`)!);
}

const truth = (fn: string, a: P | number, b: P): unknown => {
  // each matrix by the other one's definition
  if (fn === "hessian") return fisherBig(bigSoftmax(a as P)).map((row) => row.map(number));
  if (fn === "fisher") return covariance(bigSoftmax(a as P)).map((row) => row.map(number));
  if (fn === "hessianVectorProduct") return product(a as P, b);
  return newton(a as number, b);
};

// entries are products of probabilities: their size is at most 1/4
const tolerance = { absolute: 1e-12, relative: 1e-9 };
const logits = (random: Random, low = 2, high = 6) => random.logits(random.integer(low, high), 1.5);

const large: Check = valueCheck({
  id: "large",
  title: "hessianVectorProduct() copes with 50,000 classes",
  points: 1.5,
  budget: 2000,
  tolerance: { absolute: 1e-15, relative: 1e-8 },
  calls: (random) => [
    [
      "hessianVectorProduct",
      random.list(50_000, () => random.integer(-8, 8) / 4),
      random.list(50_000, () => random.integer(-4, 4) / 2),
    ],
  ],
  truth,
  needs: ["product"],
});

export const specification: Specification = {
  id: "e15",
  slug: "curvature",
  given: [],
  checks: [
    valueCheck({
      id: "hessian",
      title: "hessian() is diag(p) − ppᵀ (D14)",
      points: 2,
      tolerance,
      calls: (random) => [["hessian", [0, 0]], ...random.list(6, () => ["hessian", logits(random)] as const)],
      truth,
      shrink: {
        fn: "hessian",
        arguments: (fc) =>
          fc.tuple(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 2, maxLength: 3 })),
      },
    }),
    valueCheck({
      id: "extremes",
      title: "hessian() is finite for logits of ±800",
      points: 1,
      tolerance,
      calls: (random) => [
        ["hessian", [800, -800]],
        ["hessian", [800, 800, 0]],
        ["hessian", logits(random).map((x) => x + 900)],
      ],
      truth,
      needs: ["hessian"],
    }),
    valueCheck({
      id: "fisher",
      title: "fisher() averages g gᵀ over labels drawn from the model, and equals the Hessian",
      points: 1.5,
      tolerance,
      calls: (random) => [["fisher", [0, 1]], ...random.list(5, () => ["fisher", logits(random)] as const)],
      truth,
    }),
    valueCheck({
      id: "product",
      title: "hessianVectorProduct() is p∘v − p(pᵀv), and 0 for a constant v",
      points: 2,
      tolerance,
      calls: (random) => [
        ["hessianVectorProduct", [0, 0], [1, -1]],
        ["hessianVectorProduct", [0.5, -1, 2], [1, 1, 1]],
        ...random.list(6, () => {
          const z = logits(random);
          return ["hessianVectorProduct", z, random.logits(z.length)] as const;
        }),
      ],
      truth,
    }),
    {
      ...large,
      // nothing but a K×K array makes this slow, big or impossible
      judge: (reply: Reply, probe): Verdict => {
        const verdict = large.judge(reply, probe);
        return verdict.ok || reply.kind === "value" ? verdict : { ...verdict, misconception: "K×K array" };
      },
    },
    valueCheck({
      id: "newton",
      title: "newtonStep() solves H d = −g with Σ d = 0",
      points: 2,
      tolerance: { absolute: 1e-9, relative: 1e-9 },
      calls: (random) => [
        ["newtonStep", 0, [0, 0]],
        ...random.list(6, () => {
          const z = logits(random);
          return ["newtonStep", random.integer(0, z.length - 1), z] as const;
        }),
      ],
      truth,
    }),
  ],
};
