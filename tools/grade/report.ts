/** `grade report RESULTS --roster roster.csv --out report.html`: figures of the class as one page. */
import fs from "node:fs";
import { readGrades } from "../../grading/coursework/merge";
import { readRoster } from "../../grading/coursework/roster";
import { readSettings } from "../../grading/coursework/settings";
import { openBook } from "../../grading/export/book";
import { classReport } from "../../grading/report/page";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";

const usage = "npm run grade -- report results/ --roster roster.csv --out report.html";

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["roster", "out", "course"], []);
    const [folder] = given.rest;
    const [rosterFile, out] = [given.value("roster"), given.value("out")];
    if (folder === undefined || rosterFile === undefined || out === undefined)
      throw new Failure("report wants the results, the roster and a file to write.", usage, usage);
    const book = openBook(
      readGrades(folder),
      readRoster(rosterFile),
      readSettings(given.value("course")),
      new Date(),
    );
    fs.writeFileSync(out, classReport(book));
    console.log(`✓ ${out}`);
    return 0;
  });
