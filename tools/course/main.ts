/**
 * `npm run course`: where you are and what comes next.
 * list | check e03 | watch [e03] | hint e03 | solution e03 | reset e03; `--json` for programs.
 */
import fs from "node:fs";
import path from "node:path";
import { type ExerciseEntry, findExercise, readCourse, stem } from "../../grading/course";
import { answerFile, type PracticeResult, practise } from "../../grading/practice";
import { root } from "../../grading/root";
import { stubOf } from "../../grading/stub";
import { copyAside, readState, updateState } from "./files";
import { bold, dim, listText, resultText, stars, wrap } from "./screen";
import { watch } from "./watch";

const usage = `
  npm run course                 where you are, and what comes next
  npm run course -- list         all exercises with points
  npm run course -- check e03    check your answer in exercises/
  npm run course -- watch e03    check again at every save
  npm run course -- hint e03     a hint; asked again, a stronger one (three levels)
  npm run course -- solution e03 the reference answer, after yours is right or with --show
  npm run course -- reset e03    start again; your text is kept as a copy
  Add --json to list and check for programs.
`;

/** The first exercise that is not finished. */
export function nextExercise(): ExerciseEntry | undefined {
  const state = readState();
  return readCourse().exercises.find((e) => (state[e.id]?.best ?? 0) < e.points);
}

/** Notes the attempt. `best` never falls: what was once right has been understood. */
export function record(result: PracticeResult): number {
  return updateState(result.id, (p) => {
    p.best = Math.max(p.best, result.earned);
    p.points = result.points;
    p.attempts++;
  }).hints;
}

async function check(name: string, json: boolean): Promise<number> {
  const result = await practise(name);
  const hints = record(result);
  console.log(json ? JSON.stringify(result, null, 2) : resultText(result, hints));
  return result.earned === result.points ? 0 : 1;
}

function hint(entry: ExerciseEntry): number {
  const { hints } = updateState(entry.id, (p) => {
    p.hints = Math.min(entry.hints.length, p.hints + 1);
  });
  console.log(`\n${bold(`${entry.id} · ${entry.title}`)}\n`);
  for (let i = 0; i < hints; i++)
    console.log(`${bold(`  ${i + 1} of ${entry.hints.length}`)}\n${wrap(entry.hints[i]!, "    ")}\n`);
  if (hints === entry.hints.length) console.log(dim("  That was the last one.\n"));
  return 0;
}

function solution(entry: ExerciseEntry, force: boolean): number {
  const solved = (readState()[entry.id]?.best ?? 0) >= entry.points;
  const file = path.join("solutions", `${stem(entry)}.ts`);
  if (!fs.existsSync(path.join(root, file))) {
    console.log("This copy of the course was given out for coursework: it holds no solutions.");
    return 1;
  }
  if (!solved && !force) {
    console.log(
      `${entry.id} is not solved yet. Reading the answer is fine once you have tried:\n  npm run course -- solution ${entry.id} --show`,
    );
    return 1;
  }
  updateState(entry.id, (p) => {
    if (!solved) p.solutionSeen = true;
  });
  const text = fs.readFileSync(path.join(root, file), "utf8");
  console.log(`${dim(file)}\n\n${text.replace(/^\s*\/\/ answer:(begin.*|end)\n/gm, "")}`);
  return 0;
}

function reset(entry: ExerciseEntry): number {
  const source = path.join(root, "solutions", `${stem(entry)}.ts`);
  // a copy for coursework holds the stub alone
  const stored = path.join(root, "grading", "frozen", `${stem(entry)}.stub.txt`);
  const file = answerFile(entry);
  const stub = fs.existsSync(source)
    ? stubOf(fs.readFileSync(source, "utf8"))
    : fs.readFileSync(stored, "utf8");
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") !== stub)
    console.log(`Your text is kept as ${copyAside(file)}`);
  fs.writeFileSync(file, stub);
  console.log(`exercises/${stem(entry)}.ts is the stub again.`);
  return 0;
}

function screen(): number {
  const next = nextExercise();
  const state = readState();
  const { exercises, notebooks } = readCourse();
  console.log(listText(exercises, state, next?.id));
  if (next === undefined) {
    console.log("  Every exercise is solved. Well done.\n");
    return 0;
  }
  const lesson = notebooks.find((n) => n.id === next.lesson);
  console.log(
    `  ${bold(`Next: ${next.id} · ${next.title}`)}  ${stars(next.difficulty)}  about ${next.minutes} min`,
  );
  if (lesson !== undefined) console.log(`  Lesson: notebooks/${lesson.id}-${lesson.slug}.ipynb`);
  console.log(
    `  Write your answer in exercises/${stem(next)}.ts, then\n\n      npm run course -- watch ${next.id}\n`,
  );
  return 0;
}

export async function main(args: string[]): Promise<number> {
  const json = args.includes("--json");
  const [command = "", name] = args.filter((a) => !a.startsWith("--"));
  try {
    if (command === "") return json ? list(json) : screen();
    if (command === "list") return list(json);
    if (command === "help") {
      console.log(usage);
      return 0;
    }
    const entry = name === undefined ? nextExercise() : findExercise(name);
    if (entry === undefined) throw new RangeError("which exercise? For example: npm run course -- check e03");
    if (command === "hint") return hint(entry);
    if (command === "solution") return solution(entry, args.includes("--show"));
    if (command === "reset") return reset(entry);
    if (command === "check") return await check(entry.id, json);
    if (command === "watch") return await watch(entry, record);
  } catch (error) {
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === "ENOENT") {
      const missing = (error as NodeJS.ErrnoException).path;
      console.error(
        missing === undefined
          ? `✗ ${(error as Error).message}`
          : `✗ ${path.relative(root, missing)} is not there. Bring it back with: npm run course -- reset ${name}`,
      );
      return 1;
    }
    throw error;
  }
  console.error(`There is no command "${command}".${usage}`);
  return 1;
}

function list(json: boolean): number {
  const state = readState();
  const { exercises } = readCourse();
  console.log(
    json
      ? JSON.stringify(
          exercises.map((e) => ({ ...e, progress: state[e.id] ?? null })),
          null,
          2,
        )
      : listText(exercises, state, nextExercise()?.id),
  );
  return 0;
}
