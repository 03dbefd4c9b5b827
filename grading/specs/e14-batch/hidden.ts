/** What only coursework asks: see grading/hidden.ts. */
import { type Hidden, hiddenCheck } from "../../hidden";

export const hidden: readonly Hidden[] = [
  hiddenCheck({
    of: "loss",
    title: "loss and gradient are right for larger batches",
    calls: (random) =>
      random.list(2, () => {
        const [rows, classes] = [random.integer(8, 12), random.integer(5, 9)];
        return [
          "softmaxCrossEntropy",
          random.list(rows, () => random.integer(0, classes - 1)),
          random.list(rows, () => random.logits(classes)),
        ] as const;
      }),
  }),
];
