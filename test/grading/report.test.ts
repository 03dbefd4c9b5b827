import { expect, test } from "vitest";
import { bounds, Report, rateText } from "../../grading/selftest/report";

test("bounds() are those of Clopper and Pearson", () => {
  // R: binom.test(k, n)$conf.int
  for (const [bad, of, low, high] of [
    [0, 3000, 0, 0.00122887],
    [5, 100, 0.01643188, 0.11283491],
    [1, 10, 0.002528579, 0.4450161],
    [10, 10, 0.6915029, 1],
  ] as const) {
    const [a, b] = bounds(bad, of);
    expect(a).toBeCloseTo(low, 6);
    expect(b).toBeCloseTo(high, 6);
  }
  expect(bounds(0, 0)).toEqual([0, 1]);
});

test("a report counts by gate and tier, and says each failure at once", () => {
  const said: string[] = [];
  const report = new Report((f) => said.push(f.name));
  report.add({ gate: "G10", tier: "direct", name: "a", ok: true });
  report.add({ gate: "G2", tier: "default", name: "b", ok: true, runs: 20 });
  report.add({ gate: "G2", tier: "default", name: "c", ok: false });
  expect(said).toEqual(["c"]);
  expect(report.failed).toBe(1);
  expect(report.lines().map((line) => line.replace(/\s+/g, " "))).toEqual([
    "✗ G2 default 1 of 2 21 runs",
    "✓ G10 direct 1 of 1 1 runs",
  ]);
  report.count(report.falseFail, true);
  report.count(report.falseFail, false);
  expect(rateText(report.falseFail)).toBe("1 of 2 (95 %: 1.3 % to 99 %)");
});
