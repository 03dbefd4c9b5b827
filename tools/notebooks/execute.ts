/** Executes notebooks, two at a time, each in a child process against pristine stubs and an empty state folder. */
import { fork } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { CellResult } from "../../kernel/run-notebook";
import { claimsLog } from "./cache";
import type { Cell } from "./directives";
import type { Job, Report } from "./worker";

export interface Execution {
  readonly cells: readonly CellResult[];
  readonly seconds: number;
}

export interface ExecuteOptions {
  readonly root: string;
  readonly stem: string;
  readonly onCell?: (index: number, count: number) => void;
}

export async function executeCells(cells: readonly Cell[], options: ExecuteOptions): Promise<Execution> {
  const state = fs.mkdtempSync(path.join(os.tmpdir(), "course-state-"));
  const log = claimsLog(options.root, options.stem);
  fs.mkdirSync(path.dirname(log), { recursive: true });
  fs.rmSync(log, { force: true });
  const code = cells.flatMap((cell) =>
    cell.type === "code" ? [{ id: `line ${cell.line}`, source: cell.source }] : [],
  );
  const started = Date.now();
  const child = fork(path.join(__dirname, "worker.js"), {
    env: { ...process.env, COURSE_STATE: state, COURSE_PRISTINE: "1", COURSE_CLAIMS_LOG: log },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  try {
    const results = await new Promise<readonly CellResult[]>((resolve, reject) => {
      child.on("message", (report: Report) => {
        if (report.kind === "cell") options.onCell?.(report.index, code.length);
        else if (report.kind === "done") resolve(report.cells);
        else reject(new Error(report.message));
      });
      child.on("exit", (status, signal) =>
        reject(new Error(`the notebook's process ended early (${signal ?? status})`)),
      );
      child.send({ cells: code, cwd: path.join(options.root, "notebooks") } satisfies Job);
    });
    return { cells: results, seconds: (Date.now() - started) / 1000 };
  } finally {
    child.kill();
    fs.rmSync(state, { recursive: true, force: true });
  }
}

/** Runs `work` over the items, at most `width` at a time; results in the items' order. */
export async function pool<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return results;
}
