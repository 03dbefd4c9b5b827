/** `grade similarity RESULTS --out similar/`: folders for JPlag and Dolos. */
import { readGrades } from "../../grading/coursework/merge";
import { writeSimilarity } from "../../grading/export/similarity";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";

const usage = "npm run grade -- similarity results/ --out similar/";

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["out"], []);
    const [folder] = given.rest;
    const out = given.value("out");
    if (folder === undefined || out === undefined)
      throw new Failure("similarity wants results and a place.", usage, usage);
    const records = readGrades(folder);
    const count = writeSimilarity(records, folder, out);
    const id = records[0]?.exercise ?? "e03";
    console.log(`✓ ${count} answers in ${out}`);
    console.log(
      `  java -jar jplag.jar --language typescript --base-code ${out}/jplag/${id}/base ${out}/jplag/${id}/submissions`,
    );
    console.log(`  dolos run -f web -i ${out}/dolos/${id}/boilerplate.ts ${out}/dolos/${id}/info.csv`);
    return 0;
  });
