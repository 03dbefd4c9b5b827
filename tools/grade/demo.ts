/** `grade demo N FOLDER`: an invented class to try the grader with, or to measure it. */
import path from "node:path";
import { writeDemo } from "../../grading/coursework/demo";
import { readSettings } from "../../grading/coursework/settings";
import { Failure } from "../failure";
import { plainly, readArguments } from "./arguments";

const usage = "npm run grade -- demo 30 class/";

export const run = (args: readonly string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["course", "only"], []);
    const [count, folder] = given.rest;
    const students = Number(count);
    if (folder === undefined || !Number.isInteger(students) || students < 1 || students > 5000)
      throw new Failure("demo wants a number of students and a folder.", usage, usage);
    const only = given.value("only")?.split(",");
    const exercises = only ?? readSettings(given.value("course")).exercises.map((e) => e.id);
    const counts = writeDemo(folder, students, exercises);
    const parts = Object.entries(counts).filter(([, n]) => n > 0);
    console.log(
      `✓ ${students} students, ${exercises.length} exercises: ${parts.map(([k, n]) => `${n} ${k}`).join(", ")}`,
    );
    const at = (name: string) => path.join(folder, name);
    const course = given.value("course");
    console.log(
      `next: npm run grade -- batch ${at("submissions")} --roster ${at("roster.csv")} --out ${at("results")}${course === undefined ? "" : ` --course ${course}`}`,
    );
    return 0;
  });
