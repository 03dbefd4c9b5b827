import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sum, tallyStep } from "../../tools/check/tally";
import { temporaryFolder } from "../start/fakes";

function report(numPassedTests: number, numFailedTests: number): string {
  const file = path.join(temporaryFolder(), "report.json");
  fs.writeFileSync(file, JSON.stringify({ numPassedTests, numFailedTests }));
  return file;
}

test("tallyStep() takes the numbers of a suite from its report", () => {
  expect(tallyStep(0, report(12, 0))).toEqual({ passed: 12, failed: 0 });
  expect(tallyStep(1, report(10, 2))).toEqual({ passed: 10, failed: 2 });
});

test("tallyStep() counts a crash as a failure: no report, half a report, no test, or a red exit without a failed test", () => {
  expect(tallyStep(0, "/nowhere/report.json")).toEqual({ passed: 0, failed: 1 });
  const half = report(1, 0);
  fs.writeFileSync(half, '{"numPassedTests": 1');
  expect(tallyStep(0, half)).toEqual({ passed: 0, failed: 1 });
  expect(tallyStep(0, report(0, 0))).toEqual({ passed: 0, failed: 1 });
  expect(tallyStep(1, report(12, 0))).toEqual({ passed: 12, failed: 1 });
  expect(tallyStep(null, report(12, 0))).toEqual({ passed: 12, failed: 1 });
});

test("tallyStep() counts a step without tests only when it fails, and sum() adds up", () => {
  expect(tallyStep(0)).toEqual({ passed: 0, failed: 0 });
  expect(tallyStep(1)).toEqual({ passed: 0, failed: 1 });
  expect(sum([tallyStep(0, report(3, 0)), tallyStep(1), tallyStep(0)])).toEqual({ passed: 3, failed: 1 });
});
