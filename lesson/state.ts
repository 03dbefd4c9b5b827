/**
 * What the course remembers about a learner: small JSON files in `.course/`, which git ignores. Tests and the notebook
 * builder name a folder of their own in COURSE_STATE.
 */
import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "./project";

const stateFile = (name: string) =>
  path.join(process.env.COURSE_STATE ?? path.join(projectRoot, ".course"), `${name}.json`);

/** The state of that name, or `empty` if there is none yet. A damaged file is put aside, not deleted. */
export function readState<State>(name: string, empty: State): State {
  const file = stateFile(name);
  if (!fs.existsSync(file)) return empty;
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as State;
  } catch {
    const aside = `${file}.damaged-${Date.now()}`;
    fs.renameSync(file, aside);
    console.log(
      `${file} could not be read. It was put aside as ${path.basename(aside)}, and the course goes on.`,
    );
    return empty;
  }
}

/** Replaces the state of that name in one step: a crash leaves either the old or the new. */
export function writeState(name: string, state: unknown): void {
  const file = stateFile(name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  fs.writeFileSync(beside, `${JSON.stringify(state, null, 2)}\n`);
  fs.renameSync(beside, file);
}
