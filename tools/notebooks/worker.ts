/** Runs one notebook's cells in a process of its own, so that no notebook can disturb the next. Talks to its parent by IPC. */
import { setEngine } from "cross-entropy";
import { type CellResult, runNotebook } from "../../kernel/run-notebook";

export interface Job {
  readonly cells: readonly { readonly id: string; readonly source: string }[];
  readonly cwd: string;
}
export type Report =
  | { readonly kind: "cell"; readonly index: number }
  | { readonly kind: "done"; readonly cells: readonly CellResult[] }
  | { readonly kind: "failed"; readonly message: string };

const send = (report: Report) =>
  new Promise<void>((done) => process.send?.(report, undefined, undefined, () => done()));

process.once("message", async (job: Job) => {
  try {
    setEngine("portable"); // the same digits on every machine
    const run = await runNotebook(job.cells, {
      cwd: job.cwd,
      onCell: (_, index) => void send({ kind: "cell", index }),
    });
    await send({ kind: "done", cells: run.cells });
    run.close();
  } catch (error) {
    await send({ kind: "failed", message: String((error as Error).stack ?? error) });
  }
  process.exit(0);
});
