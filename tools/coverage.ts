import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "../grading/root";

/**
 * `npm run coverage`: which branches of src/ the repository's own tests take, and exit code 1 if fewer than 95 % of those
 * outside src/derivations/ (whose tests also sample); arguments go to vitest.
 */
export async function main(args: string[]): Promise<number> {
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const options = [
    "--coverage.enabled",
    "--coverage.provider=v8",
    "--coverage.include=src/**/*.ts",
    "--coverage.exclude=src/derivations/**",
    "--coverage.reporter=text",
    "--coverage.reporter=html",
    "--coverage.thresholds.branches=95",
  ];
  const tests = args.length > 0 ? args : ["test/src"];
  const run = spawnSync(process.execPath, [vitest, "run", "--project", "repo", ...options, ...tests], {
    cwd: root,
    stdio: "inherit",
  });
  return run.status ?? 1;
}
