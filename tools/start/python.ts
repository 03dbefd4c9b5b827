import { commandWith, Failure } from "../failure";
import { runCommand } from "../run-command";

export interface Python {
  /** How to call it: the program and its first arguments. */
  command: readonly [string, ...string[]];
  version: string;
  path: string;
}

/** JupyterLab 4.6 and the packages that it needs support no older one. */
const oldest = [3, 10] as const;

const probe = "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)";

function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Python["command"][] {
  if (env.PYTHON) return [[env.PYTHON]];
  const named: Python["command"][] = [["python3"], ["python"]];
  if (platform === "win32") return [["py", "-3"], ["python"], ["python3"]];
  // Where python3 is the system's old one, a newer one is often installed beside it.
  const newer: Python["command"][] = ["14", "13", "12", "11", "10"].map((minor) => [`python3.${minor}`]);
  return [...named, ...newer];
}

/** The first Python that is new enough; a Failure says what was found instead. */
export async function findPython(env = process.env, platform = process.platform): Promise<Python> {
  let tooOld: Python | undefined;
  for (const command of candidates(env, platform)) {
    const [program, ...args] = command;
    const { code, output } = await runCommand(program, [...args, "-c", probe], { env });
    const [version, path] = output.trim().split(/\r?\n/);
    const [major, minor] = (version ?? "").split(".").map(Number);
    if (
      code !== 0 ||
      version === undefined ||
      path === undefined ||
      major === undefined ||
      minor === undefined
    )
      continue;
    const found = { command, version, path };
    if (major === oldest[0] && minor >= oldest[1]) return found;
    tooOld ??= found;
  }
  const wish = `Python ${oldest.join(".")} or newer (JupyterLab runs on it; the course itself is TypeScript)`;
  if (env.PYTHON)
    throw new Failure(
      tooOld
        ? `PYTHON=${env.PYTHON} is Python ${tooOld.version}, but the course needs ${wish}.`
        : `PYTHON=${env.PYTHON} is not a Python that runs. The course needs ${wish}.`,
      platform === "win32"
        ? "$env:PYTHON=$null   (then the course looks for one itself)"
        : "unset PYTHON   (then the course looks for one itself)",
    );
  throw new Failure(
    tooOld
      ? `Python ${tooOld.version} (${tooOld.path}) is too old: the course needs ${wish}.`
      : `Python was not found. The course needs ${wish}.`,
    `${installPython(platform)}   then run npm start again (or name one: ${commandWith({ PYTHON: "/path/to/python3" }, "npm start", platform)})`,
  );
}

function installPython(platform: NodeJS.Platform): string {
  if (platform === "win32")
    return "winget install Python.Python.3.13   (or https://www.python.org/downloads/), open a new terminal,";
  if (platform === "darwin") return "brew install python   (or https://www.python.org/downloads/)";
  return "sudo apt install python3 python3-venv   (Fedora: sudo dnf install python3)";
}

/** An environment in which a virtual environment's Python sees its own packages and nothing else. */
export function pythonEnv(env = process.env): NodeJS.ProcessEnv {
  const { PYTHONHOME, PYTHONPATH, ...rest } = env;
  return { ...rest, PYTHONNOUSERSITE: "1", PYTHONUTF8: "1" };
}
