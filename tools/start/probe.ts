import path from "node:path";
import { Failure } from "../failure";
import { runCommand, tail } from "../run-command";
import { jupyterEnv, jupyterFolder } from "./jupyter-files";
import type { Server } from "./server";

/** Asks a running server, as a browser would, for what a lesson needs; a Failure names the first thing missing. */
export async function probeServer(root: string, python: string, server: Server): Promise<void> {
  const ask = async (method: string, address: string, body?: object): Promise<Response> => {
    const response = await fetch(`${server.address}/${address}`, {
      method,
      headers: { Authorization: `token ${server.token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Failure(`The server answered ${response.status} for ${address}.`, "npm start -- --repair");
    return response;
  };

  const { kernelspecs } = (await (await ask("GET", "api/kernelspecs")).json()) as { kernelspecs: object };
  if (Object.keys(kernelspecs).join() !== "tslab")
    throw new Failure(
      `The server offers the kernels [${Object.keys(kernelspecs).join(", ")}] instead of [tslab].`,
      "npm start -- --repair",
    );

  const library = await ask("GET", "files/node_modules/plotly.js-dist/plotly.js");
  await library.body?.cancel();

  const kernel = (await (await ask("POST", "api/kernels", { name: "tslab", path: "notebooks" })).json()) as {
    id: string;
  };
  const connection = path.join(jupyterFolder(root), "runtime", `kernel-${kernel.id}.json`);
  const cell = 'import { toBits } from "cross-entropy";\nconsole.log(toBits(Math.log(8)), "bits");';
  const script = path.join(root, "tools", "start", "one-cell.py");
  const { code, output } = await runCommand(python, [script, connection, cell], {
    cwd: root,
    env: jupyterEnv(root),
  });
  if (code !== 0 || output.trim() !== "3 bits")
    throw new Failure(
      `A first cell did not run in the TypeScript kernel:\n${tail(output)}`,
      "npm ci && npm start -- --check",
    );
  await ask("DELETE", `api/kernels/${kernel.id}`);
}
