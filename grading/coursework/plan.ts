/** All jobs of a run, and what its results must have in common. */
import fs from "node:fs";
import { findExercise, stem } from "../course";
import { parseTable } from "../csv";
import type { Tier } from "../sandbox";
import { canonical, sha256 } from "./canonical";
import { environmentOf, type Job, jobOf } from "./job";
import type { Manifest } from "./merge";
import type { Submission } from "./record";
import type { Roster } from "./roster";
import type { Seeds } from "./seeds";
import type { CourseSettings } from "./settings";
import { specificationHash } from "./version";

export interface Plan {
  readonly jobs: readonly Job[];
  readonly manifest: Omit<Manifest, "shard" | "jobs">;
}

interface PlanOptions {
  readonly settings: CourseSettings;
  readonly roster: Roster;
  readonly seeds: Seeds;
  readonly tier: Tier;
}

export function planOf(
  submissions: readonly Submission[],
  { settings, roster, seeds, tier }: PlanOptions,
): Plan {
  const environment = environmentOf(tier, seeds);
  const exercises = settings.exercises.map((e) => e.id);
  return {
    jobs: submissions.map((submission) => jobOf(submission, environment, seeds)),
    manifest: {
      schema: "course-run/1",
      course: sha256(canonical(settings)),
      roster: roster.hash,
      environment,
      specifications: Object.fromEntries(
        exercises.map((id) => [id, specificationHash(stem(findExercise(id)))]),
      ),
      students: roster.students.map((s) => s.id),
      exercises,
    },
  };
}

/** The collector's times: a CSV with `id`, `submitted` (ISO 8601 with its zone) and, if wanted, `attempt`. */
export function readTimes(file: string, roster: Roster): Map<string, string> {
  const times = new Map<string, string>();
  for (const [i, row] of parseTable(fs.readFileSync(file, "utf8"), file).entries()) {
    const { id = "", submitted = "", attempt = "" } = row;
    const student = roster.students.find((s) => s.id === id.trim());
    if (student === undefined)
      throw new RangeError(`${file}: row ${i + 2}: ${JSON.stringify(id)} is not on the roster`);
    const text = submitted.trim();
    if (!/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || Number.isNaN(Date.parse(text)))
      throw new RangeError(
        `${file}: row ${i + 2}: submitted must be a time with its zone, got ${JSON.stringify(submitted)}`,
      );
    times.set(
      attempt.trim() === "" ? student.id : `${student.id} ${attempt.trim()}`,
      new Date(text).toISOString(),
    );
  }
  return times;
}
