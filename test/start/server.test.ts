import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { command } from "../../kernel/kernelspec";
import { root } from "../../kernel/root";
import { commandWith } from "../../tools/failure";
import { jupyterEnv, writeJupyterFiles } from "../../tools/start/jupyter-files";
import { main } from "../../tools/start/main";
import { pickPort } from "../../tools/start/port";
import { serverFailure, startServer } from "../../tools/start/server";
import { trustNotebooks } from "../../tools/start/trust";
import { fakeCommands, temporaryFolder } from "./fakes";

/** Takes a free port and holds it until the test ends. */
async function busyPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as net.AddressInfo).port;
}

describe("pickPort()", () => {
  test("finds a port that can be listened on", async () => {
    const port = await pickPort(undefined);
    expect(port).toBeGreaterThanOrEqual(8888);
    const server = net.createServer().listen(port, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await pickPort(undefined)).toBeGreaterThan(port);
    server.close();
  });

  test("says that the wished port is in use, and what to type instead", async () => {
    const port = await busyPort();
    await expect(pickPort(String(port))).rejects.toMatchObject({
      message: `Port ${port} is in use by another program.`,
      mend: expect.stringContaining("npm start"),
    });
  });

  test.each(["abc", "0", "70000", "80.5"])("refuses PORT=%s", async (wish) => {
    await expect(pickPort(wish)).rejects.toThrow(`PORT must be a whole number from 1 to 65535, got ${wish}`);
  });
});

describe("the server's surroundings", () => {
  test("lie inside the checkout, whatever the user has set", () => {
    const env = jupyterEnv("/a b", { PATH: "/bin", JUPYTER_CONFIG_DIR: "/home/me", JUPYTERHUB_USER: "me" });
    expect(env).toMatchObject({ PATH: "/bin", JUPYTER_CONFIG_DIR: path.join("/a b", ".jupyter", "config") });
    expect(env).not.toHaveProperty("JUPYTERHUB_USER");
    for (const [name, value] of Object.entries(env))
      if (name.startsWith("JUPYTER")) expect(value).toContain(path.join("/a b", ".jupyter"));
  });

  test("hold one kernel, with this Node and this checkout's launcher", () => {
    const clone = temporaryFolder();
    writeJupyterFiles(clone);
    const read = (file: string) => JSON.parse(fs.readFileSync(path.join(clone, ".jupyter", file), "utf8"));
    expect(read("data/kernels/tslab/kernel.json")).toMatchObject({
      argv: command(clone, "{connection_file}"),
      display_name: "TypeScript",
    });
    expect(read("config/jupyter_server_config.json")).toMatchObject({
      ServerApp: { ip: "127.0.0.1" },
      KernelSpecManager: { allowed_kernelspecs: ["tslab"], ensure_native_kernel: false },
    });
  });
});

test.each([
  ["ERROR: the port 8888 is already in use", "Port 8888 is in use", "npm start"],
  ["ModuleNotFoundError: No module named 'tornado'", ".venv is broken", "npm start -- --repair"],
  ["No Python at '/usr/bin/python3.10'", ".venv is broken", "npm start -- --repair"],
  ["OSError: [Errno 28] No space left on device", "The disk is full", "free about 500 MB"],
  ["Traceback: boom", "boom", "npm start -- --repair"],
])("serverFailure() explains %j", (log, cause, mend) => {
  expect(serverFailure(log, 8888).message).toContain(cause);
  expect(serverFailure(log, 8888).mend).toContain(mend);
});

describe.skipIf(process.platform === "win32")("with a Python that is not what it should be", () => {
  const options = { port: 1, page: "/lab", openBrowser: false };

  test("startServer() tells a broken environment by what it says", async () => {
    const python = path.join(
      fakeCommands({ python: "echo No module named jupyterlab >&2; exit 1" }),
      "python",
    );
    const failure = startServer({ ...options, root: temporaryFolder(), python });
    await expect(failure).rejects.toThrow("The Python environment in .venv is broken");
  });

  test("startServer() tells one whose Python cannot even start", async () => {
    const failure = startServer({ ...options, root: temporaryFolder(), python: "/nowhere/python" });
    await expect(failure).rejects.toThrow("The Python environment in .venv is broken");
  });

  test("trustNotebooks() signs the course's notebooks, each once, and no other", async () => {
    const clone = temporaryFolder();
    const python = path.join(fakeCommands({ python: `shift 2; echo "$@" >> "${clone}/signed"` }), "python");
    fs.mkdirSync(path.join(clone, "notebooks"));
    for (const file of ["01-ours.ipynb", "01-ours.md", "foreign.ipynb"])
      fs.writeFileSync(path.join(clone, "notebooks", file), "{}");
    await trustNotebooks(clone, python);
    await trustNotebooks(clone, python);
    expect(fs.readFileSync(path.join(clone, "signed"), "utf8")).toBe(`${clone}/notebooks/01-ours.ipynb\n`);
  });
});

test("commandWith() speaks the platform's shell", () => {
  expect(commandWith({ A: "1", B: "/x" }, "npm start", "linux")).toBe("A=1 B=/x npm start");
  expect(commandWith({ A: "1" }, "npm start", "win32")).toBe('$env:A="1"; npm start');
});

test("npm start names an option that it does not know", async () => {
  const said: string[] = [];
  const original = console.error;
  console.error = (text: string) => said.push(text);
  onTestFinished(() => {
    console.error = original;
  });
  expect(await main(["--chek"])).toBe(1);
  expect(said.join("\n")).toContain(
    "✗ npm start does not know --chek.\n  Mend it:    npm start -- --help\n  Without it:",
  );
  expect(fs.existsSync(path.join(root, "tools/start/one-cell.py"))).toBe(true);
});
