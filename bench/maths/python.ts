// Python is optional: which of NumPy, SciPy and PyTorch a Python has.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");

export interface Python {
  command: string;
  version: string;
  /** Which of numpy, scipy and torch it has. */
  modules: string[];
}

const ask = `
import importlib.util, platform
print(platform.python_version(), *(m for m in ("numpy", "scipy", "torch") if importlib.util.find_spec(m)))
`;

/** The given Python, or the first with NumPy among the course's own and those on the path. */
export function findPython(given: string | undefined): Python | undefined {
  const own = [".venv/bin/python", ".venv/Scripts/python.exe"].map((file) => path.join(root, file));
  const candidates =
    given === undefined ? [...own.filter((file) => fs.existsSync(file)), "python3", "python"] : [given];
  const found: Python[] = [];
  for (const command of candidates) {
    const run = spawnSync(command, ["-c", ask], { encoding: "utf8" });
    if (run.status !== 0) continue;
    const [version = "", ...modules] = run.stdout.trim().split(" ");
    if (modules.includes("numpy")) found.push({ command, version, modules });
  }
  return found.sort((a, b) => b.modules.length - a.modules.length)[0];
}
