// The kernels that are compared, each with the same work in its own language.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { command } from "../../kernel/kernelspec";
import { root } from "../../kernel/root";

export interface Rival {
  name: string;
  command(connectionFile: string): string[];
  /** A cell that does next to nothing; `i` makes each one new. */
  trivial(i: number): string;
  /** Cells of the course; only kernels that run its notebooks have them. */
  course: boolean;
}

const typescript = (i: number) => `const a${i} = [1, 2, ${i}].map((x) => x * 2);\na${i}[2]`;
const cache = path.join(root, "node_modules/.cache/bench-kernel");

function run(program: string, args: string[], cwd = cache): boolean {
  fs.mkdirSync(cache, { recursive: true });
  return spawnSync(program, args, { cwd, stdio: "ignore", timeout: 300_000 }).status === 0;
}

/** ipykernel in a throw-away environment; undefined without Python or network. */
function ipykernel(): Rival | undefined {
  const python = path.join(cache, "venv/bin/python");
  if (!fs.existsSync(python)) {
    if (!run("python3", ["-m", "venv", "venv"])) return undefined;
    if (!run(python, ["-m", "pip", "install", "--quiet", "ipykernel"])) {
      fs.rmSync(path.join(cache, "venv"), { recursive: true, force: true });
      return undefined;
    }
  }
  return {
    name: "ipykernel",
    command: (file) => [python, "-m", "ipykernel_launcher", "-f", file],
    trivial: (i) => `a${i} = [x * 2 for x in (1, 2, ${i})]\na${i}[2]`,
    course: false,
  };
}

/** Deno's kernel from its npm package; undefined without network. */
function deno(): Rival | undefined {
  const folder = path.join(cache, "deno");
  const bin = path.join(folder, "node_modules/.bin/deno");
  if (!fs.existsSync(bin)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "package.json"), "{}");
    run("npm", ["install", "--no-audit", "--no-fund", "deno"], folder);
  }
  if (!fs.existsSync(bin) || !run(bin, ["--version"])) return undefined;
  return {
    name: "Deno",
    command: (file) => [bin, "jupyter", "--kernel", "--conn", file],
    trivial: typescript,
    course: false,
  };
}

export function rivals(): Rival[] {
  const tslab = path.join(root, "node_modules/tslab/bin/tslab");
  const all: (Rival | undefined)[] = [
    { name: "ours", command: (file) => command(root, file), trivial: typescript, course: true },
    {
      name: "stock tslab",
      command: (file) => [process.execPath, tslab, "kernel", "--config-path", file],
      trivial: typescript,
      course: true,
    },
    ipykernel(),
    deno(),
  ];
  return all.filter((rival) => rival !== undefined);
}
