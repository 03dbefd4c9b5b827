/** Results of one student as the autograders of platforms write them. */
import type { StudentView, ViewedCheck, ViewedExercise } from "../coursework/view";
import type { BookRow } from "./book";
import { visible, xml } from "./sinks";

const sentence = (check: ViewedCheck): string =>
  [check.message, check.example ?? ""].filter((s) => s !== "").join("\n");

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

/**
 * Gradescope's results.json. Everything is marked as text, so that nothing is rendered; hidden checks carry Gradescope's
 * own visibility, and their text is empty whatever the date.
 */
export function gradescope({ scores, view }: BookRow): string {
  const tests = view.exercises.flatMap((exercise, i) => {
    const { record, points, late } = scores[i]!;
    const scale = record.points === 0 ? 0 : (points / record.points) * late.factor;
    if (exercise.checks.length === 0)
      return [
        {
          name: `${exercise.id} ${exercise.title}`,
          score: exercise.earned ?? 0,
          max_score: exercise.points,
          status: "failed",
          output: visible(exercise.remarks.join("\n")),
          output_format: "text",
          visibility: "visible",
        },
      ];
    const recorded = record.checks.filter((c) => c.visibility !== "staff");
    return exercise.checks.map((check, k) => ({
      name: `${exercise.id} ${check.title}`,
      score: Math.round(recorded[k]!.earned * scale * 1e6) / 1e6,
      max_score: check.points,
      status: recorded[k]!.outcome === "pass" ? "passed" : "failed",
      output: check.hidden ? "" : visible(sentence(check)),
      output_format: "text",
      visibility: check.hidden ? "after_due_date" : "visible",
    }));
  });
  const earned = scores.reduce((sum, s) => sum + (s.earned ?? 0), 0);
  return json({
    score: Math.round(earned * 100) / 100,
    output: visible(view.exercises.flatMap((e) => e.remarks.map((r) => `${e.id}: ${r}`)).join("\n")),
    output_format: "text",
    visibility: "visible",
    stdout_visibility: "hidden",
    tests,
  });
}

/** GitHub Classroom: what a runner hands to the reporting action, which expects it in base64. */
export function classroom(view: StudentView): { json: string; base64: string } {
  const passed = (e: ViewedExercise) => e.earned !== undefined && e.earned >= e.points - e.pending;
  const tests = view.exercises.map((e) => ({
    name: `${e.id} ${e.title}`,
    status: passed(e) ? "pass" : "fail",
    message: visible(
      [
        ...e.remarks,
        ...e.checks.filter((c) => c.outcome !== "pass").map((c) => `${c.title}: ${sentence(c)}`),
      ].join("\n"),
    ),
    score: e.earned ?? 0,
    test_code: e.id,
    filename: "",
    line_no: 0,
    execution_time: "0s",
  }));
  const text = JSON.stringify({
    version: 1,
    status: view.exercises.every(passed) ? "pass" : "fail",
    max_score: view.points,
    tests,
  });
  return { json: text, base64: Buffer.from(text, "utf8").toString("base64") };
}

/** Exercism's test runner interface, version 3: one file an exercise. */
export function exercism(exercise: ViewedExercise): string {
  const failed = exercise.checks.length === 0;
  const tests = exercise.checks
    .filter((c) => c.outcome !== "later")
    .map((c) => ({
      name: c.title,
      status: c.outcome === "pass" ? "pass" : c.outcome === "fail" ? "fail" : "error",
      message: c.outcome === "pass" ? null : visible(sentence(c)) || c.outcome,
      test_code: exercise.id,
    }));
  const status = failed ? "error" : tests.every((t) => t.status === "pass") ? "pass" : "fail";
  return json({ version: 3, status, message: failed ? visible(exercise.remarks.join("\n")) : null, tests });
}

/** JUnit: a suite an exercise, a case a check; texts stand in attributes. */
export function junit(view: StudentView): string {
  const suite = (e: ViewedExercise): string => {
    const shown = e.checks.filter((c) => c.outcome !== "later");
    const cases = shown.map((c) => {
      const open = `<testcase classname="${xml(e.id)}" name="${xml(c.title)}"`;
      if (c.outcome === "pass") return `  ${open}/>`;
      if (c.outcome === "skipped") return `  ${open}><skipped message="${xml(c.message)}"/></testcase>`;
      const tag = c.outcome === "fail" ? "failure" : "error";
      return `  ${open}><${tag} type="${xml(c.outcome)}" message="${xml(sentence(c))}"/></testcase>`;
    });
    if (shown.length === 0)
      cases.push(
        `  <testcase classname="${xml(e.id)}" name="${xml(e.title)}"><error message="${xml(e.remarks.join("\n"))}"/></testcase>`,
      );
    const count = (outcomes: readonly string[]) => shown.filter((c) => outcomes.includes(c.outcome)).length;
    const errors = shown.length === 0 ? 1 : count(["error", "timeout", "blocked"]);
    return ` <testsuite name="${xml(e.id)}" tests="${Math.max(1, shown.length)}" failures="${count(["fail"])}" errors="${errors}" skipped="${count(["skipped"])}">\n${cases.join("\n")}\n </testsuite>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xml(view.student.id)}">\n${view.exercises.map(suite).join("\n")}\n</testsuites>\n`;
}
