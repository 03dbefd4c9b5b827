import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { assignmentOf } from "../../grading/coursework/assignment";
import { gradeJob } from "../../grading/coursework/job";
import { scoreOf } from "../../grading/coursework/policy";
import { seedsFrom } from "../../grading/coursework/seeds";
import { probesOf } from "../../grading/grade";
import { collect } from "../../grading/ingest/collect";
import { KEY, plan, rosterOf, settingsFor, submission, temporaryFolder } from "./class";

// What A49 to A58 do is tried in ingest.test.ts and export.test.ts; here is the rest of what can be handed in.

test("what is shipped beside an answer is not copied and changes nothing (A48)", async () => {
  const [plain, loaded] = [temporaryFolder(), temporaryFolder()];
  const answer = "export const surprisal = (p) => -Math.log(p);\n";
  const extras: Record<string, string> = {
    "package.json":
      '{"type": "module", "scripts": {"postinstall": "touch owned"}, "imports": {"#x": "./x.js"}}',
    "vitest.config.ts": "throw new Error('loaded');",
    "tsconfig.json": '{"compilerOptions": {"plugins": [{"name": "./x.js"}], "paths": {"*": ["./x"]}}}',
    ".npmrc": "ignore-scripts=false",
    ".env": "COURSE_KEY=mine",
    "course-autumn.json": '{"exercises": [{"id": "e01", "points": 1000}]}',
    "exercises/e01-surprisal.test.ts": "throw new Error('loaded');",
    "grading/specs/e01-surprisal/checks.ts": "throw new Error('loaded');",
    "node_modules/cross-entropy/index.js": "throw new Error('loaded');",
    "node_modules/e01-surprisal.ts": "export const surprisal = () => 1;",
    ".git/hooks/post-checkout": "#!/bin/sh\ntouch owned",
  };
  for (const [folder, files] of [
    [plain, {}],
    [loaded, extras],
  ] as const)
    for (const [name, text] of Object.entries({ "exercises/e01-surprisal.ts": answer, ...files })) {
      const file = path.join(folder, "ann", name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  const take = async (place: string) => {
    const copies = temporaryFolder();
    const { submissions } = await collect(place, { roster: rosterOf("ann"), exercises: ["e01"], copies });
    return { submissions, copied: fs.readdirSync(copies, { recursive: true }).map(String).sort() };
  };
  const [a, b] = [await take(plain), await take(loaded)];
  expect(b.copied).toEqual(["ann", path.join("ann", "e01.1.ts")]);
  expect(b.copied).toEqual(a.copied);
  const [one, other] = [a, b].map(({ submissions }) => plan(submissions).jobs[0]!);
  expect(other!.key).toBe(one!.key);
  expect((await gradeJob(other!, 0)).det).toBe((await gradeJob(one!, 0)).det);
});

test("a file's own times and the dates in a clone are no times of submission (A64)", async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, "ann", "e01-surprisal.ts");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "export const submitted = '2020-01-01T00:00:00Z';\n");
  fs.mkdirSync(path.join(folder, "ann", ".git"));
  fs.writeFileSync(path.join(folder, "ann", ".git", "HEAD"), "ref: refs/heads/main\n");
  fs.writeFileSync(
    path.join(folder, "ann", "submission_times.csv"),
    "id,submitted\nann,2020-01-01T00:00:00Z\n",
  );
  const early = new Date("2020-01-01T00:00:00Z");
  fs.utimesSync(file, early, early);
  const options = { roster: rosterOf("ann"), exercises: ["e01"], copies: temporaryFolder() };
  const [untimed] = (await collect(folder, options)).submissions;
  expect(untimed!.submitted).toBeUndefined();
  const times = new Map([["ann", "2026-12-05T00:00:00.000Z"]]);
  const [timed] = (await collect(folder, { ...options, times })).submissions;
  expect(timed!.submitted).toBe("2026-12-05T00:00:00.000Z");
});

test("trying again does not help: attempts are limited, and may get inputs of their own (A61)", async () => {
  const settings = {
    ...settingsFor("e01"),
    attempts: { keep: "best" as const, most: 2 },
  };
  const jobs = plan(
    ["return 1", "return 2", "return -Math.log(p)"].map((body, i) =>
      submission("ann", "e01", `export const surprisal = (p) => { ${body}; };`, i + 1),
    ),
  ).jobs;
  const records = [];
  for (const job of jobs) records.push((await gradeJob(job, 0)).record);
  expect(records[2]!.earned).toBeGreaterThan(0);
  // the third attempt is graded and does not count
  expect(scoreOf(records, settings.exercises[0]!, settings).earned).toBe(0);
  const seeds = seedsFrom(KEY, "attempt");
  expect(new Set([1, 2, 3].map((n) => seeds.seedOf("ann", "e01", n))).size).toBe(3);
});

test("every student has inputs of their own, so a copied table of results is worth nothing (A62)", () => {
  const seeds = seedsFrom(KEY, "student");
  const { specification } = assignmentOf("e12");
  const inputs = (student: string) =>
    JSON.stringify(
      specification.checks.map((c) => probesOf(c, seeds.seedOf(student, "e12", 1)).map((p) => p.args)),
    );
  expect(new Set(["ann", "bob", "cyd"].map(inputs)).size).toBe(3);
  expect(inputs("ann")).toBe(inputs("ann"));
  // without the key nobody can tell them
  expect(seedsFrom("another key of the same length", "student").seedOf("ann", "e12", 1)).not.toBe(
    seeds.seedOf("ann", "e12", 1),
  );
});
