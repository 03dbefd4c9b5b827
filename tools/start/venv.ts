import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { commandWith, diskFull, Failure } from "../failure";
import { step } from "../progress";
import { runCommand, tail } from "../run-command";
import { findPython, type Python, pythonEnv } from "./python";

/** The Python of a virtual environment. */
export function venvPython(folder: string): string {
  return process.platform === "win32"
    ? path.join(folder, "Scripts", "python.exe")
    : path.join(folder, "bin", "python");
}

/**
 * Makes `.venv` in a checkout with JupyterLab in it, unless it is there already. A stamp written last tells a
 * complete environment for this requirements.txt from an old or half-made one, which is made anew.
 *
 * @returns the environment's Python
 */
export async function ensureVenv(root: string, env = process.env): Promise<string> {
  const folder = path.join(root, ".venv");
  const requirements = path.join(root, "requirements.txt");
  const stampFile = path.join(folder, ".course-stamp");
  const stamp = createHash("sha256").update(fs.readFileSync(requirements)).digest("hex");
  const python = venvPython(folder);
  // existsSync follows links: it is false when the Python that .venv was made with is gone.
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, "utf8") === stamp && fs.existsSync(python))
    return python;
  const found = await findPython(env);
  await step(`making .venv with Python ${found.version}`, () => makeVenv(found, folder, env));
  await step("installing JupyterLab into .venv (first time: 10 to 60 s, 160 MB)", () =>
    installPackages(python, requirements, env),
  );
  fs.writeFileSync(stampFile, stamp);
  return python;
}

async function makeVenv(found: Python, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  fs.rmSync(folder, { recursive: true, force: true });
  const [program, ...args] = found.command;
  const { code, output } = await runCommand(program, [...args, "-m", "venv", folder], {
    env: pythonEnv(env),
  });
  if (code === 0) return;
  // The module behind venv hides why it failed, so look before the half-made folder goes.
  const { bavail, bsize } = fs.statfsSync(path.dirname(folder));
  const full = bavail * bsize < 20e6;
  fs.rmSync(folder, { recursive: true, force: true });
  throw venvFailure(found, full ? `${output}No space left on device` : output);
}

export function venvFailure(found: Pick<Python, "version" | "path">, output: string): Failure {
  if (/No space left/i.test(output)) return diskFull("the Python environment .venv (160 MB)");
  if (/ensurepip is not available|No module named '?(venv|ensurepip)/.test(output)) {
    const [major, minor] = found.version.split(".");
    return new Failure(
      `Python ${found.version} (${found.path}) cannot make virtual environments: its venv module is missing.`,
      process.platform === "linux"
        ? `sudo apt install python${major}.${minor}-venv   then run npm start again`
        : "install Python from https://www.python.org/downloads/ (it has the module), then run npm start again",
    );
  }
  if (/Permission denied|PermissionError|Read-only file system/.test(output))
    return new Failure(
      "The Python environment .venv could not be written: no permission.",
      "clone the course into a folder of your own, and run npm start there",
    );
  return new Failure(
    `The Python environment .venv could not be made:\n${tail(output)}`,
    commandWith({ PYTHON: "/path/to/another/python3" }),
  );
}

async function installPackages(python: string, requirements: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await runCommand(
    python,
    [
      ...["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--no-user"],
      // The lock file names every package with the hashes of its files: nothing is to be resolved or built.
      ...["--no-deps", "--require-hashes", "--only-binary=:all:", "--retries=1", "--timeout=20"],
      ...["-r", requirements],
    ],
    { env: pythonEnv(env) },
  );
  if (code !== 0) throw pipFailure(output);
}

const behindProxy = commandWith({ HTTPS_PROXY: "http://HOST:PORT" });
const fromWheels = commandWith({ PIP_NO_INDEX: "1", PIP_FIND_LINKS: "FOLDER" });

export function pipFailure(output: string): Failure {
  if (/No space left|Errno 28/i.test(output)) return diskFull("JupyterLab (160 MB in .venv)");
  if (/CERTIFICATE_VERIFY_FAILED|SSLError/.test(output))
    return new Failure(
      "JupyterLab could not be downloaded: the connection's certificate is not trusted (a company proxy?).",
      commandWith({ PIP_CERT: "/path/to/the/proxy/certificate.pem" }),
    );
  if (
    /NewConnectionError|ConnectTimeout|ReadTimeout|Max retries|ProxyError|name resolution|getaddrinfo|unreachable|Connection (refused|reset)/i.test(
      output,
    )
  )
    return new Failure(
      "JupyterLab could not be downloaded: no connection to the Python package index.",
      `check the network, then run npm start again (behind a proxy: ${behindProxy}; from a folder of wheels: ${fromWheels})`,
    );
  if (/DO NOT MATCH THE HASHES/.test(output))
    return new Failure(
      `A downloaded package is not the one that the course was tested with:\n${tail(output)}`,
      `${commandWith({ PIP_NO_CACHE_DIR: "1" })}   (downloads it again)`,
    );
  if (/No matching distribution|Could not find a version/.test(output))
    return new Failure(
      `A package of JupyterLab does not exist ready-built for this Python and machine:\n${tail(output, 3)}`,
      `${commandWith({ PYTHON: "/path/to/python3.13" })}   (Python 3.10 to 3.14 are known to have them all)`,
    );
  return new Failure(`pip could not install JupyterLab:\n${tail(output)}`, "npm start -- --repair");
}
