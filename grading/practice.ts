/**
 * A learner's own check: the file in exercises/ in a killable child, the visible checks, the misconceptions.
 * It is practice, never a grade: on their own machine learners can change anything, and may.
 */
import fs from "node:fs";
import path from "node:path";
import { type ExerciseEntry, findExercise, readCourse, stem } from "./course";
import { type CheckResult, type GradeResult, grade } from "./grade";
import { root } from "./root";
import { Box, coolDown } from "./runner/box";
import { Direct } from "./runner/direct";
import { signatureNotes } from "./signatures";
import type { Answer } from "./specification";
import { type Exercise, exercises } from "./specs";

export const PRACTICE_SEED = "practice";

export interface PracticeResult extends GradeResult {
  readonly title: string;
  /** what the answer printed */
  readonly log: string;
  /** remarks on the signature, one line each */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

/** The specification of an exercise of course.json; a test holds that each has one. */
export const exerciseOf = (id: string): Exercise => exercises.find((e) => e.specification.id === id)!;

export const answerFile = (entry: ExerciseEntry) => path.join(root, "exercises", `${stem(entry)}.ts`);

export interface PracticeOptions {
  readonly onCheck?: (result: CheckResult) => void;
  readonly keepWarm?: boolean;
  /** the text to check instead of the file's */
  readonly source?: string;
  readonly seed?: string;
}

/** Checks the learner's file of an exercise, or another text of it. */
export async function practise(name: string, options: PracticeOptions = {}): Promise<PracticeResult> {
  const started = performance.now();
  const entry = findExercise(name);
  const { specification, mutants } = exerciseOf(entry.id);
  const file = answerFile(entry);
  const source = options.source ?? fs.readFileSync(file, "utf8");
  const box = new Box(source, {
    name: `${stem(entry)}.ts`,
    given: specification.given,
    keepWarm: options.keepWarm ?? false,
  });
  try {
    const result = await grade(specification, box, {
      seed: options.seed ?? PRACTICE_SEED,
      mutants,
      ...(options.onCheck === undefined ? {} : { onCheck: options.onCheck }),
    });
    box.close();
    const failed = result.checks.some((c) => c.outcome === "fail" || c.outcome === "error");
    const notes = failed ? signatureNotes(source, entry.signatures) : [];
    const milliseconds = performance.now() - started;
    return { ...result, title: entry.title, log: box.log, notes, milliseconds };
  } finally {
    box.close();
    if (!options.keepWarm) coolDown();
  }
}

/** Checks functions that exist already, such as those of a notebook's cell; the kernel's interrupt stops a loop. */
export async function practiseFunctions(name: string, answer: Answer): Promise<PracticeResult> {
  const started = performance.now();
  const entry = findExercise(name);
  const { specification, mutants } = exerciseOf(entry.id);
  const result = await grade(specification, new Direct(answer), { seed: PRACTICE_SEED, mutants });
  return { ...result, title: entry.title, log: "", notes: [], milliseconds: performance.now() - started };
}

export { findExercise, readCourse, stem };
