import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { solutionSource, stubSource } from "../../grading/answers";
import { runBatch } from "../../grading/coursework/batch";
import { gradeJob } from "../../grading/coursework/job";
import { merge } from "../../grading/coursework/merge";
import { parseShard, shardFromEnvironment } from "../../grading/coursework/shard";
import { Store } from "../../grading/coursework/store";
import { exerciseOf } from "../../grading/practice";
import { InfrastructureError } from "../../grading/sandbox";
import { KEY, plan, pretend, shardOf, submission, temporaryFolder } from "./class";

const classOf = (students: number) =>
  Array.from({ length: students }, (_, i) => `s${i + 10}`).flatMap((student, i) => [
    submission(student, "e06", i % 5 === 0 ? undefined : "x".repeat(i)),
    submission(student, "e03", "y".repeat(i)),
  ]);
const grades = (folder: string) => fs.readFileSync(path.join(folder, "grades.jsonl"), "utf8");

async function graded(shards: readonly [number, number][], slots = 3): Promise<string> {
  const made = plan(classOf(20));
  const folders: string[] = [];
  for (const [index, count] of shards) {
    const folder = temporaryFolder();
    folders.push(folder);
    await runBatch(shardOf(folder, made, { index, count }), new Store(folder), { slots, gradeJob: pretend });
  }
  const out = temporaryFolder();
  merge(folders, out);
  return grades(out);
}

test("shards merged equal one run byte for byte, whatever their number and the number of slots", async () => {
  const one = await graded([[1, 1]]);
  expect(one.split("\n").length).toBe(41);
  expect(
    await graded(
      [
        [2, 2],
        [1, 2],
      ],
      1,
    ),
  ).toBe(one);
  expect(
    await graded(
      Array.from({ length: 7 }, (_, i) => [i + 1, 7] as [number, number]),
      8,
    ),
  ).toBe(one);
  expect(await graded(Array.from({ length: 32 }, (_, i) => [i + 1, 32] as [number, number]))).toBe(one);
});

test("merge refuses what is missing, doubled, unfinished or mixed", async () => {
  const made = plan(classOf(4));
  const [a, b] = [temporaryFolder(), temporaryFolder()];
  await runBatch(shardOf(a, made, { index: 1, count: 2 }), new Store(a), { slots: 2, gradeJob: pretend });
  const jobs = shardOf(b, made, { index: 2, count: 2 });
  const out = temporaryFolder();
  expect(() => merge([a], out)).toThrow("shard 2 of 2 is missing");
  expect(() => merge([a, a], out)).toThrow("shard 1 of 2 is there twice");
  expect(() => merge([a, b], out)).toThrow("is not graded yet");
  await runBatch(jobs, new Store(b), { slots: 2, gradeJob: pretend });
  expect(merge([a, b], out).length).toBe(8);

  const otherKey = plan(classOf(4), `${KEY}, another`);
  await runBatch(shardOf(b, otherKey, { index: 2, count: 2 }), new Store(b), { slots: 2, gradeJob: pretend });
  expect(() => merge([a, b], out)).toThrow("differ in environment");
  const smaller = plan(classOf(3));
  shardOf(b, smaller, { index: 2, count: 2 });
  expect(() => merge([a, b], out)).toThrow("differ in roster");
  const third = temporaryFolder();
  const [first, ...rest] = plan(classOf(4)).jobs;
  shardOf(third, { ...made, jobs: [...rest, rest[0]!] });
  expect(() => merge([third], out)).toThrow(/is there twice/);
  shardOf(third, { ...made, jobs: rest });
  expect(() => merge([third], out)).toThrow(`${first!.submission.student} e06 has no result`);
});

test("a run that was stopped goes on, and does nothing twice", async () => {
  const folder = temporaryFolder();
  const jobs = shardOf(folder, plan(classOf(10)));
  const store = new Store(folder);
  const seen: string[] = [];
  const counting = async (job: (typeof jobs)[number]) => {
    seen.push(job.key);
    return pretend(job);
  };
  const first = await runBatch(jobs, store, {
    slots: 2,
    gradeJob: counting,
    stopped: () => seen.length >= 7,
  });
  expect(first.done).toBeLessThan(jobs.length);
  const [damaged] = seen;
  const file = path.join(folder, "records", damaged!.slice(0, 2), `${damaged}.json`);
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('"earned":', '"earned":1'));
  const second = await runBatch(jobs, store, { slots: 2, gradeJob: counting });
  expect(second).toMatchObject({ done: jobs.length, reused: first.done - 1, infra: 0 });
  expect(seen.length).toBe(jobs.length + 1);
  expect(
    fs.readdirSync(path.join(folder, "records", damaged!.slice(0, 2))).some((n) => n.endsWith(".tmp")),
  ).toBe(false);
});

