/** What only coursework asks: see grading/hidden.ts. */
import { type Hidden, hiddenCheck } from "../../hidden";

export const hidden: readonly Hidden[] = [
  hiddenCheck({
    of: "values",
    title: "logSumExp() is right for many logits",
    calls: (random) =>
      [1, 25, 100].map((size) => ["logSumExp", random.logits(size, 4).map((x) => x + 5)] as const),
  }),
  hiddenCheck({
    of: "extremes",
    title: "logSumExp() survives large logits of either sign",
    calls: (random) =>
      random.list(6, () => {
        const shift = random.choose([-1, 1]) * random.between(750, 20_000);
        return ["logSumExp", random.logits(random.integer(2, 30), 3).map((x) => x + shift)] as const;
      }),
  }),
];
