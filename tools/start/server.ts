import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { diskFull, Failure } from "../failure";
import { tail } from "../run-command";
import { jupyterEnv, jupyterFolder, writeJupyterFiles } from "./jupyter-files";

export interface ServerOptions {
  /** The folder that the server shows: the checkout. */
  root: string;
  /** The Python of the environment that holds JupyterLab. */
  python: string;
  port: number;
  /** What the browser sees first, a path below the server's address. */
  page: string;
  openBrowser: boolean;
  /** Further options of JupyterLab. */
  options?: readonly string[];
}

export interface Server {
  /** `http://127.0.0.1:8888`, without a slash at the end. */
  address: string;
  token: string;
  /** Resolves with the last lines of the log when the server has ended, for whatever reason. */
  ended: Promise<string>;
  /** Stops the server and its kernels. */
  stop(): Promise<void>;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts JupyterLab and resolves as soon as it serves its page. */
export async function startServer(given: ServerOptions): Promise<Server> {
  const { root, python, port } = given;
  writeJupyterFiles(root);
  const token = randomBytes(24).toString("hex");
  const address = `http://127.0.0.1:${port}`;
  const logFile = path.join(jupyterFolder(root), "server.log");
  const log = fs.openSync(logFile, "w");
  const child = spawn(
    python,
    [
      ...["-m", "jupyterlab", `--ServerApp.root_dir=${root}`, `--ServerApp.port=${port}`],
      `--LabApp.default_url=${given.page}`,
      ...(given.openBrowser ? [] : ["--no-browser"]),
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
      ...(given.options ?? []),
    ],
    // The token travels in the environment: other users of the machine can read a command line.
    {
      cwd: root,
      env: { ...jupyterEnv(root), JUPYTER_TOKEN: token },
      stdio: ["ignore", log, log],
      windowsHide: true,
    },
  );
  fs.closeSync(log);
  const readLog = () => fs.readFileSync(logFile, "utf8");
  let running = true;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(readLog()));
  });
  ended.then(() => (running = false));

  const stop = async () => {
    if (!running) return;
    // Asking works on every system; a signal would end the server on Windows before it has stopped its kernels.
    fetch(`${address}/api/shutdown?token=${token}`, { method: "POST" }).catch(() => undefined);
    const limit = setTimeout(() => child.kill("SIGKILL"), 8000);
    await ended;
    clearTimeout(limit);
  };

  const deadline = Date.now() + 60_000;
  while (running && Date.now() < deadline) {
    const page = await fetch(`${address}${given.page}?token=${token}`).catch(() => undefined);
    if (page?.ok) return { address, token, ended, stop };
    await sleep(30);
  }
  const failure = running
    ? new Failure(`JupyterLab did not answer within a minute:\n${tail(readLog())}`, "npm start -- --repair")
    : serverFailure(await ended, port);
  await stop();
  throw failure;
}

export function serverFailure(log: string, port: number): Failure {
  if (/port \d+ is already in use|Address already in use/i.test(log))
    return new Failure(
      `Port ${port} is in use by another program.`,
      "npm start   (it finds a free port itself)",
    );
  if (/No space left|Errno 28/i.test(log)) return diskFull("the folder .jupyter");
  if (/ModuleNotFoundError|ImportError|ENOENT|No module named|No Python at|SyntaxError/.test(log))
    return new Failure(
      `The Python environment in .venv is broken:\n${tail(log, 3)}`,
      "npm start -- --repair   (makes .venv anew)",
    );
  return new Failure(`JupyterLab ended at once:\n${tail(log)}`, "npm start -- --repair   (makes .venv anew)");
}
