// What a careful programmer writes by hand: typed arrays, the largest logit subtracted, one pass per step.
import { rowJob } from "./rows";
import type { Program } from "./work";

type Floats = Float32Array | Float64Array;

interface Maths {
  exp(x: number): number;
  log(x: number): number;
}

/** Batches by loops over typed arrays, with exp and log of anyone's. */
export function loops({ exp, log }: Maths) {
  function logSumExp(z: Floats, at: number, V: number): number {
    let max = -Infinity;
    for (let k = 0; k < V; k++) if (z[at + k]! > max) max = z[at + k]!;
    let sum = 0;
    for (let k = 0; k < V; k++) sum += exp(z[at + k]! - max);
    return max + log(sum);
  }
  function logSoftmax(z: Floats, B: number, V: number, out: Floats): void {
    for (let b = 0; b < B; b++) {
      const lse = logSumExp(z, b * V, V);
      for (let k = 0; k < V; k++) out[b * V + k] = z[b * V + k]! - lse;
    }
  }
  function loss(z: Floats, y: Int32Array, B: number, V: number): number {
    let total = 0;
    for (let b = 0; b < B; b++) total += logSumExp(z, b * V, V) - z[b * V + y[b]!]!;
    return total / B;
  }
  function lossWithGradient(z: Floats, y: Int32Array, B: number, V: number, out: Floats): number {
    let total = 0;
    for (let b = 0; b < B; b++) {
      const at = b * V;
      let max = -Infinity;
      for (let k = 0; k < V; k++) if (z[at + k]! > max) max = z[at + k]!;
      let sum = 0;
      for (let k = 0; k < V; k++) sum += out[at + k] = exp(z[at + k]! - max);
      for (let k = 0; k < V; k++) out[at + k]! /= sum * B;
      out[at + y[b]!]! -= 1 / B;
      total += max + log(sum) - z[at + y[b]!]!;
    }
    return total / B;
  }
  return { logSumExp, logSoftmax, loss, lossWithGradient };
}

/** A program made of such loops. */
export function loopProgram(version: string, maths: Maths): Program {
  const { logSumExp, logSoftmax, loss, lossWithGradient } = loops(maths);
  const { log } = maths;
  return {
    version,
    prepare(work, inputs) {
      const { operation, kind, B, V } = work;
      const { z, y } = inputs;
      if (work.single) {
        const row = new Float64Array(V);
        const one = new Int32Array(1);
        return rowJob(work, inputs, {
          "log-softmax"(x, k) {
            logSoftmax(x, 1, V, row);
            return row[k]!;
          },
          loss: (x, k) => logSumExp(x, 0, V) - x[k]!,
          "loss + gradient"(x, k) {
            one[0] = k;
            return lossWithGradient(x, one, 1, V, row);
          },
          entropy(p) {
            let sum = 0;
            for (let k = 0; k < p.length; k++) if (p[k]! > 0) sum -= p[k]! * log(p[k]!);
            return sum;
          },
          "KL divergence"(p, _, q) {
            let sum = 0;
            for (let k = 0; k < p.length; k++) if (p[k]! > 0) sum += p[k]! * log(p[k]! / q[k]!);
            return sum;
          },
        });
      }
      const out = new (kind === "float32" ? Float32Array : Float64Array)(
        operation === "loss" ? 0 : B * V,
      ).fill(1);
      let value: number | undefined;
      const call = {
        "log-softmax": () => logSoftmax(z, B, V, out),
        loss: () => (value = loss(z, y, B, V)),
        "loss + gradient": () => (value = lossWithGradient(z, y, B, V, out)),
        entropy: undefined,
        "KL divergence": undefined,
      }[operation];
      return call && { call, values: () => ({ loss: value, out: operation === "loss" ? undefined : out }) };
    },
  };
}

export const textbook = () => loopProgram("", Math);
