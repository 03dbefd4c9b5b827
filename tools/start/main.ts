// `npm start`: JupyterLab on the course, from a fresh clone, with everything inside the checkout.
import fs from "node:fs";
import path from "node:path";
import { root } from "../../kernel/root";
import { commandWith, Failure, reportFailure } from "../failure";
import { step } from "../progress";
import { pickPort } from "./port";
import { probeServer } from "./probe";
import { type Server, startServer } from "./server";
import { trustNotebooks } from "./trust";
import { ensureVenv } from "./venv";

const help = `npm start                   JupyterLab opens on the course's index; Ctrl+C stops it
npm start -- --no-browser   the same, but only prints the address
npm start -- --check        prepares and tries everything, runs one cell, stops
npm start -- --repair       makes the Python environment .venv anew first

Environment variables:
PORT      a port of your choice (else the first free one from 8888)
PYTHON    a Python of your choice, 3.10 or newer: ${commandWith({ PYTHON: "/path/to/python3" })}
`;

const flags = ["--check", "--no-browser", "--repair", "--help"];

export function main(args: string[]): Promise<number> {
  return reportFailure(() => start(args));
}

async function start(args: string[]): Promise<number> {
  const unknown = args.find((arg) => !flags.includes(arg));
  if (unknown !== undefined) throw new Failure(`npm start does not know ${unknown}.`, "npm start -- --help");
  if (args.includes("--help")) {
    process.stdout.write(help);
    return 0;
  }
  if (args.includes("--repair")) fs.rmSync(path.join(root, ".venv"), { recursive: true, force: true });
  const check = args.includes("--check");
  const openBrowser = !check && !args.includes("--no-browser");

  const python = await ensureVenv(root);
  const port = await pickPort(process.env.PORT);
  const index = fs.existsSync(path.join(root, "notebooks", "index.ipynb")) ? "/notebooks/index.ipynb" : "";
  const page = `/lab/tree${index}`;
  const [server] = await step("starting JupyterLab", () =>
    Promise.all([startServer({ root, python, port, page, openBrowser }), trustNotebooks(root, python)]),
  );
  if (check) {
    await step("running one cell in the TypeScript kernel", () => probeServer(root, python, server)).finally(
      server.stop,
    );
    console.log("✓ The course is ready: npm start opens it.");
    return 0;
  }
  console.log(
    `\n  ${server.address}${page}?token=${server.token}\n\n  Ctrl+C stops the course (save first).`,
  );
  return untilStopped(server);
}

/** Waits until the server ends, by itself (File > Shut Down) or by a signal. */
async function untilStopped(server: Server): Promise<number> {
  let asked = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      if (!asked) console.log("\n• stopping JupyterLab and its kernels");
      asked = true;
      server.stop();
    });
  await server.ended;
  return 0;
}
