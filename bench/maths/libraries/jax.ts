// jax-js: compiled functions on its WebAssembly backend, one-hot targets.
import type { Inputs, Job, Program, Work } from "../work";
import { load, versionOf } from "./load";
import { perRow } from "./tfjs";

/** Using an array up is the rule; `ref` is one more use. */
interface Array_ {
  readonly ref: Array_;
  reshape(shape: number[]): Array_;
  astype(kind: unknown): Array_;
  mul(other: Array_ | number): Array_;
  sum(): Array_;
  dataSync(): Float32Array | Float64Array;
  blockUntilReady(): Promise<Array_>;
  dispose(): void;
}
interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  jit<A extends unknown[], R>(f: (...args: A) => R): (...args: A) => R;
  valueAndGrad<A extends unknown[]>(f: (...args: A) => Array_): (...args: A) => [Array_, Array_];
  numpy: { array(x: Float32Array): Array_; float32: unknown; float64: unknown };
  nn: { logSoftmax(z: Array_): Array_ };
}

export async function jax(): Promise<Program> {
  const { init, defaultDevice, jit, valueAndGrad, numpy, nn } = load<Jax>("@jax-js/jax");
  await init("wasm");
  defaultDevice("wasm");

  function prepare({ kind, B, V, operation }: Work, { z, y }: Inputs): Job | undefined {
    const hot = new Float32Array(B * V);
    for (let b = 0; b < B; b++) hot[b * V + y[b]!] = 1;
    // From float32 and converted: this version makes float64 arrays of Float64Array only where Float16Array exists.
    const tensor = (x: Float32Array) => numpy.array(x).reshape([B, V]).astype(numpy[kind]);
    const logits = tensor(Float32Array.from(z));
    const targets = tensor(hot);
    const lossOf = (x: Array_, t: Array_) =>
      nn
        .logSoftmax(x)
        .mul(t)
        .sum()
        .mul(-1 / B);
    const logSoftmax = jit((x: Array_) => nn.logSoftmax(x));
    const lossOnly = jit(lossOf);
    const withGradient = jit(valueAndGrad(lossOf));
    let result: Array_ | undefined;
    let loss: number | undefined;
    const call = {
      async "log-softmax"() {
        result?.dispose();
        result = logSoftmax(logits.ref);
        await result.blockUntilReady();
      },
      loss() {
        loss = lossOnly(logits.ref, targets.ref).dataSync()[0];
      },
      async "loss + gradient"() {
        result?.dispose();
        const [value, gradient] = withGradient(logits.ref, targets.ref);
        result = gradient;
        loss = value.dataSync()[0];
        await result.blockUntilReady();
      },
      entropy: undefined,
      "KL divergence": undefined,
    }[operation];
    return (
      call && {
        call,
        values: () => ({ loss, out: result?.ref.dataSync() }),
        close() {
          for (const array of [logits, targets, result]) array?.dispose();
        },
      }
    );
  }

  return {
    version: versionOf("@jax-js/jax"),
    prepare: (work, inputs) => (work.single ? perRow(work, inputs, prepare) : prepare(work, inputs)),
  };
}
