import { valueCheck } from "../../check";
import { big, bigLogSumExp } from "../../oracle";
import { closedForm, type Specification } from "../../specification";

type P = readonly number[];
const logSoftmax = (z: P) => {
  const total = bigLogSumExp(z);
  return z.map((x) => (x === Number.NEGATIVE_INFINITY ? x : big(x).minus(total).toNumber()));
};
const truth = (fn: string, z: P | readonly P[]): unknown => {
  if (fn === "logSumExp") return bigLogSumExp(z as P).toNumber();
  if (fn === "logSoftmax") return logSoftmax(z as P);
  return (z as readonly P[]).map(logSoftmax);
};

const total = (z: P, shift: number) => z.reduce((s, x) => s + Math.exp(x - shift), 0);
const stable = (z: P) => {
  const top = Math.max(...z);
  return top + Math.log(total(z, top));
};
/** implementations to diagnose, each with its one defect between −1000 and 1000 */
const patients: [string, (z: P) => number][] = [
  ["ok", stable],
  ["overflow", (z) => Math.log(total(z, 0))],
  // shifted by the smallest: worse than no shift
  ["overflow", (z) => Math.min(...z) + Math.log(total(z, Math.min(...z)))],
  // a shift that is never negative does not save low logits
  ["underflow", (z) => Math.max(0, ...z) + Math.log(total(z, Math.max(0, ...z)))],
  ["precision", (z) => Math.max(...z) + Math.log(total(z, Math.max(...z)) + 1e-8)],
  ["precision", (z) => Math.max(...z)],
  ["ok", (z) => z.reduce((a, b) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))))],
];

export const specification: Specification = {
  id: "e12",
  slug: "log-sum-exp",
  given: [],
  checks: [
    valueCheck({
      id: "values",
      title: "logSumExp() is the logarithm of the sum of exponentials",
      points: 1,
      // a sum near 1 has a logarithm near 0, where a relative tolerance alone would ask too much
      tolerance: { absolute: 1e-13, relative: 1e-12 },
      calls: (random) => [
        ["logSumExp", [0, 0]],
        ["logSumExp", [1, 2, 3]],
        ["logSumExp", [-5]],
        ...random.list(6, () => ["logSumExp", random.logits(random.integer(2, 12), 3)] as const),
      ],
      truth,
      shrink: {
        fn: "logSumExp",
        arguments: (fc) =>
          fc.tuple(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 3 })),
      },
    }),
    valueCheck({
      id: "extremes",
      title: "logSumExp() survives logits of ±1000 and minus infinity (D12)",
      points: 1.5,
      calls: (random) => [
        ["logSumExp", [1000, 1001, 999]],
        ["logSumExp", [-1000, -1001, -999]],
        ["logSumExp", [Number.NEGATIVE_INFINITY, 3]],
        ["logSumExp", [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]],
        ["logSumExp", random.logits(5, 3).map((x) => x + 900)],
      ],
      truth,
      needs: ["values"],
    }),
    valueCheck({
      id: "log-softmax",
      title: "logSoftmax() is z − logSumExp(z), finite across a gap of 800",
      points: 1.5,
      tolerance: { absolute: 1e-13, relative: 1e-12 },
      calls: (random) => [
        ["logSoftmax", [0, 0]],
        ["logSoftmax", [800, 0]],
        ["logSoftmax", [1000, 1001, 999]],
        ...random.list(6, () => ["logSoftmax", random.logits(random.integer(2, 12), 3)] as const),
      ],
      truth,
    }),
    valueCheck({
      id: "offset",
      title: "logSoftmax() does not change when 2^49 is added to every logit",
      points: 1,
      tolerance: { absolute: 1e-13, relative: 1e-12 },
      calls: (random) =>
        // multiples of 1/8, so that the sum with 2^49 is exact
        random.list(
          4,
          () => ["logSoftmax", random.list(4, () => 2 ** 49 + random.integer(-40, 40) / 8)] as const,
        ),
      truth,
      needs: ["log-softmax"],
    }),
    valueCheck({
      id: "rows",
      title: "logSoftmaxRows() treats every row by itself",
      points: 1,
      tolerance: { absolute: 1e-13, relative: 1e-12 },
      calls: (random) => [
        [
          "logSoftmaxRows",
          [
            [1000, 1001],
            [-1000, -1002],
          ],
        ],
        ...random.list(3, () => {
          const columns = random.integer(2, 5);
          return [
            "logSoftmaxRows",
            random.list(3, () => random.logits(columns).map((x) => x + random.between(-900, 900))),
          ] as const;
        }),
      ],
      truth,
      needs: ["log-softmax"],
    }),
    valueCheck({
      id: "unchanged",
      title: "the caller's logits are left as they were",
      points: 0.5,
      tolerance: { absolute: 1e-13, relative: 1e-12 },
      unchanged: true,
      calls: (random) => {
        const z = [3, ...random.logits(3, 1)];
        return [
          ["logSumExp", z],
          ["logSoftmax", z],
          ["logSoftmaxRows", [z, z]],
        ];
      },
      truth,
      needs: ["values", "log-softmax"],
    }),
    valueCheck({
      id: "diagnose",
      title: "diagnose() finds the defect of implementations that it has not seen",
      points: 1.5,
      tolerance: closedForm,
      calls: (random) => random.shuffle(patients).map(([, f]) => ["diagnose", f] as const),
      truth: (_fn, f: (z: P) => number) => patients.find(([, g]) => g === f)![0],
    }),
  ],
};
