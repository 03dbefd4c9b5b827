import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "../grading/root";

/**
 * `npm run docs`: writes a page for every public function, class and type from its docstring into docs/api/.
 *
 * TypeDoc reads the sources with a TypeScript of its own, since it does not know ours yet; both are fetched on first use
 * and kept in npm's cache, not in the course's dependencies.
 */
export async function main(args: string[]): Promise<number> {
  const packages = ["typedoc@0.28.20", "typescript@5.9.3"].map((name) => `--package=${name}`);
  const typedoc = ["typedoc", "--options", "typedoc.json", ...args];
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const run = spawnSync(npm, ["exec", "--yes", ...packages, "--", ...typedoc], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (run.status === 0) console.log(`Open ${path.join(root, "docs/api/index.html")}`);
  return run.status ?? 1;
}
