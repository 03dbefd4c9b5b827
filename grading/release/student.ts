/**
 * The folder that students get: the module, the notebooks, the chosen exercises, their visible checks frozen. No
 * solution, no hidden check, no code of a check or of a wrong answer.
 */
import fs from "node:fs";
import path from "node:path";
import { solutionSource } from "../answers";
import { type Course, findExercise, readCourse, stem } from "../course";
import type { CourseSettings } from "../coursework/settings";
import { exerciseOf } from "../practice";
import { root } from "../root";
import { stubOf } from "../stub";
import { freeze } from "./freeze";
import type { FrozenExercise } from "./frozen";
import { studentReadme } from "./readme";

/** whole folders and single files that a student's copy takes over */
const folders = [
  "src",
  "lesson",
  "kernel",
  "notebooks",
  "data",
  "docs",
  "tools/start",
  "tools/course",
  "grading/runner",
];
const files = [
  "LICENSE",
  "NOTATION.md",
  "claims.json",
  "package-lock.json",
  "requirements.txt",
  "tsconfig.json",
  "tsconfig.module.json",
  "rolldown.config.mjs",
  "tsconfig.tools.json",
  "vitest.config.mts",
  ".gitignore",
  "tools/run.mjs",
  "tools/bootstrap.mjs",
  "grading/vitest.ts",
  "grading/release/thawed.ts",
];
const scripts = ["start", "build", "course"];

function walk(folder: string, below = ""): string[] {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(below, entry.name);
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    return entry.isDirectory() ? walk(folder, name) : [name];
  });
}

/** The files that these import from within the project, and what those import, without the specifications. */
function withImports(start: readonly string[]): Set<string> {
  const found = new Set(start);
  for (const file of found) {
    if (!file.endsWith(".ts")) continue;
    const text = fs.readFileSync(path.join(root, file), "utf8");
    for (const match of text.matchAll(/(?:from|import\(|require\()\s*"(\.[^"]+)"/g)) {
      const base = path.posix.join(path.posix.dirname(file), match[1]!).replace(/\.js$/, "");
      const target = [`${base}.ts`, `${base}/index.ts`, base].find(
        (f) => /\.(?:ts|mjs|js|json)$/.test(f) && fs.existsSync(path.join(root, f)),
      );
      if (target !== undefined && !target.startsWith("grading/specs/")) found.add(target);
    }
  }
  return found;
}

const specs = `/** The exercises of this course, as data: see grading/release/thawed.ts. */
import type { Mutant, Specification } from "../specification";
import { thawAll } from "../release/thawed";

export interface Exercise {
  readonly specification: Specification;
  readonly mutants: readonly Mutant[];
}

export const exercises: readonly Exercise[] = thawAll();
`;

/** The points that practice can show are scaled to the course's. */
function scaled(frozen: FrozenExercise, points: number): FrozenExercise {
  const factor = points / findExercise(frozen.id).points;
  return {
    ...frozen,
    checks: frozen.checks.map((c) => ({ ...c, points: Math.round(c.points * factor * 1e9) / 1e9 })),
  };
}

function courseOf(settings: CourseSettings): Course {
  const chosen = new Map(settings.exercises.map((e) => [e.id, e]));
  const { title, notebooks, exercises } = readCourse();
  return {
    title,
    notebooks: notebooks.map((n) => ({ ...n, exercises: n.exercises.filter((id) => chosen.has(id)) })),
    exercises: exercises
      .filter((e) => chosen.has(e.id))
      .map((e) => ({
        ...e,
        points: chosen.get(e.id)!.points,
        prerequisites: e.prerequisites.filter((id) => chosen.has(id)),
      })),
  };
}

export interface Released {
  readonly folder: string;
  readonly files: number;
  readonly frozen: readonly FrozenExercise[];
}

export async function releaseStudent(settings: CourseSettings, folder: string): Promise<Released> {
  fs.rmSync(folder, { recursive: true, force: true });
  let count = 0;
  const put = (name: string, text: string | Buffer) => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    count++;
  };
  const whole = folders.flatMap((f) =>
    walk(path.join(root, f)).map((name) => path.posix.join(f, name.split(path.sep).join("/"))),
  );
  for (const name of withImports([...whole, ...files])) {
    const file = path.join(root, name);
    if (fs.existsSync(file)) put(name, fs.readFileSync(file));
  }
  put("grading/specs/index.ts", specs);
  const frozen: FrozenExercise[] = [];
  for (const { id, points } of settings.exercises) {
    const { specification } = exerciseOf(id);
    const name = stem(specification);
    const ice = scaled(await freeze(exerciseOf(id)), points);
    frozen.push(ice);
    put(`grading/frozen/${name}.json`, `${JSON.stringify(ice)}\n`);
    const stub = stubOf(solutionSource(specification), name);
    put(`exercises/${name}.ts`, stub);
    // for `npm run course -- reset`
    put(`grading/frozen/${name}.stub.txt`, stub);
    put(`exercises/${name}.test.ts`, `import { exercise } from "../grading/vitest";\n\nexercise("${id}");\n`);
  }
  put("course.json", `${JSON.stringify(courseOf(settings), null, 2)}\n`);
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const kept = Object.fromEntries(
    Object.entries(manifest.scripts).filter(([name]) => scripts.includes(name)),
  );
  put("package.json", `${JSON.stringify({ ...manifest, scripts: kept }, null, 2)}\n`);
  put("README.md", studentReadme(settings, frozen));
  return { folder, files: count, frozen };
}
