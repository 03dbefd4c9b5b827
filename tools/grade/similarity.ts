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
    const count = writeSimilarity(readGrades(folder), folder, out);
    console.log(`✓ ${count} answers in ${out}`);
    console.log(
      `  java -jar jplag.jar --language typescript --base-code ${out}/jplag/e03/base ${out}/jplag/e03/submissions`,
    );
    console.log(`  dolos run -f web -i ${out}/dolos/e03/boilerplate.ts ${out}/dolos/e03/info.csv`);
    return 0;
  });
