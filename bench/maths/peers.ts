// The rows of the tables: which process runs each, with what settings.
import path from "node:path";
import type { Python } from "./python";

const root = path.resolve(__dirname, "../../..");

export interface Peer {
  /** As in the tables. */
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Part of this module. */
  ours?: boolean;
}

const node = (name: string, program: string, flags: string[] = []): Peer => ({
  name,
  command: process.execPath,
  args: [...flags, "--expose-gc", path.join(__dirname, "worker.js"), program],
});

// (module (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd))
const relaxed = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 123, 123, 123, 1, 123, 3, 2, 1, 0, 10, 13, 1, 11, 0],
  ...[32, 0, 32, 1, 32, 2, 253, 133, 2, 11],
);
interface Engine {
  validate(bytes: Uint8Array): boolean;
}
const { validate } = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;

/** Whether this Node has fused multiply-add in WebAssembly without a flag: then all our rows use it. */
export const fusedByDefault = validate(relaxed);

/** Memory that PyTorch frees stays its own, so that results of 50 MB do not start with page faults each time. */
const tuned = { MALLOC_MMAP_MAX_: "0", MALLOC_TRIM_THRESHOLD_: "100000000000", MALLOC_TOP_PAD_: "100000000" };

export function peers(python: Python | undefined, installed: boolean): Peer[] {
  const fma = ["--experimental-wasm-relaxed-simd"];
  const ours = [
    node("ours, zero-copy", "zero-copy"),
    node("ours, copying", "copy"),
    ...(fusedByDefault ? [] : [node("ours, FMA", "zero-copy", fma)]),
    node("ours, 2 threads", "2 threads"),
    ...(fusedByDefault ? [] : [node("ours, FMA, 2 threads", "2 threads", fma)]),
    node("ours, scalar TypeScript", "portable"),
  ].map((peer) => ({ ...peer, ours: true }));
  const javascript = [
    node("onnxruntime-node, 1 thread", "onnxruntime 1"),
    node("onnxruntime-node, 2 threads", "onnxruntime 2"),
    node("TensorFlow.js, wasm", "tfjs wasm"),
    node("TensorFlow.js, cpu", "tfjs cpu"),
    node("jax-js", "jax"),
    node("transformers.js", "transformers"),
    node("@stdlib", "stdlib"),
    node("mathjs", "mathjs"),
  ];
  const py = (name: string, program: string, threads = 1, env?: Record<string, string>): Peer => ({
    name,
    command: python!.command,
    args: [path.join(root, "bench/maths/worker.py"), program, String(threads)],
    ...(env && { env }),
  });
  const has = (name: string) => python?.modules.includes(name) ?? false;
  return [
    ...ours,
    node("textbook TypeScript", "textbook"),
    ...(installed ? javascript : []),
    ...(has("numpy") ? [py("NumPy", "numpy")] : []),
    ...(has("scipy") ? [py("SciPy", "scipy")] : []),
    ...(has("torch")
      ? [
          py("PyTorch, 1 thread", "torch"),
          py("PyTorch, 1 thread, tuned", "torch", 1, tuned),
          py("PyTorch, 2 threads", "torch", 2),
          py("PyTorch, 2 threads, tuned", "torch", 2, tuned),
        ]
      : []),
    node("memory", "bandwidth"),
  ];
}
