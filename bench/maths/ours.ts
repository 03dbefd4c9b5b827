// The module under measurement: the one file that knows how its batches are called.
import {
  allocate,
  entropy,
  klDivergence,
  logSoftmax,
  setEngine,
  setThreads,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithGradient,
} from "cross-entropy";
import { rowJob } from "./rows";
import type { Inputs, Job, Program, Work } from "./work";

export interface Variant {
  /** The scalar TypeScript, as notebooks use it. */
  portable?: boolean;
  /** Logits and result in the module's own memory, so that nothing is copied. */
  allocated?: boolean;
  threads?: number;
}

export async function ours({ portable = false, allocated = false, threads = 1 }: Variant): Promise<Program> {
  setEngine(portable ? "portable" : "auto");
  if (threads > 1) await setThreads(threads);

  function single(work: Work, inputs: Inputs): Job {
    const out = new Float64Array(work.V);
    const options = { out };
    return rowJob(work, inputs, {
      "log-softmax": (z, y) => logSoftmax(z, options)[y]!,
      loss: (z, y) => softmaxCrossEntropy(y, z),
      "loss + gradient": (z, y) => softmaxCrossEntropyWithGradient(y, z, options).loss,
      entropy: (p) => entropy(p),
      "KL divergence": (p, _, q) => klDivergence(p, q),
    });
  }

  return {
    version: "",
    prepare(work, inputs) {
      // Small calls are scalar TypeScript whatever the engine.
      if (work.single) return portable ? single(work, inputs) : undefined;
      const { kind, V } = work;
      let { z } = inputs;
      let out: Float32Array | Float64Array;
      if (allocated) {
        z = kind === "float32" ? allocate("float32", z.length) : allocate("float64", z.length);
        z.set(inputs.z);
        out = kind === "float32" ? allocate("float32", z.length) : allocate("float64", z.length);
      } else out = new (kind === "float32" ? Float32Array : Float64Array)(z.length).fill(1);
      const options = { classes: V, out };
      let loss: number | undefined;
      const { y } = inputs;
      const calls: Partial<Record<string, () => void>> = {
        "log-softmax": () => logSoftmax(z, options),
        loss: () => (loss = softmaxCrossEntropy(y, z, { classes: V })),
        "loss + gradient": () => (loss = softmaxCrossEntropyWithGradient(y, z, options).loss),
      };
      const call = calls[work.operation];
      return call && { call, values: () => ({ loss, out: work.operation === "loss" ? undefined : out }) };
    },
  };
}
