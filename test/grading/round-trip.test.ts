import fs from "node:fs";
import path from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { expect, test } from "vitest";
import { reference, solutionSource, stubSource } from "../../grading/answers";
import { parseSettings } from "../../grading/coursework/settings";
import { grade } from "../../grading/grade";
import { exerciseOf } from "../../grading/practice";
import { releaseAutograder } from "../../grading/release/autograder";
import { releaseStudent } from "../../grading/release/student";
import { thawAll } from "../../grading/release/thawed";
import { root } from "../../grading/root";
import { Direct } from "../../grading/runner/direct";
import { main as gradeCommand } from "../../tools/grade/main";
import { KEY, temporaryFolder } from "./class";

const due = "2026-12-01T12:00:00Z";
const json = {
  title: "Round trip",
  exercises: { e06: { points: 10, due }, e22: { points: 20, due } },
  late: { perDay: 0.1, most: 2 },
};
const settings = parseSettings(json, "trip");

test("release → solve → submit → grade → export: the points of the course arrive in the grade book", async () => {
  const folder = temporaryFolder();
  const at = (...parts: string[]) => path.join(folder, ...parts);
  fs.writeFileSync(at("course-trip.json"), JSON.stringify(json));
  fs.writeFileSync(at("key"), KEY);
  fs.writeFileSync(at("roster.csv"), "id,name,canvas\nann,Ann,1\nbob,Bob,2\ncyd,Cyd,3\n");
  fs.writeFileSync(at("times.csv"), "id,submitted\nann,2026-12-01T11:00:00Z\nbob,2026-12-02T11:00:00Z\n");

  const released = await releaseStudent(settings, at("student"));
  const stub = fs.readFileSync(at("student/exercises/e06-one-hot.ts"), "utf8");
  expect(stub).toBe(stubSource(exerciseOf("e06").specification));

  // ann solves both; bob loses a minus, and is a day late; cyd hands in the stub alone
  const right = ["e06", "e22"].map((id) => solutionSource(exerciseOf(id).specification));
  const wrong = right[0]!.replace("0 - Math.log(probability)", "Math.log(probability)");
  for (const [name, texts] of Object.entries({ ann: right, bob: [wrong, right[1]!], cyd: [stub] })) {
    fs.mkdirSync(at("in", name), { recursive: true });
    for (const [i, text] of texts.entries())
      fs.writeFileSync(at("in", name, ["e06-one-hot.ts", "e22-masks.ts"][i]!), text);
  }
  const common = ["--roster", at("roster.csv"), "--course", at("course-trip.json")];
  const batch = ["batch", at("in"), ...common, "--times", at("times.csv"), "--key", at("key")];
  expect(await gradeCommand([...batch, "--out", at("results"), "--shard", "1/1"])).toBe(0);
  const once = fs.readFileSync(at("results/grades.jsonl"), "utf8");
  // again, in two shards
  for (const i of [1, 2])
    expect(await gradeCommand([...batch, "--out", at(`part${i}`), "--shard", `${i}/2`])).toBe(0);
  expect(await gradeCommand(["merge", at("part1"), at("part2"), "--out", at("merged")])).toBe(0);
  expect(fs.readFileSync(at("merged/grades.jsonl"), "utf8")).toBe(once);

  const after = ["--now", "2026-12-08T00:00:00Z", "--out", at("grades")];
  expect(await gradeCommand(["export", at("results"), ...common, ...after])).toBe(0);
  const [, , ann, bob, cyd] = parseCsv(fs.readFileSync(at("grades/canvas.csv"), "utf8")) as string[][];
  expect(ann!.slice(5)).toEqual(["10", "20"]);
  // collapse and what waits for it are lost, a tenth for the day: 10 × (2/5) × 0.9
  expect(bob!.slice(5)).toEqual(["3.6", "18"]);
  expect(cyd!.slice(5)).toEqual(["0", "0"]);
  const page = fs.readFileSync(at("grades/html/bob.html"), "utf8");
  expect(page).toContain("you lost the minus");
  expect(page).toContain("1 day late: 90 % of the points remain");
  expect(await gradeCommand(["report", at("results"), ...common, "--out", at("report.html")])).toBe(0);
  expect(fs.readFileSync(at("report.html"), "utf8")).toContain("lost minus");
  expect(await gradeCommand(["similarity", at("results"), "--out", at("similar")])).toBe(0);
  expect(fs.readdirSync(at("similar/jplag/e06/submissions"))).toEqual(["ann", "bob", "cyd"]);

  // the same submission inside Gradescope
  fs.writeFileSync(
    at("meta.json"),
    JSON.stringify({ created_at: "2026-12-01T03:00:00-08:00", users: [{ email: "ann@example.edu" }] }),
  );
  const scope = [
    "gradescope",
    at("in/ann"),
    "--metadata",
    at("meta.json"),
    "--course",
    at("course-trip.json"),
    "--key",
    at("key"),
  ];
  expect(await gradeCommand([...scope, "--out", at("results.json")])).toBe(0);
  const results = JSON.parse(fs.readFileSync(at("results.json"), "utf8")) as {
    score: number;
    tests: { max_score: number }[];
  };
  expect(results.score).toBe(30);
  expect(results.tests.reduce((sum, t) => sum + t.max_score, 0)).toBeCloseTo(30, 4);
  expect(released.frozen.length).toBe(2);
}, 120_000);

