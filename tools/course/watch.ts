/** `watch`: checks an answer again at every save. The next child process waits already, so a verdict comes at once. */
import fs from "node:fs";
import path from "node:path";
import type { ExerciseEntry } from "../../grading/course";
import { answerFile, type PracticeResult, practise } from "../../grading/practice";
import { coolDown, warmUp } from "../../grading/runner/box";
import { dim, resultText } from "./screen";

/** Editors write in several steps; a pause this long means that the file is whole. */
const SETTLE = 15;

export async function watch(entry: ExerciseEntry, record: (r: PracticeResult) => number): Promise<number> {
  const file = answerFile(entry);
  let text = "";
  let running = false;
  let again = false;
  let solved = false;

  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    let source: string;
    try {
      source = fs.readFileSync(file, "utf8");
    } catch {
      return; // between two writes of an editor the file may be gone
    }
    if (source === text) return;
    text = source;
    running = true;
    try {
      const result = await practise(entry.id, { source, keepWarm: true });
      const hints = record(result);
      // a terminal is cleared, a pipe only gets one report after the other
      if (process.stdout.isTTY) process.stdout.write("\x1b[H\x1b[2J\x1b[3J");
      process.stdout.write(`${resultText(result, hints)}${dim("  watching · Ctrl-C to stop")}\n`);
      solved = result.earned === result.points;
    } finally {
      running = false;
    }
    if (again) {
      again = false;
      await run();
    }
  };

  warmUp();
  await run();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    // the folder, not the file: editors replace files, and a watcher of the old one would go blind
    const watcher = fs.watch(path.dirname(file), (_event, name) => {
      if (name !== null && name !== path.basename(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), SETTLE);
    });
    const stop = () => {
      watcher.close();
      coolDown();
      console.log(solved ? "\nSolved." : "\nStopped. Your answer is in the file as you left it.");
      resolve(0);
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  });
}
