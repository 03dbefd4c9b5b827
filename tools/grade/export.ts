/** `grade export RESULTS --roster roster.csv --out grades/ --to canvas,html`: files for platforms and students. */
import fs from "node:fs";
import { readGrades } from "../../grading/coursework/merge";
import { readRoster } from "../../grading/coursework/roster";
import { readSettings } from "../../grading/coursework/settings";
import { openBook, parseOverrides } from "../../grading/export/book";
import { formats, writeExport } from "../../grading/export/write";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";

const usage = "npm run grade -- export results/ --roster roster.csv --out grades/ --to canvas,html";

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["roster", "out", "to", "course", "now", "overrides"], []);
    const [folder] = given.rest;
    const [rosterFile, out] = [given.value("roster"), given.value("out")];
    if (folder === undefined || rosterFile === undefined || out === undefined)
      throw new Failure("export wants the results, the roster and a place for the files.", usage, usage);
    const wanted = given.value("to")?.split(",") ?? Object.keys(formats);
    const unknown = wanted.find((f) => !Object.hasOwn(formats, f));
    if (unknown !== undefined)
      throw new Failure(
        `There is no format ${unknown}.`,
        `the formats are ${Object.keys(formats).join(", ")}`,
        usage,
      );
    const settings = readSettings(given.value("course"));
    const overrides = given.value("overrides");
    const nowText = given.value("now");
    const now = nowText === undefined ? new Date() : new Date(nowText);
    if (Number.isNaN(now.getTime())) throw new Failure(`--now wants a date, got ${nowText}.`, usage, usage);
    const book = openBook(
      readGrades(folder),
      readRoster(rosterFile),
      settings,
      now,
      overrides === undefined ? [] : parseOverrides(fs.readFileSync(overrides, "utf8"), settings, overrides),
    );
    for (const format of wanted) console.log(`✓ ${format}: ${writeExport(book, format, out)} files`);
    for (const column of ["canvas", "moodle"] as const) {
      const without = book.rows.filter((r) => r.who[column] === "").length;
      if (wanted.includes(column) && without > 0)
        console.log(
          `${column}: ${without} students have nothing in the roster's column ${column}, so their rows will not be found`,
        );
    }
    const open = book.rows.filter((r) => r.earned === undefined).length;
    if (open > 0)
      console.log(
        `${open} students have an exercise that a person must look at: their cells are empty (see --overrides)`,
      );
    const early = settings.exercises.filter((e) => e.due !== undefined && Date.parse(e.due) > now.getTime());
    if (early.length > 0)
      console.log(
        `not due yet: ${early.map((e) => e.id).join(", ")}; grade books hold all points, feedback only what students may see now`,
      );
    return 0;
  });
