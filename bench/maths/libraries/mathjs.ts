// mathjs: its functions on matrices, one row after another.
import { rowJob } from "../rows";
import type { Program } from "../work";
import { load, versionOf } from "./load";

interface Maths {
  max(x: number[]): number;
  sum(x: number[]): number;
  log(x: number): number;
  exp(x: number): number;
  map(x: number[], f: (x: number) => number): number[];
  subtract(x: number[], y: number): number[];
  divide(x: number[], y: number): number[];
  dotMultiply(x: number[], y: number[]): number[];
  kldivergence(p: number[], q: number[]): number;
}

export function mathjs(): Program {
  const math = load<Maths>("mathjs");

  /** Row minus maximum, its exponentials, their sum. */
  function parts(z: number[]) {
    const shifted = math.subtract(z, math.max(z));
    const e = math.map(shifted, math.exp);
    return { shifted, e, sum: math.sum(e) };
  }
  function logSoftmax(z: number[]): number[] {
    const { shifted, sum } = parts(z);
    return math.subtract(shifted, math.log(sum));
  }
  function loss(z: number[], k: number): number {
    const { shifted, sum } = parts(z);
    return math.log(sum) - shifted[k]!;
  }
  function gradient(z: number[], k: number, B: number): { loss: number; row: number[] } {
    const { shifted, e, sum } = parts(z);
    const row = math.divide(e, sum * B);
    row[k]! -= 1 / B;
    return { loss: math.log(sum) - shifted[k]!, row };
  }

  return {
    version: versionOf("mathjs"),
    prepare(work, inputs) {
      const { operation, kind, B, V } = work;
      if (kind === "float32") return undefined;
      const { z, y } = inputs;
      if (work.single) {
        // Its arrays are ordinary ones; made once, outside of what is timed.
        const plain = new Map<Float64Array, number[]>();
        const array = (x: Float64Array) => {
          const known = plain.get(x) ?? Array.from(x);
          plain.set(x, known);
          return known;
        };
        return rowJob(work, inputs, {
          "log-softmax": (x, k) => logSoftmax(array(x))[k]!,
          loss: (x, k) => loss(array(x), k),
          "loss + gradient": (x, k) => gradient(array(x), k, 1).loss,
          entropy: (p) =>
            -math.sum(
              math.dotMultiply(
                array(p),
                math.map(array(p), (x) => math.log(x)),
              ),
            ),
          "KL divergence": (p, _, q) => math.kldivergence(array(p), array(q)),
        });
      }
      const rows = Array.from({ length: B }, (_, b) => Array.from(z.subarray(b * V, (b + 1) * V)));
      let value: number | undefined;
      let out: number[][] = [];
      const call = {
        "log-softmax"() {
          out = rows.map(logSoftmax);
        },
        loss() {
          value = math.sum(rows.map((row, b) => loss(row, y[b]!))) / B;
        },
        "loss + gradient"() {
          const results = rows.map((row, b) => gradient(row, y[b]!, B));
          out = results.map(({ row }) => row);
          value = math.sum(results.map((one) => one.loss)) / B;
        },
        entropy: undefined,
        "KL divergence": undefined,
      }[operation];
      return (
        call && { call, values: () => ({ loss: value, out: operation === "loss" ? undefined : out.flat() }) }
      );
    },
  };
}
