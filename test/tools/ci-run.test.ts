import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../kernel/root";
import { fakeCommands } from "../start/fakes";

const tools = ["bash", "dirname", "env", "grep", "mktemp", "rm", "tail", "tee", "timeout"];
const installed = {
  python3: "exit 0",
  chromium: "exit 0",
  "fc-list": "echo DejaVuSans.ttf",
  bwrap: "exit 0",
  cc: "exit 0",
  id: "echo 0",
};

/** Runs .ci/run where npm and apt-get are fakes and nothing else is installed. */
function ciRun(npm: string, programs: Record<string, string> = installed) {
  const folder = fakeCommands({ ...programs, npm, "apt-get": `echo "apt-get $*"` });
  for (const tool of tools) {
    const { stdout } = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" });
    fs.symlinkSync(stdout.trim(), path.join(folder, tool));
  }
  const run = spawnSync("bash", [path.join(root, ".ci/run")], {
    encoding: "utf8",
    env: { PATH: folder, TMPDIR: process.env.TMPDIR },
  });
  return { ...run, lastLine: run.stdout.trim().split("\n").at(-1) };
}

// The script is for Debian and Ubuntu.
describe.skipIf(process.platform !== "linux")(".ci/run", () => {
  test("passes on the closing line and the exit code of npm run check", () => {
    expect(ciRun('echo "$*"; echo 12 passed, 0 failed')).toMatchObject({
      status: 0,
      stdout: "run check -- --keep-going\n12 passed, 0 failed\n",
    });
    expect(ciRun("echo 11 passed, 1 failed; exit 1")).toMatchObject({
      status: 1,
      lastLine: "11 passed, 1 failed",
    });
  });

  test("calls a run that broke off a failure, whatever its exit code", () => {
    expect(ciRun("echo npm ERR; exit 7")).toMatchObject({ status: 1, lastLine: "0 passed, 1 failed" });
    expect(ciRun("echo all well; exit 0")).toMatchObject({ status: 1, lastLine: "0 passed, 1 failed" });
  });

  test("installs what is missing, and only that", () => {
    expect(ciRun("echo 1 passed, 0 failed").stdout).not.toContain("apt-get");
    const { python3, id } = installed;
    expect(ciRun("echo 1 passed, 0 failed", { python3, id }).stdout).toContain(
      "apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-dejavu-core bubblewrap gcc libc6-dev\n",
    );
    const noVenv = ciRun("echo 1 passed, 0 failed", { ...installed, python3: "exit 1" });
    expect(noVenv.stdout).toMatch(/apt-get install .* python3 python3-venv\n/);
  });
});
