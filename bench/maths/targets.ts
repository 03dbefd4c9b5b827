// What the module aims at, as ratios to other programs in the same run: their time divided by ours. The table tells,
// no test fails: a busy or another computer has other ratios.
import { type Cell, find } from "./measure";
import type { Operation } from "./work";

interface Target {
  cell: string;
  operation: Operation;
  ours: string;
  than: string;
  ratio: number;
}

const zero = "ours, zero-copy";
const torch = "PyTorch, 1 thread";
const tuned = "PyTorch, 1 thread, tuned";
const onnx = "onnxruntime-node, 1 thread";
const textbook = "textbook TypeScript";

const of =
  (cell: string, operation: Operation, ours = zero) =>
  (than: string, ratio: number): Target => ({ cell, operation, ours, than, ratio });

const large = of("float32 [256, 50257]", "loss + gradient");
const small = [3, 5, 10].flatMap((K) => {
  const one = of(`K = ${K}`, "loss", "ours, scalar TypeScript");
  return [one(textbook, 1), one("mathjs", 35), one(torch, 25), one("SciPy", 100)];
});

export const targets: Target[] = [
  large(torch, 7),
  large(tuned, 2.1),
  of("float32 [256, 50257]", "loss + gradient", "ours, copying")(tuned, 1.85),
  large("TensorFlow.js, wasm", 26),
  large(textbook, 12),
  of("float32 [256, 50257]", "loss")(onnx, 1.2),
  of("float32 [256, 50257]", "loss")(torch, 3.6),
  of("float32 [32, 50257]", "log-softmax")(torch, 1.09),
  of("float32 [1024, 1000]", "log-softmax")(torch, 1.07),
  of("float32 [1024, 1000]", "loss")(torch, 1.19),
  of("float32 [1024, 1000]", "loss + gradient")(torch, 2),
  of("float32 [8192, 10]", "log-softmax")(torch, 1.84),
  of("float32 [8192, 10]", "loss")(torch, 2.76),
  of("float32 [8192, 10]", "loss + gradient")(torch, 3.14),
  of("float64 [256, 50257]", "loss + gradient")(torch, 8),
  of("float64 [256, 50257]", "loss + gradient")(tuned, 2.2),
  of("float64 [8192, 10]", "loss")(torch, 1.72),
  of("float64 [8192, 10]", "loss + gradient")(torch, 2.05),
  ...small,
  of("K = 10", "entropy", "ours, scalar TypeScript")(textbook, 1 / 1.35),
  of("K = 10", "KL divergence", "ours, scalar TypeScript")(textbook, 1 / 1.45),
];

/** Rows of the table of targets, for the cells that were measured. */
export function targetRows(cells: Cell[]): string[][] {
  return targets.flatMap(({ cell, operation, ours, than, ratio }) => {
    const figures = find(cells, cell, operation)?.figures;
    const [own, other] = [figures?.get(ours), figures?.get(than)];
    if (own === undefined || other === undefined) return [];
    const measured = other.ms / own.ms;
    const met = measured >= ratio ? "met" : "**not met**";
    return [[cell, operation, ours, than, ratio.toPrecision(3), measured.toPrecision(3), met]];
  });
}

/** For each cell: the best of ours with one and two threads against the best of onnxruntime and tuned PyTorch. */
export function stretchRows(cells: Cell[]): string[][] {
  return cells.flatMap(({ work, figures }) => {
    if (work.single) return [];
    const best = (match: RegExp) => {
      const matching = [...figures].filter(([name]) => match.test(name));
      return matching.sort(([, a], [, b]) => a.ms - b.ms)[0];
    };
    return [1, 2].flatMap((threads) => {
      const own = best(threads === 1 ? /^ours(?!.*2 threads)/ : /^ours/);
      const rival = best(threads === 1 ? /(onnx|PyTorch).*1 thread/ : /onnx|PyTorch/);
      if (own === undefined || rival === undefined) return [];
      const ratio = rival[1].ms / own[1].ms;
      const cell = `${work.kind} [${work.B}, ${work.V}]`;
      const at = ratio >= 1 ? "ahead" : "**behind**";
      return [[cell, work.operation, String(threads), own[0], rival[0], ratio.toPrecision(3), at]];
    });
  });
}