test("a failure of the machine is tried again, then listed, and never a zero", async () => {
  const folder = temporaryFolder();
  const jobs = shardOf(folder, plan([submission("ann", "e06", "x"), submission("bob", "e06", "y")]));
  const store = new Store(folder);
  let fails = 1;
  const flaky = async (job: (typeof jobs)[number]) => {
    if (job.submission.student === "bob" && fails-- > 0) throw new InfrastructureError("no memory");
    return pretend(job);
  };
  expect(await runBatch(jobs, store, { slots: 1, gradeJob: flaky })).toMatchObject({ done: 2, infra: 0 });
  expect(store.get(jobs[1]!.key)?.run.tries).toBe(2);

  const other = temporaryFolder();
  const again = shardOf(other, plan([submission("ann", "e06", "x"), submission("bob", "e06", "y")]));
  fails = 3;
  expect(await runBatch(again, new Store(other), { slots: 1, gradeJob: flaky })).toMatchObject({ infra: 1 });
  const bob = merge([other], other).find((r) => r.student === "bob");
  expect(bob).toMatchObject({ status: "infra", reason: "no memory", checks: [] });
  // the next run takes it up again, and only this one
  expect(await runBatch(again, new Store(other), { slots: 1, gradeJob: flaky })).toMatchObject({
    infra: 0,
    reused: 1,
  });
});

test("an answer that finds a fault of the grader stops nobody else's", async () => {
  const folder = temporaryFolder();
  const jobs = shardOf(folder, plan([submission("ann", "e06", "x"), submission("bob", "e06", "y")]));
  const broken = async (job: (typeof jobs)[number]) => {
    if (job.submission.student === "ann") throw new TypeError("x is not iterable");
    return pretend(job);
  };
  const result = await runBatch(jobs, new Store(folder), { slots: 1, gradeJob: broken });
  expect(result).toMatchObject({ done: 2, infra: 1 });
  expect(merge([folder], folder)[0]!.reason).toBe("the grader failed: TypeError: x is not iterable");
});

test("an answer is graded in a box with inputs of the student's own", async () => {
  const { specification } = exerciseOf("e06");
  const right = solutionSource(specification);
  const wrong = right.replace("0 - Math.log(probability)", "Math.log(probability)");
  const jobs = plan([
    submission("ann", "e06", right),
    submission("bob", "e06", wrong),
    submission("cyd", "e06", stubSource(specification)),
    submission("dee", "e06", "export const x = ;"),
    submission("eve", "e06", undefined),
    submission("fay", "e06", 'export * from "cross-entropy";'),
  ]).jobs;
  const results = await Promise.all(jobs.map((job, slot) => gradeJob(job, slot)));
  const [ann, bob, cyd, dee, eve, fay] = results.map((r) => r.record);
  expect(ann).toMatchObject({ status: "graded", earned: 5, points: 5 });
  expect(bob!.earned).toBeLessThan(5);
  expect(bob!.checks.find((c) => c.id === "collapse")).toMatchObject({
    earned: 0,
    misconception: "lost minus",
  });
  expect(cyd).toMatchObject({ status: "graded", earned: 0 });
  expect(dee).toMatchObject({ status: "student_error", earned: 0 });
  expect(dee!.reason).toMatch(/does not load/);
  expect(eve).toMatchObject({ status: "student_error", reason: "nothing was submitted" });
  expect(fay).toMatchObject({ earned: 0, flags: [{ code: "blocked" }] });
  const again = await gradeJob(jobs[1]!, 0);
  expect(again.det).toBe(results[1]!.det);
  expect(new Set(jobs.map((j) => j.seed)).size).toBe(6);
});

test("the shard comes from --shard, Slurm, Kubernetes or the variables of a matrix", () => {
  expect(parseShard("2/7")).toEqual({ index: 2, count: 7 });
  for (const text of ["0/7", "8/7", "1/0", "a/b", "1", "-1/2"])
    expect(() => parseShard(text)).toThrow(RangeError);
  expect(shardFromEnvironment({})).toBeUndefined();
  const slurm = {
    SLURM_ARRAY_TASK_ID: "5",
    SLURM_ARRAY_TASK_COUNT: "3",
    SLURM_ARRAY_TASK_MIN: "1",
    SLURM_ARRAY_TASK_STEP: "2",
  };
  expect(shardFromEnvironment(slurm)).toEqual({ index: 3, count: 3 });
  expect(shardFromEnvironment({ JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "4" })).toEqual({
    index: 1,
    count: 4,
  });
  expect(() => shardFromEnvironment({ JOB_COMPLETION_INDEX: "0" })).toThrow("JOB_COMPLETIONS must be set");
  expect(shardFromEnvironment({ MATRIX_JOB_INDEX: "3", MATRIX_JOB_TOTAL: "4" })).toEqual({
    index: 4,
    count: 4,
  });
});
