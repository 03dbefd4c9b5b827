/** The gates whose right form is a test: exports, hand-ins, views, rules. Runs them and counts each as a finding. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../root";
import type { Report } from "./report";

/** file of test/grading, and the gate that its tests belong to where their name does not say it */
const suites: readonly (readonly [file: string, gate: string])[] = [
  ["attacks.test.ts", "G5"],
  ["ingest.test.ts", "G5"],
  ["handed-in.test.ts", "G5"],
  ["policy.test.ts", "G9"],
  ["export.test.ts", "G9"],
];

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

export async function testSuites(report: Report): Promise<void> {
  const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "suites-")), "report.json");
  const files = suites.map(([file]) => path.join("test", "grading", file));
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  await report.time("G9", "-", async () => {
    const child = spawn(
      process.execPath,
      [vitest, "run", "--project", "repo", "--reporter=json", `--outputFile.json=${out}`, ...files],
      { cwd: root, stdio: "ignore" },
    );
    await new Promise((resolve) => child.once("exit", resolve));
  });
  let found: VitestReport;
  try {
    found = JSON.parse(fs.readFileSync(out, "utf8"));
  } catch {
    report.add({
      gate: "G9",
      tier: "-",
      name: "the tests of exports and hand-ins",
      ok: false,
      detail: "did not run",
    });
    return;
  } finally {
    fs.rmSync(path.dirname(out), { recursive: true, force: true });
  }
  for (const [file, usual] of suites) {
    const tests = found.testResults.find((t) => path.basename(t.name) === file)?.assertionResults ?? [];
    if (tests.length === 0)
      report.add({ gate: usual, tier: "-", name: file, ok: false, detail: "nothing of it ran" });
    for (const { title, status, failureMessages } of tests) {
      const gate = /\((G\d+)\)/.exec(title)?.[1] ?? usual;
      const ok = status === "passed" || status === "skipped" || status === "pending";
      report.add({ gate, tier: "-", name: title, ok, detail: failureMessages.join(" ").slice(0, 400) });
    }
  }
}
