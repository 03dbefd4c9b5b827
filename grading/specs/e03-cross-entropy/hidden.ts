/** What only coursework asks: see grading/hidden.ts. */
import { type Hidden, hiddenCheck } from "../../hidden";

export const hidden: readonly Hidden[] = [
  hiddenCheck({
    of: "cross-entropy",
    title: "crossEntropy() is right for distributions of any size",
    calls: (random) =>
      [2, 3, 60, 120].map(
        (size) => ["crossEntropy", random.distribution(size), random.distribution(size)] as const,
      ),
  }),
  hiddenCheck({
    of: "kl",
    title: "klDivergence() is right for distributions of any size",
    calls: (random) =>
      [2, 3, 60, 120].map(
        (size) => ["klDivergence", random.distribution(size), random.distribution(size)] as const,
      ),
  }),
];
