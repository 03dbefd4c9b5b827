import { type SpawnOptions, spawn } from "node:child_process";

export interface Finished {
  /** The exit code; null if the command could not be started or was killed. */
  code: number | null;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Runs a command without a shell, so that spaces and quotes in paths mean nothing. Never rejects. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: null, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** The last lines of a command's output, for a message. */
export const tail = (output: string, lines = 12) => output.trim().split("\n").slice(-lines).join("\n");
