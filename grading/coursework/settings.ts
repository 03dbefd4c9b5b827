/** course-NAME.json: what one course chose from the exercises, with its points, dates and rules. */
import fs from "node:fs";
import path from "node:path";
import { findExercise, readCourse } from "../course";
import { root } from "../root";
import type { SeedPolicy } from "./seeds";

export interface Assigned {
  readonly id: string;
  /** what the exercise counts in this course; the checks keep their proportions */
  readonly points: number;
  readonly opens?: string;
  readonly due?: string;
}

export interface LateRule {
  /** minutes after the due date that cost nothing */
  readonly grace: number;
  /** the share of the points lost for each day begun */
  readonly perDay: number;
  /** days after which nothing is accepted */
  readonly most: number;
}

export interface AttemptRule {
  readonly keep: "best" | "last";
  /** later attempts are graded but do not count; undefined: any number */
  readonly most?: number;
}

export interface CourseSettings {
  readonly name: string;
  readonly title: string;
  readonly exercises: readonly Assigned[];
  readonly late: LateRule;
  readonly attempts: AttemptRule;
  readonly seeds: SeedPolicy;
}

class SettingsError extends RangeError {
  override readonly name = "SettingsError";
}

const isRecord = (v: unknown): v is Record<string, unknown> =>
  v !== null && typeof v === "object" && !Array.isArray(v);

function refuse(where: string, must: string, got: unknown): never {
  throw new SettingsError(`${where} must ${must}, got ${JSON.stringify(got)}`);
}

function knownFields(value: unknown, where: string, known: readonly string[]): Record<string, unknown> {
  if (!isRecord(value)) refuse(where, "be a record", value);
  for (const key of Object.keys(value))
    if (!known.includes(key)) refuse(where, `have only the fields ${known.join(", ")}`, key);
  return value;
}

function number(value: unknown, where: string, low: number, high: number): number {
  if (typeof value !== "number" || !(value >= low && value <= high))
    refuse(where, `be a number from ${low} to ${high}`, value);
  return value;
}

/** a date without its zone would mean another time on another machine */
function date(value: unknown, where: string): string {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(value))
    refuse(where, "be a date with its zone, such as 2026-12-01T23:59:00+01:00", value);
  if (Number.isNaN(Date.parse(value))) refuse(where, "be a date that exists", value);
  return value;
}

/** Every exercise with its own points, no dates, the last attempt counts. */
export function defaultSettings(name = "all"): CourseSettings {
  return {
    name,
    title: readCourse().title,
    exercises: readCourse().exercises.map(({ id, points }) => ({ id, points })),
    late: { grace: 0, perDay: 0, most: 0 },
    attempts: { keep: "last" },
    seeds: "student",
  };
}

export function parseSettings(json: unknown, name: string): CourseSettings {
  const all = knownFields(json, `course-${name}.json`, ["title", "exercises", "late", "attempts", "seeds"]);
  const usual = defaultSettings(name);
  if (!isRecord(all.exercises) || Object.keys(all.exercises).length === 0)
    refuse("exercises", 'name exercises, such as { "e03": { "points": 6 } }', all.exercises);
  const exercises = Object.entries(all.exercises).map(([id, given]): Assigned => {
    const entry = findExercise(id);
    const fields = knownFields(given, `exercises.${id}`, ["points", "opens", "due"]);
    return {
      id: entry.id,
      points: fields.points === undefined ? entry.points : number(fields.points, `${id}.points`, 0, 1000),
      ...(fields.opens === undefined ? {} : { opens: date(fields.opens, `${id}.opens`) }),
      ...(fields.due === undefined ? {} : { due: date(fields.due, `${id}.due`) }),
    };
  });
  const late = knownFields(all.late ?? {}, "late", ["grace", "perDay", "most"]);
  const attempts = knownFields(all.attempts ?? {}, "attempts", ["keep", "most"]);
  const keep = attempts.keep ?? "last";
  if (keep !== "best" && keep !== "last") refuse("attempts.keep", 'be "best" or "last"', keep);
  const seeds = all.seeds ?? "student";
  if (seeds !== "student" && seeds !== "attempt") number(seeds, "seeds", 1, 10_000);
  return {
    name,
    title: typeof all.title === "string" ? all.title : usual.title,
    exercises,
    late: {
      grace: number(late.grace ?? 0, "late.grace", 0, 10_080),
      perDay: number(late.perDay ?? 0, "late.perDay", 0, 1),
      most: number(late.most ?? 0, "late.most", 0, 365),
    },
    attempts: {
      keep,
      ...(attempts.most === undefined ? {} : { most: number(attempts.most, "attempts.most", 1, 1000) }),
    },
    seeds: seeds as SeedPolicy,
  };
}

export const settingsFile = (name: string): string =>
  name.endsWith(".json") ? name : path.join(root, `course-${name}.json`);

/** Reads course-NAME.json from the project's folder, or another file if the name is a path. */
export function readSettings(name: string | undefined): CourseSettings {
  if (name === undefined) return defaultSettings();
  const file = settingsFile(name);
  if (!fs.existsSync(file)) refuse("--course", `name a file, here ${file}`, name);
  const short = path.basename(file, ".json").replace(/^course-/, "");
  return parseSettings(JSON.parse(fs.readFileSync(file, "utf8")), short);
}
