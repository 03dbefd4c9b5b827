/** `npm run release -- --course autumn`: what students get, and what Gradescope gets. */
import path from "node:path";
import { readSettings, settingsFile } from "../grading/coursework/settings";
import { releaseAutograder } from "../grading/release/autograder";
import { releaseStudent } from "../grading/release/student";
import { root } from "../grading/root";
import { Failure } from "./failure";
import { plainly, readArguments } from "./grade/arguments";
import { step } from "./progress";

const usage = "npm run release -- --course autumn   (reads course-autumn.json)";

export const main = (args: string[]): Promise<number> =>
  plainly(async () => {
    const given = readArguments(args, ["course", "out", "key"], []);
    const name = given.value("course");
    if (name === undefined || given.rest.length > 0)
      throw new Failure("release wants the name of a course.", usage, usage);
    const settings = readSettings(name);
    const out = given.value("out") ?? path.join(root, "release", settings.name);
    const student = path.join(out, "student");
    const released = await step(`freezing ${settings.exercises.length} exercises`, () =>
      releaseStudent(settings, student),
    );
    releaseAutograder(settings, settingsFile(name), path.join(out, "gradescope"), given.value("key"));
    const later = released.frozen.reduce((sum, f) => sum + f.later.length, 0);
    console.log(
      `✓ ${student}: ${released.files} files for students${later > 0 ? `; ${later} checks only at submission` : ""}`,
    );
    console.log(
      `✓ ${path.join(out, "gradescope")}: zip what is in it (with setup.sh at the top) and upload it as the autograder; it holds the key of the course`,
    );
    return 0;
  });
