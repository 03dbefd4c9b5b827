import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { root } from "../../kernel/root";
import { ensureVenv, pipFailure, venvFailure, venvPython } from "../../tools/start/venv";
import { fakeCommands, pythonSaying, temporaryFolder } from "./fakes";

// The lines of progress would stand between the tests' own.
beforeEach(() => void vi.spyOn(process.stderr, "write").mockReturnValue(true));
afterEach(() => void vi.restoreAllMocks());

/** A Python whose environments hold a Python that answers pip with `pip`. */
const pythonMaking = (pip: string) => `if [ "$2" != venv ]; then ${pythonSaying("3.12.3")}; exit; fi
/bin/mkdir -p "$3/bin"
printf '#!/bin/sh\\n%s\\n' ${JSON.stringify(pip)} > "$3/bin/python"
/bin/chmod +x "$3/bin/python"
echo made >> "$3/../calls"`;

function freshClone(): string {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, "requirements.txt"), "jupyterlab==4.6.4\n");
  return folder;
}

describe.skipIf(process.platform === "win32")("ensureVenv()", () => {
  test("makes the environment once, in a folder with a space, and then leaves it alone", async () => {
    const clone = freshClone();
    const env = { PATH: fakeCommands({ python3: pythonMaking("exit 0") }) };
    expect(await ensureVenv(clone, env)).toBe(path.join(clone, ".venv", "bin", "python"));
    await ensureVenv(clone, { PATH: "" });
    expect(fs.readFileSync(path.join(clone, "calls"), "utf8")).toBe("made\n");
  });

  test("makes it anew when its Python is gone, when the requirements changed, and after a half-made one", async () => {
    const clone = freshClone();
    const env = { PATH: fakeCommands({ python3: pythonMaking("exit 0") }) };
    await ensureVenv(clone, env);
    fs.rmSync(venvPython(path.join(clone, ".venv")));
    await ensureVenv(clone, env);
    fs.appendFileSync(path.join(clone, "requirements.txt"), "anyio==4.15.1\n");
    await ensureVenv(clone, env);
    fs.rmSync(path.join(clone, ".venv", ".course-stamp"));
    await ensureVenv(clone, env);
    expect(fs.readFileSync(path.join(clone, "calls"), "utf8")).toBe("made\n".repeat(4));
  });

  test("names the missing venv module and leaves nothing behind", async () => {
    const clone = freshClone();
    const python3 = `[ "$2" = venv ] || { ${pythonSaying("3.11.2")}; exit; }; /bin/mkdir "$3"; echo "ensurepip is not available"; exit 1`;
    await expect(ensureVenv(clone, { PATH: fakeCommands({ python3 }) })).rejects.toMatchObject({
      message: expect.stringContaining("its venv module is missing"),
      mend: expect.stringContaining(
        process.platform === "linux" ? "sudo apt install python3.11-venv" : "install",
      ),
    });
    expect(fs.existsSync(path.join(clone, ".venv"))).toBe(false);
  });

  test("says that it is offline, and tries again the next time", async () => {
    const clone = freshClone();
    const pip = "echo Max retries exceeded: NewConnectionError; exit 1";
    const offline = ensureVenv(clone, { PATH: fakeCommands({ python3: pythonMaking(pip) }) });
    await expect(offline).rejects.toThrow("no connection to the Python package index");
    await ensureVenv(clone, { PATH: fakeCommands({ python3: pythonMaking("exit 0") }) });
  });
});

test.each([
  ["OSError: [Errno 28] No space left on device", "The disk is full", "free about 500 MB"],
  [
    "NameResolutionError: Temporary failure in name resolution\nERROR: No matching distribution found",
    "no connection",
    "HTTPS_PROXY",
  ],
  ["SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))", "certificate", "PIP_CERT"],
  [
    "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
    "not the one",
    "PIP_NO_CACHE_DIR=",
  ],
  ["ERROR: No matching distribution found for rpds-py==9", "does not exist ready-built", "PYTHON="],
  ["something new", "something new", "--repair"],
])("pipFailure() explains %j", (output, cause, mend) => {
  expect(pipFailure(output).message).toContain(cause);
  expect(pipFailure(output).mend).toContain(mend);
});

test.each([
  ["Error: [Errno 28] No space left on device", "The disk is full"],
  ["PermissionError: [Errno 13] Permission denied: '/x/.venv'", "no permission"],
  ["No module named venv", "its venv module is missing"],
  ["boom", "boom"],
])("venvFailure() explains %j", (output, cause) => {
  expect(venvFailure({ version: "3.12.1", path: "/usr/bin/python3" }, output).message).toContain(cause);
});

test("requirements.txt pins every package with hashes, names no index, and leaves the left-out ones out", () => {
  const lines = fs.readFileSync(path.join(root, "requirements.txt"), "utf8").split("\n");
  const pinned = lines.filter((line) => /^[a-z]/.test(line));
  expect(pinned.length).toBeGreaterThan(50);
  for (const line of pinned) expect(line).toMatch(/^[a-z0-9-]+==[0-9][^ ]*( ; .*)? \\$/);
  for (const line of lines) expect(line).not.toMatch(/:\/\/|--(extra-)?index|--find-links|--trusted/);
  const leftOut = fs.readFileSync(path.join(root, "tools/start/left-out.txt"), "utf8").split("\n");
  for (const name of leftOut.filter((line) => /^[a-z]/.test(line)))
    expect(pinned.filter((line) => line.startsWith(`${name}==`))).toEqual([]);
});
