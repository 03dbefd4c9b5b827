/**
 * The familiar view: `npx vitest e03` and a test panel in the editor. Each check is one test; a failure is a sentence.
 * The learner's file still runs in the killable child, never here.
 */
import { afterAll, beforeAll, describe, test } from "vitest";
import type { CheckResult } from "./grade";
import { exerciseOf, findExercise, practise } from "./practice";

/** An error that vitest prints as a sentence: no stack, no frame of our code. */
class Sentence extends Error {
  constructor(text: string) {
    super(text);
    this.name = "✗";
    this.stack = "";
  }
}

export function exercise(name: string): void {
  const entry = findExercise(name);
  const { checks } = exerciseOf(entry.id).specification;
  describe(`${entry.id} ${entry.title} (practice)`, () => {
    const results = new Map<string, CheckResult>();
    let notes: readonly string[] = [];
    beforeAll(async () => {
      const result = await practise(entry.id);
      for (const check of result.checks) results.set(check.id, check);
      notes = result.notes;
      if (result.log !== "") console.log(result.log);
    }, 60_000);
    afterAll(() => results.clear());
    for (const check of checks.filter((c) => c.visibility === "visible"))
      test(`${check.title} (${check.points} p)`, (context) => {
        const result = results.get(check.id);
        if (result?.outcome === "skipped") context.skip(result.message);
        if (result === undefined || result.outcome === "pass") return;
        const lines = [
          result.message,
          result.example ?? "",
          ...notes,
          `hint: npm run course -- hint ${entry.id}`,
        ];
        throw new Sentence(lines.filter((line) => line !== "").join("\n  "));
      });
  });
}
