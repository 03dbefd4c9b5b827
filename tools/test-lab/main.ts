// `npm run test:lab`: the slow suites, test/lab/**, on a real JupyterLab in a headless Chromium.
import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "../../kernel/root";
import { findChromium } from "../chromium";
import { Failure, reportFailure } from "../failure";
import { ensureVenv } from "../start/venv";

const help = `npm run test:lab                  runs every notebook in JupyterLab; pictures go to test-results/lab/
npm run test:lab -- --dark        the same, with a second picture of each in the dark theme
npm run test:lab -- -t 03-cross   only the tests whose name contains this (any option of vitest)
`;

export function main(args: string[]): Promise<number> {
  if (args.includes("--help")) {
    process.stdout.write(help);
    return Promise.resolve(0);
  }
  return reportFailure(async () => {
    requireChromium();
    await ensureVenv(root);
    const options = args.filter((arg) => arg !== "--dark");
    const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [vitest, "run", "--config", "vitest.lab.config.mts", ...options], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, ...(args.includes("--dark") ? { LAB_DARK: "1" } : {}) },
    });
    return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
  });
}

function requireChromium(): void {
  try {
    findChromium();
  } catch {
    const mend =
      process.platform === "linux"
        ? "sudo apt install chromium"
        : "install Chrome, or set CHROMIUM=/path/to/it";
    throw new Failure(
      "No Chromium or Chrome was found.",
      mend,
      "everything that a learner uses works without it",
    );
  }
}
