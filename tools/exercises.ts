/**
 * `npm run exercises`: writes exercises/eNN-slug.ts (the stub) and eNN-slug.test.ts from solutions/eNN-slug.ts.
 * With `--check` it writes nothing and says what is out of step. What a learner wrote is never overwritten unless a
 * copy of it lies in .course/copies first.
 */
import fs from "node:fs";
import path from "node:path";
import { readCourse, stem } from "../grading/course";
import { root } from "../grading/root";
import { stubOf } from "../grading/stub";
import { copyAside } from "./course/files";

const at = (...parts: string[]) => path.join(root, ...parts);
const read = (file: string) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined);

export const testFile = (id: string) =>
  `import { exercise } from "../grading/vitest";\n\nexercise("${id}");\n`;

/** The stub of one exercise, from its solution. */
export function stubFor(name: string): string {
  const file = `solutions/${name}.ts`;
  return stubOf(fs.readFileSync(at(file), "utf8"), file);
}

/** What is out of step between solutions/, exercises/ and course.json; empty when all is well. */
export function findDrift(): string[] {
  const problems: string[] = [];
  for (const entry of readCourse().exercises) {
    const name = stem(entry);
    if (read(at("solutions", `${name}.ts`)) === undefined) {
      problems.push(`solutions/${name}.ts is missing`);
      continue;
    }
    if (read(at("exercises", `${name}.ts`)) !== stubFor(name))
      problems.push(`exercises/${name}.ts is not the stub of its solution: npm run exercises`);
    if (read(at("exercises", `${name}.test.ts`)) !== testFile(entry.id))
      problems.push(`exercises/${name}.test.ts is not the generated one: npm run exercises`);
  }
  const known = new Set(readCourse().exercises.map(stem));
  for (const folder of ["solutions", "exercises"])
    for (const file of fs.readdirSync(at(folder)))
      if (/^e\d\d-/.test(file) && !known.has(file.replace(/(\.test)?\.ts$/, "")))
        problems.push(`${folder}/${file} has no entry in course.json`);
  return problems;
}

export async function main(args: string[]): Promise<number> {
  if (args.includes("--check")) {
    const problems = findDrift();
    for (const problem of problems) console.error(`✗ ${problem}`);
    if (problems.length === 0) console.log("✓ exercises and solutions are in step");
    return problems.length === 0 ? 0 : 1;
  }
  for (const entry of readCourse().exercises) {
    const name = stem(entry);
    if (read(at("solutions", `${name}.ts`)) === undefined) continue;
    const file = at("exercises", `${name}.ts`);
    const [old, stub] = [read(file), stubFor(name)];
    if (old !== stub) {
      if (old !== undefined) console.log(`  your text of ${name}.ts is kept as ${copyAside(file)}`);
      fs.writeFileSync(file, stub);
      console.log(`✓ exercises/${name}.ts`);
    }
    fs.writeFileSync(at("exercises", `${name}.test.ts`), testFile(entry.id));
  }
  return 0;
}
