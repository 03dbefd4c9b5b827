/** What only coursework asks: see grading/hidden.ts. */
import { type Hidden, hiddenCheck } from "../../hidden";

export const hidden: readonly Hidden[] = [
  hiddenCheck({
    of: "collapse",
    title: "oneHotCrossEntropy() is right for any number of classes",
    calls: (random) =>
      random.list(6, () => {
        const size = random.integer(30, 200);
        return ["oneHotCrossEntropy", random.integer(0, size - 1), random.distribution(size)] as const;
      }),
  }),
  hiddenCheck({
    of: "ratio",
    title: "penaltyRatio() is right for any two probabilities",
    calls: (random) =>
      random.list(
        8,
        () => ["penaltyRatio", 10 ** random.between(-9, -0.05), random.between(0.001, 0.9)] as const,
      ),
  }),
  hiddenCheck({
    of: "bound",
    title: "allCorrectBound() is right for any number of examples",
    calls: (random) =>
      random.list(12, () => {
        const n = random.integer(2, 1_000_000);
        return ["allCorrectBound", (Math.LN2 / n) * random.choose([0.4, 0.97, 1.02, 1.5]), n] as const;
      }),
  }),
];
