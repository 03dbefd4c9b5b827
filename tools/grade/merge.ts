/** `grade merge RESULTS… --out merged/`: one file of grades from the results of all shards, if they belong together. */
import path from "node:path";
import { merge } from "../../grading/coursework/merge";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";

const usage = "npm run grade -- merge results-1/ results-2/ --out merged/";

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["out"], []);
    const out = given.value("out");
    if (given.rest.length === 0 || out === undefined)
      throw new Failure("merge wants the folders of the shards and a place for the whole.", usage, usage);
    const records = merge(given.rest, out);
    const infra = records.filter((r) => r.status === "infra").length;
    console.log(`✓ ${records.length} results in ${path.join(out, "grades.jsonl")}`);
    if (infra > 0)
      console.error(`✗ ${infra} of them could not be graded: run their shards again, then merge again`);
    return infra > 0 ? 2 : 0;
  });
