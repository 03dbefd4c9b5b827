// Installs the packages of package.json beside the source of this file, in a place of their own: the course has none.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");
const source = path.join(root, "bench/maths");
export const peersFolder = path.join(root, "node_modules/.cache/bench-maths");

/** Returns false, with npm's message shown, if they cannot be installed; the bench then goes on without. */
export function installPeers(): boolean {
  const lock = fs.readFileSync(path.join(source, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).update(process.version).digest("hex");
  const stampFile = path.join(peersFolder, "stamp");
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, "utf8") === stamp) return true;
  process.stderr.write("Installing the packages to compare with, once: 390 MB on the disk, 10 to 60 s …\n");
  fs.mkdirSync(peersFolder, { recursive: true });
  for (const name of ["package.json", "package-lock.json", "nothing"])
    fs.cpSync(path.join(source, name), path.join(peersFolder, name), { recursive: true });
  // No scripts: onnxruntime-node's would fetch a GPU library.
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith("npm-cli.js") ? [process.execPath, [script]] : ["npm", []];
  const run = spawnSync(command, [...first, ...args], {
    cwd: peersFolder,
    stdio: ["ignore", 2, 2],
    shell: command === "npm" && process.platform === "win32",
  });
  if (run.status !== 0) return false;
  fs.writeFileSync(stampFile, stamp);
  return true;
}
