/**
 * Folders for programs that look for copied work, which a grader cannot prove: JPlag wants a folder a student, Dolos
 * files with a table of names. Only what students wrote is handed over, and the stub as the part that all share.
 */
import fs from "node:fs";
import path from "node:path";
import { stubSource } from "../answers";
import { stem } from "../course";
import type { GradeRecord } from "../coursework/record";
import { exerciseOf, findExercise } from "../practice";
import { csvFile } from "./sinks";

/** One folder for each exercise: `jplag/e03/{submissions,base}` and `dolos/e03/{info.csv,files}`. */
export function writeSimilarity(records: readonly GradeRecord[], results: string, out: string): number {
  let count = 0;
  for (const exercise of [...new Set(records.map((r) => r.exercise))].sort()) {
    const name = `${stem(findExercise(exercise))}.ts`;
    const own = records.filter((r) => r.exercise === exercise && r.files.length > 0);
    const write = (text: string, ...place: string[]) => {
      const file = path.join(out, ...place);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    };
    const rows: string[][] = [["filename", "full_name", "created_at"]];
    // the last attempt of each student is compared
    const last = own.filter((r) => !own.some((o) => o.student === r.student && o.attempt > r.attempt));
    for (const { student, attempt, submitted } of last) {
      const source = path.join(results, "submissions", student, `${exercise}.${attempt}.ts`);
      if (!fs.existsSync(source)) continue;
      const text = fs.readFileSync(source, "utf8");
      write(text, "jplag", exercise, "submissions", student, name);
      write(text, "dolos", exercise, `${student}.ts`);
      rows.push([`${student}.ts`, student, submitted ?? ""]);
      count++;
    }
    const stub = stubSource(exerciseOf(exercise).specification);
    write(stub, "jplag", exercise, "base", name);
    write(stub, "dolos", exercise, "boilerplate.ts");
    write(csvFile(rows), "dolos", exercise, "info.csv");
  }
  return count;
}
