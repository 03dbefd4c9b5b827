/** The learner's files and state: .course/state.json, and copies of everything before it is replaced. */
import fs from "node:fs";
import path from "node:path";
import { root } from "../../grading/root";

const folder = path.join(root, ".course");
const stateFile = path.join(folder, "exercises.json");

export interface Progress {
  /** the most points earned so far */
  best: number;
  points: number;
  attempts: number;
  hints: number;
  solutionSeen?: boolean;
}
export type State = Record<string, Progress>;

export function readState(): State {
  try {
    return JSON.parse(fs.readFileSync(stateFile, "utf8")) as State;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    // a damaged file is put aside, not deleted, and the course goes on
    fs.renameSync(stateFile, `${stateFile}.damaged-${Date.now()}`);
    return {};
  }
}

/** Changes the progress of one exercise. Written beside and renamed: a crash leaves the old state. */
export function updateState(id: string, change: (progress: Progress) => void): Progress {
  const state = readState();
  const progress = state[id] ?? { best: 0, points: 0, attempts: 0, hints: 0 };
  change(progress);
  state[id] = progress;
  fs.mkdirSync(folder, { recursive: true });
  const temporary = `${stateFile}.${process.pid}`;
  fs.writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`);
  fs.renameSync(temporary, stateFile);
  return progress;
}

/** Copies a file to .course/copies under a name with the time; returns the copy's path, relative to the project. */
export function copyAside(file: string): string {
  const copies = path.join(folder, "copies");
  fs.mkdirSync(copies, { recursive: true });
  const time = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/[:T]/g, "-");
  const base = path.basename(file, ".ts");
  let target = path.join(copies, `${base}.${time}.ts`);
  for (let n = 2; fs.existsSync(target); n++) target = path.join(copies, `${base}.${time}-${n}.ts`);
  fs.copyFileSync(file, target, fs.constants.COPYFILE_EXCL);
  return path.relative(root, target);
}
