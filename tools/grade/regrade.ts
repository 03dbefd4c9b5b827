/** `grade regrade RESULTS SUBMISSIONS --roster roster.csv --out new/`: grades again and shows what would change. */
import path from "node:path";
import { readGrades } from "../../grading/coursework/merge";
import { changesBetween } from "../../grading/coursework/regrade";
import { terminal } from "../../grading/export/sinks";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";
import { run as batch, batchOptions } from "./batch";

const usage = "npm run grade -- regrade results/ SUBMISSIONS --roster roster.csv --out regraded/";

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, batchOptions.values, batchOptions.flags);
    const [old, place] = given.rest;
    const out = given.value("out");
    if (old === undefined || place === undefined || out === undefined)
      throw new Failure(
        "regrade wants the old results, the submissions, a roster and a new place.",
        usage,
        usage,
      );
    if (path.resolve(out) === path.resolve(old))
      throw new Failure(
        "The new results need a place of their own: the old ones are compared with them.",
        usage,
        usage,
      );
    const before = readGrades(old);
    // the same words without the first folder are a batch
    const code = await batch(args.toSpliced(args.indexOf(old), 1));
    if (code !== 0) return code;
    const changes = changesBetween(before, readGrades(out));
    for (const c of changes)
      console.log(
        terminal(
          `${c.student} ${c.exercise}${c.attempt > 1 ? ` attempt ${c.attempt}` : ""}: ${c.before} → ${c.after}${c.checks.length > 0 ? ` (${c.checks.join(", ")})` : ""}`,
        ),
      );
    console.log(`${changes.length} of ${before.length} results differ`);
    return 0;
  });
