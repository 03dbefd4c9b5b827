import fs from "node:fs";

export interface Tally {
  passed: number;
  failed: number;
}

/** The part of vitest's JSON report that counts its tests. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
}

/**
 * What one step adds to the sum. A step that failed without a failed test (it crashed, or is no test suite at all)
 * counts as one failure: a red step never looks green.
 */
export function tallyStep(code: number | null, reportFile?: string): Tally {
  const crashed = { passed: 0, failed: 1 };
  if (reportFile === undefined) return code === 0 ? { passed: 0, failed: 0 } : crashed;
  let report: Report;
  try {
    report = JSON.parse(fs.readFileSync(reportFile, "utf8"));
  } catch {
    return crashed;
  }
  const { numPassedTests: passed, numFailedTests: failed } = report;
  // A suite of which nothing ran has shown nothing.
  if (passed + failed === 0) return crashed;
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((n, { passed }) => n + passed, 0),
  failed: tallies.reduce((n, { failed }) => n + failed, 0),
});