test("a student's copy has no solution, no hidden check and no code of a mutant, and still names the mistake", async () => {
  const folder = temporaryFolder();
  await releaseStudent(settings, folder);
  const names = fs.readdirSync(folder, { recursive: true }).map(String);
  for (const name of names)
    expect(name).not.toMatch(/solutions|hidden\.ts|mutants|coursework|alternates|oracle\.ts/);
  expect(names).not.toContain(path.join("exercises", "e03-cross-entropy.ts"));
  const solution = /return 0 - Math\.log\(probability\)/;
  for (const name of names.filter((n) => /^(?:exercises|grading)/.test(n) && /\.(?:ts|json)$/.test(n)))
    expect(fs.readFileSync(path.join(folder, name), "utf8")).not.toMatch(solution);

  const real = exerciseOf("e06");
  const [thawed] = thawAll(path.join(folder, "grading", "frozen"));
  const answer = reference(real.specification);
  const practice = (code: object) =>
    grade(thawed!.specification, new Direct({ ...answer, ...code }), {
      seed: "practice",
      mutants: thawed!.mutants,
    });
  expect(await practice({})).toMatchObject({ earned: 10, points: 10 });
  for (const mutant of real.mutants) {
    const own = (await practice(mutant.code)).checks.find((c) => c.id === mutant.check);
    expect([own?.outcome === "pass", own?.misconception]).toEqual([false, mutant.name]);
  }
});

test("the autograder's bundle carries the key and the settings, and nothing of this checkout's state", () => {
  const folder = temporaryFolder();
  const [file, key] = [path.join(folder, "course-trip.json"), path.join(folder, "key")];
  fs.writeFileSync(file, JSON.stringify(json));
  fs.writeFileSync(key, KEY);
  const out = path.join(folder, "bundle");
  releaseAutograder(settings, file, out, key);
  expect(fs.readFileSync(path.join(out, "course/course.key"), "utf8").trim()).toBe(KEY);
  expect(fs.readdirSync(path.join(out, "course"))).toContain("course-trip.json");
  for (const name of [".course", "dist", "node_modules", "exercises"])
    expect(fs.existsSync(path.join(out, "course", name))).toBe(false);
  expect(fs.statSync(path.join(out, "run_autograder")).mode & 0o100).toBe(
    process.platform === "win32" ? 0 : 0o100,
  );
  expect(fs.existsSync(path.join(root, "course-trip.json"))).toBe(false);
});
