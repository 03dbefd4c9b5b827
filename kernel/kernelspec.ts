import path from "node:path";
import { root } from "./root";

/**
 * The kernel.json that makes Jupyter start this kernel for notebooks of the kernel `tslab`.
 *
 * The paths are absolute, so the file belongs into a folder of this checkout (found through JUPYTER_PATH), and is
 * written anew on every start: a moved checkout or another Node then needs no repair.
 */
export function kernelSpec(checkout: string = root): object {
  return {
    argv: [process.execPath, path.join(checkout, "dist/kernel/main.js"), "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    // The control channel can stop a loop that a signal cannot reach.
    interrupt_mode: "message",
    metadata: { debugger: false },
  };
}
