/** What only coursework asks: see grading/hidden.ts. */
import { type Hidden, hiddenCheck } from "../../hidden";

export const hidden: readonly Hidden[] = [
  hiddenCheck({
    of: "surprisal",
    title: "surprisal() is right for any probability",
    calls: (random) => random.list(10, () => ["surprisal", 10 ** random.between(-9, -0.01)] as const),
  }),
  hiddenCheck({
    of: "entropy",
    title: "entropy() is right for distributions of any size",
    calls: (random) =>
      [1, 7, 60, 120].map((size) => ["entropy", size === 1 ? [1] : random.distribution(size)] as const),
  }),
];
