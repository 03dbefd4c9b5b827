// The bulk path: batches of at least 1,024 logits, computed by the WebAssembly kernels.
import * as ours from "cross-entropy";
import type { BigNumber } from "mathjs";
import type { Case } from "./cases";
import * as exact from "./reference";

type Kind = readonly [name: string, row: (random: ours.Random, V: number) => number[]];
const normals = (random: ours.Random, V: number, scale: number): number[] =>
  Array.from({ length: V }, () => scale * random.normal());

const kinds: readonly Kind[] = [
  ["random", (r, V) => normals(r, V, 2)],
  ["wide", (r, V) => normals(r, V, 30)],
  // the winner ahead of all others, or one other close behind it
  ["confident", (r, V) => [5 + 25 * r.uniform(), ...normals(r, V - 1, 1)]],
  ["two classes", (r, V) => [0, -20 * r.uniform(), ...normals(r, V - 2, 1).map((x) => x - 100)]],
  ["offset", (r, V) => normals(r, V, 3).map((x) => x + 200)],
  ["|z| > 1000", (r, V) => normals(r, V, 1000).map((x) => x + 20_000)],
];

/** Batches of short rows (side by side) and of longer ones (one after another), each row judged at a few entries. */
export function* bulkCases(random: ours.Random, rows: number, float32: boolean): Generator<Case> {
  const round32 = (x: number): number => (float32 ? Math.fround(x) : x);
  ours.setEngine("auto");
  for (const V of [3, 10, 40, 100])
    for (const [kind, make] of kinds) {
      const B = Math.ceil(1100 / V);
      const z = float32 ? new Float32Array(B * V) : new Float64Array(B * V);
      for (let b = 0; b < B; b++) z.set(make(random, V), b * V);
      const judged = Array.from({ length: Math.min(B, rows) }, () => random.integer(B));
      const r = new Map<number, exact.Row>();
      for (const b of judged) r.set(b, exact.bigRow(z.subarray(b * V, (b + 1) * V)));
      // half of the rows were right
      const y = Int32Array.from({ length: B }, (_, b) =>
        b % 2 === 0 ? (r.get(b)?.argmax ?? 0) : random.integer(V),
      );
      const options = { classes: V, reduction: "none" as const };
      const { loss, gradZ } = ours.softmaxCrossEntropyWithGradient(y, z as Float64Array, options);
      const losses = ours.softmaxCrossEntropy(y, z, options);
      const q = ours.softmax(z as Float64Array, { classes: V });
      const logQ = ours.logSoftmax(z as Float64Array, { classes: V });
      for (const [b, row] of r) {
        const i = random.integer(V);
        const at = b * V + i;
        const emit = (quantity: string, actual: number, expected: BigNumber): Case => ({
          quantity: `bulk ${quantity}`,
          kind: `${kind}, V = ${V}`,
          actual: round32(actual),
          expected,
        });
        const yb = y[b]!;
        yield emit("cross-entropy", loss[b]!, exact.minusLogQ(row, yb));
        yield emit("cross-entropy", losses[b]!, exact.minusLogQ(row, yb));
        yield emit("gradient, y", gradZ[b * V + yb]!, exact.qMinusOne(row, yb));
        if (i !== yb) yield emit("gradient, other", gradZ[at]!, exact.q(row, i));
        yield emit("softmax", q[at]!, exact.q(row, i));
        yield emit("logSoftmax", logQ[at]!, exact.minusLogQ(row, i).neg());
      }
    }
  ours.setEngine("portable");
}
