// TensorFlow.js with its cpu or its wasm backend: one-hot targets, as its loss wants them; float32 only.
import type { Inputs, Job, Program, Work } from "../work";
import { load, versionOf } from "./load";

interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
  cast(kind: string): Tensor;
}
interface Tf {
  setBackend(name: string): Promise<boolean>;
  tidy<T>(f: () => T): T;
  tensor2d(values: Float32Array, shape: [number, number]): Tensor;
  tensor1d(values: Int32Array, kind: string): Tensor;
  oneHot(y: Tensor, V: number): Tensor;
  fill(shape: number[], value: number): Tensor;
  logSoftmax(z: Tensor): Tensor;
  mean(x: Tensor): Tensor;
  losses: {
    softmaxCrossEntropy(
      y: Tensor,
      z: Tensor,
      weights?: undefined,
      smoothing?: number,
      reduction?: number,
    ): Tensor;
  };
  Reduction: { NONE: number };
  valueAndGrad(f: (z: Tensor) => Tensor): (z: Tensor, dy: Tensor) => { value: Tensor; grad: Tensor };
}

export async function tfjs(backend: "cpu" | "wasm"): Promise<Program> {
  const tf = load<Tf>("@tensorflow/tfjs-core");
  load(`@tensorflow/tfjs-backend-${backend}`);
  await tf.setBackend(backend);

  function prepare(work: Work, { z, y }: Inputs): Job | undefined {
    const { B, V, operation } = work;
    const logits = tf.tensor2d(z as Float32Array, [B, V]);
    const targets = tf.tidy(() => tf.oneHot(tf.tensor1d(y, "int32"), V).cast("float32"));
    const share = tf.fill([B], 1 / B);
    const { NONE } = tf.Reduction;
    // Without a reduction the loss needs no gradients but its own: those of other functions come with the bundle only.
    const withGradient = tf.valueAndGrad((x) =>
      tf.losses.softmaxCrossEntropy(targets, x, undefined, 0, NONE),
    );
    let result: Tensor | undefined;
    let loss: number | undefined;
    const call = {
      "log-softmax"() {
        result?.dispose();
        result = tf.logSoftmax(logits);
      },
      loss() {
        loss = tf.tidy(() => tf.losses.softmaxCrossEntropy(targets, logits).dataSync()[0]);
      },
      "loss + gradient"() {
        result?.dispose();
        const { value, grad } = withGradient(logits, share);
        result = grad;
        loss = tf.tidy(() => tf.mean(value).dataSync()[0]);
        value.dispose();
      },
      entropy: undefined,
      "KL divergence": undefined,
    }[operation];
    return (
      call && {
        call,
        values: () => ({ loss, out: result?.dataSync() }),
        close() {
          for (const tensor of [logits, targets, share, result]) tensor?.dispose();
        },
      }
    );
  }

  return {
    version: versionOf("@tensorflow/tfjs-core"),
    prepare(work, inputs) {
      if (work.single) return perRow(work, { ...inputs, z: Float32Array.from(inputs.z) }, prepare);
      return work.kind === "float64" ? undefined : prepare(work, inputs);
    },
  };
}

/** One job for each row; for programs whose calls take tensors, which are made outside of what is timed. */
export function perRow(
  work: Work,
  { z, y, p, q }: Inputs,
  prepare: (work: Work, inputs: Inputs) => Job | undefined,
): Job | undefined {
  const { B, V } = work;
  const jobs = Array.from({ length: B }, (_, b) =>
    prepare({ ...work, B: 1 }, { z: z.slice(b * V, (b + 1) * V), y: y.slice(b, b + 1), p, q }),
  );
  if (jobs.includes(undefined)) return undefined;
  return {
    async call() {
      for (const job of jobs) {
        const pending = job!.call();
        if (pending instanceof Promise) await pending;
      }
    },
    values() {
      let total = 0;
      jobs.forEach((job, b) => {
        const { loss, out } = job!.values();
        total += work.operation === "log-softmax" ? -out![y[b]!]! : loss!;
      });
      return { loss: total / B };
    },
    close() {
      for (const job of jobs) job!.close?.();
    },
  };
}
