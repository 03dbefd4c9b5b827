/**
 * The few files that run inside a box, copied into a folder of their own. It holds nothing worth reading, and a box
 * that may read it sees no specification and no other submission.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../root";

const PREFIX = "cross-entropy-box-";
const modules: readonly string[] = [
  "quickjs-emscripten-core/package.json",
  "quickjs-emscripten-core/dist/index.js",
  "@jitl/quickjs-ffi-types/package.json",
  "@jitl/quickjs-ffi-types/dist/index.js",
  "@jitl/quickjs-wasmfile-release-sync/package.json",
  "@jitl/quickjs-wasmfile-release-sync/dist/index.js",
  "@jitl/quickjs-wasmfile-release-sync/dist/ffi.js",
  "@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.cjs",
  "@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm",
];
export const boxPrograms = path.join(root, "dist", "grading", "sandbox", "box");

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** what graders that were killed have left behind */
function sweep(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const old = path.join(folder, name);
    if (fs.lstatSync(old).uid === (process.getuid?.() ?? 0)) fs.rmSync(old, { recursive: true, force: true });
  }
}

let made: string | undefined;
export function harness(): string {
  if (made !== undefined) return made;
  sweep(os.tmpdir());
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`)));
  const copy = (from: string, to: string) => {
    const target = path.join(folder, to);
    fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
    fs.copyFileSync(from, target);
    // Windows does not remove what may not be written
    if (process.platform !== "win32") fs.chmodSync(target, 0o444);
  };
  for (const name of ["bootstrap.js", "codec.js", "world.js", "serve.js", "quickjs.js", "v8.js"])
    copy(path.join(boxPrograms, name), name);
  for (const name of modules) copy(path.join(root, "node_modules", name), path.join("node_modules", name));
  fs.chmodSync(folder, 0o755);
  process.on("exit", () => {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
    } catch {
      // the next grader sweeps it away
    }
  });
  made = folder;
  return folder;
}
