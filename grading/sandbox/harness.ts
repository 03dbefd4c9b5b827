/**
 * The few files that run inside a box, copied into a folder of their own. It holds nothing worth reading, and a box
 * that may read it sees no specification and no other submission.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../root";

const BOX = "cross-entropy-box";
const FOLDER = /^cross-entropy-(?:box|doctor)-(\d+)-/;
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
    const pid = FOLDER.exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const old = path.join(folder, name);
    if (fs.lstatSync(old).uid === (process.getuid?.() ?? 0)) fs.rmSync(old, { recursive: true, force: true });
  }
}

/** A folder for this process among the system's temporary ones; swept away by the next grader if it stays. */
export const ownFolder = (name: string): string =>
  fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), `${name}-${process.pid}-`)));

let made: string | undefined;
export function harness(): string {
  if (made !== undefined) return made;
  sweep(os.tmpdir());
  const folder = ownFolder(BOX);
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
