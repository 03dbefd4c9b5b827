/** What only coursework asks: see grading/hidden.ts. */
import { type Hidden, hiddenCheck } from "../../hidden";

export const hidden: readonly Hidden[] = [
  hiddenCheck({
    of: "hard",
    title: "bce() is right for confident hits and confident errors",
    calls: (random) =>
      random.list(12, () => {
        const p = random.between(0.002, 0.05);
        return ["bce", random.integer(0, 1), random.choose([p, 1 - p])] as const;
      }),
  }),
];
