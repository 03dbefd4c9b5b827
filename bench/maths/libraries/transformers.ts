// transformers.js: the softmax and log_softmax of its own JavaScript, a row at a time.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { peersFolder } from "../install";
import { rowJob } from "../rows";
import type { Program } from "../work";
import { versionOf } from "./load";

type Floats = Float32Array | Float64Array;
interface Maths {
  softmax<T extends Floats>(x: T): T;
  log_softmax<T extends Floats>(x: T): T;
}

export async function transformers(): Promise<Program> {
  const name = "@huggingface/transformers";
  const file = path.join(peersFolder, "node_modules", name, "src/utils/maths.js");
  const { softmax, log_softmax } = (await import(pathToFileURL(file).href)) as Maths;
  return {
    version: versionOf(name),
    prepare(work, inputs) {
      const { operation, kind, B, V } = work;
      const { z, y } = inputs;
      if (work.single)
        return rowJob(work, inputs, {
          "log-softmax": (x, k) => log_softmax(x)[k]!,
          loss: (x, k) => -log_softmax(x)[k]!,
          "loss + gradient"(x, k) {
            const p = softmax(x);
            const loss = -Math.log(p[k]!);
            p[k]! -= 1;
            return loss;
          },
        });
      const out = new (kind === "float32" ? Float32Array : Float64Array)(
        operation === "loss" ? 0 : B * V,
      ).fill(1);
      let loss: number | undefined;
      const row = (b: number) => z.subarray(b * V, (b + 1) * V);
      const call = {
        "log-softmax"() {
          for (let b = 0; b < B; b++) out.set(log_softmax(row(b)), b * V);
        },
        loss() {
          let total = 0;
          for (let b = 0; b < B; b++) total -= log_softmax(row(b))[y[b]!]!;
          loss = total / B;
        },
        "loss + gradient"() {
          let total = 0;
          for (let b = 0; b < B; b++) {
            const p = softmax(row(b));
            total -= Math.log(p[y[b]!]!);
            p[y[b]!]! -= 1;
            for (let k = 0; k < V; k++) p[k]! /= B;
            out.set(p, b * V);
          }
          loss = total / B;
        },
        entropy: undefined,
        "KL divergence": undefined,
      }[operation];
      return call && { call, values: () => ({ loss, out: operation === "loss" ? undefined : out }) };
    },
  };
}
