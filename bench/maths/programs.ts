// Every program in JavaScript that is compared, by its name in the worker's command line.

import { bandwidth } from "./bandwidth";
import { jax } from "./libraries/jax";
import { mathjs } from "./libraries/mathjs";
import { onnxruntime } from "./libraries/onnxruntime";
import { stdlib } from "./libraries/stdlib";
import { tfjs } from "./libraries/tfjs";
import { transformers } from "./libraries/transformers";
import { ours } from "./ours";
import { textbook } from "./textbook";
import type { Program } from "./work";

export const programs: Record<string, () => Program | Promise<Program>> = {
  bandwidth,
  portable: () => ours({ portable: true }),
  copy: () => ours({}),
  "zero-copy": () => ours({ allocated: true }),
  "2 threads": () => ours({ allocated: true, threads: 2 }),
  textbook,
  mathjs,
  stdlib,
  "tfjs cpu": () => tfjs("cpu"),
  "tfjs wasm": () => tfjs("wasm"),
  "onnxruntime 1": () => onnxruntime(1),
  "onnxruntime 2": () => onnxruntime(2),
  jax,
  transformers,
};
