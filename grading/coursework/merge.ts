/**
 * The list of a run's jobs, and the one file that all shards together make: `grades.jsonl`, a record a line, in the
 * order of students, exercises and attempts. It holds nothing that differs from run to run.
 */
import fs from "node:fs";
import path from "node:path";
import { canonical } from "./canonical";
import type { Job } from "./job";
import type { Environment, GradeRecord } from "./record";
import type { Shard } from "./shard";
import { Store, writeDurably } from "./store";

export interface Entry {
  readonly student: string;
  readonly exercise: string;
  readonly attempt: number;
  readonly key: string;
}

/** Written by every shard before it starts. */
export interface Manifest {
  readonly schema: "course-run/1";
  readonly course: string;
  readonly roster: string;
  readonly environment: Environment;
  readonly specifications: Readonly<Record<string, string>>;
  readonly shard: Shard;
  /** all students and exercises of the whole run: each must turn up exactly once or, with more attempts, more often */
  readonly students: readonly string[];
  readonly exercises: readonly string[];
  readonly jobs: readonly Entry[];
}

export class MergeRefused extends RangeError {
  override readonly name = "MergeRefused";
}

const order = (a: Entry, b: Entry) =>
  a.student < b.student
    ? -1
    : a.student > b.student
      ? 1
      : a.exercise < b.exercise
        ? -1
        : a.exercise > b.exercise
          ? 1
          : a.attempt - b.attempt;

export const inOrder = (jobs: readonly Job[]): Job[] =>
  [...jobs].sort((a, b) => order({ ...a.submission, key: a.key }, { ...b.submission, key: b.key }));

const manifestName = ({ index, count }: Shard) => `shard-${index}-of-${count}.json`;

export function writeManifest(folder: string, manifest: Manifest): void {
  fs.mkdirSync(folder, { recursive: true });
  // the shards of an earlier division of the work do not belong to this run
  for (const name of fs.readdirSync(folder)) {
    const other = /^shard-\d+-of-(\d+)\.json$/.exec(name);
    if (other !== null && Number(other[1]) !== manifest.shard.count) fs.rmSync(path.join(folder, name));
  }
  writeDurably(path.join(folder, manifestName(manifest.shard)), `${canonical(manifest)}\n`);
}

export const entriesOf = (jobs: readonly Job[]): Entry[] =>
  jobs.map(({ key, submission: { student, exercise, attempt } }) => ({ student, exercise, attempt, key }));

interface Part {
  readonly manifest: Manifest;
  readonly store: Store;
  readonly from: string;
}

function readParts(folders: readonly string[]): Part[] {
  return folders.flatMap((folder) => {
    const names = fs.existsSync(folder)
      ? fs.readdirSync(folder).filter((n) => /^shard-\d+-of-\d+\.json$/.test(n))
      : [];
    if (names.length === 0) throw new MergeRefused(`${folder} holds no results: it has no shard-i-of-n.json`);
    const store = new Store(folder);
    return names.sort().map((name) => {
      const from = path.join(folder, name);
      return { from, store, manifest: JSON.parse(fs.readFileSync(from, "utf8")) as Manifest };
    });
  });
}

function requireSame(parts: readonly Part[]): void {
  const first = parts[0]!;
  for (const part of parts)
    for (const field of [
      "schema",
      "course",
      "roster",
      "environment",
      "specifications",
      "students",
      "exercises",
    ] as const)
      if (canonical(part.manifest[field]) !== canonical(first.manifest[field]))
        throw new MergeRefused(
          `${part.from} and ${first.from} differ in ${field}: results of different graders or courses are not mixed`,
        );
  const { count } = first.manifest.shard;
  const seen = new Map<number, string>();
  for (const { manifest, from } of parts) {
    const { index } = manifest.shard;
    if (manifest.shard.count !== count)
      throw new MergeRefused(`${from} is a part of ${manifest.shard.count}, ${first.from} of ${count}`);
    if (seen.has(index))
      throw new MergeRefused(`shard ${index} of ${count} is there twice: ${seen.get(index)}, ${from}`);
    seen.set(index, from);
  }
  for (let i = 1; i <= count; i++)
    if (!seen.has(i)) throw new MergeRefused(`shard ${i} of ${count} is missing`);
}

/** Every student with every exercise, each attempt once, none of them unknown. */
function requireComplete({ students, exercises }: Manifest, entries: readonly Entry[]): void {
  const attempts = new Map<string, Set<number>>();
  for (const { student, exercise, attempt } of entries) {
    const name = `${student} ${exercise}`;
    const known = attempts.get(name) ?? new Set();
    if (known.has(attempt)) throw new MergeRefused(`${name}, attempt ${attempt}, is there twice`);
    attempts.set(name, known.add(attempt));
  }
  let expected = 0;
  for (const student of students)
    for (const exercise of exercises) {
      expected++;
      const known = attempts.get(`${student} ${exercise}`);
      if (known === undefined) throw new MergeRefused(`${student} ${exercise} has no result`);
      for (let i = 1; i <= known.size; i++)
        if (!known.has(i)) throw new MergeRefused(`${student} ${exercise}: attempt ${i} is missing`);
    }
  if (attempts.size !== expected)
    throw new MergeRefused("there are results of students who are not on the roster");
}

/** Proves that nothing is missing, doubled or mixed, and writes `out/grades.jsonl`. */
export function merge(folders: readonly string[], out: string): GradeRecord[] {
  const parts = readParts(folders);
  requireSame(parts);
  const all = parts.flatMap(({ manifest, store }) => manifest.jobs.map((job) => ({ job, store })));
  requireComplete(
    parts[0]!.manifest,
    all.map(({ job }) => job),
  );
  all.sort((a, b) => order(a.job, b.job));
  const records = all.map(({ job, store }): GradeRecord => {
    const stored = store.get(job.key);
    if (stored === undefined)
      throw new MergeRefused(`${job.student} ${job.exercise} is not graded yet: run the batch again`);
    return stored.record;
  });
  fs.mkdirSync(out, { recursive: true });
  writeDurably(path.join(out, "grades.jsonl"), records.map((r) => `${canonical(r)}\n`).join(""));
  return records;
}

export function readGrades(folder: string): GradeRecord[] {
  const file = path.join(folder, "grades.jsonl");
  if (!fs.existsSync(file))
    throw new MergeRefused(`${folder} has no grades.jsonl: npm run grade -- batch or merge writes it`);
  const lines = fs.readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as GradeRecord);
}
