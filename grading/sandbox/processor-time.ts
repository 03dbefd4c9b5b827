import fs from "node:fs";

/** /proc counts in hundredths of a second on every Linux that Node runs on */
const TICK = 10;

/**
 * Milliseconds of processor time that a process and its children have used; `undefined` where the system does not say.
 * Budgets are counted in it, so that a machine with too much to do fails nobody.
 */
export function processorTime(pid: number): number | undefined {
  try {
    // the second field is the program's name in brackets and may hold anything
    const fields = fs
      .readFileSync(`/proc/${pid}/stat`, "latin1")
      .replace(/^.*\) /, "")
      .split(" ");
    const own = TICK * (Number(fields[11]) + Number(fields[12]));
    const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1").trim();
    return children.split(" ").reduce((sum, child) => sum + (processorTime(Number(child)) ?? 0), own);
  } catch {
    return undefined;
  }
}
