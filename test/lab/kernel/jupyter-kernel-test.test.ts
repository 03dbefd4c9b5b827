import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { kernelSpec } from "../../../kernel/kernelspec";
import { root } from "../../../kernel/root";

// Not in the learner's .venv: the suite is of no use there.
const venv = path.join(root, "node_modules/.cache/kernel-test");
const python = path.join(venv, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

function run(program: string, args: string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", env });
  return { status, text: `${stdout ?? ""}${stderr ?? ""}${error ?? ""}` };
}

test("Jupyter's suite for kernels passes with no test skipped", () => {
  if (!fs.existsSync(path.join(venv, "installed"))) {
    expect(run("python3", ["-m", "venv", venv]).text).toBe("");
    const packages = ["jupyter_kernel_test==0.7.0", "jupyter_client==8.10.0"];
    const installed = run(python, ["-m", "pip", "install", "--quiet", ...packages]);
    expect(installed.status, installed.text).toBe(0);
    fs.writeFileSync(path.join(venv, "installed"), packages.join("\n"));
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kernelspec-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const spec = path.join(folder, "kernels/tslab");
  fs.mkdirSync(spec, { recursive: true });
  fs.writeFileSync(path.join(spec, "kernel.json"), JSON.stringify(kernelSpec()));
  const { status, text } = run(python, [path.join(__dirname, "kernel_test.py")], {
    ...process.env,
    JUPYTER_PATH: folder,
  });
  console.log(text);
  expect(status, text).toBe(0);
  expect(text).not.toMatch(/skipped/);
});
