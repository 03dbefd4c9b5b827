/**
 * Every student gets inputs of their own: the seed is HMAC(course key, student, exercise). Whoever does not have the
 * key can neither guess the hidden inputs nor pass on their own.
 */
import { createHmac, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root } from "../root";
import { sha256 } from "./canonical";

/**
 * `student`: one seed each. `attempt`: a new one at each attempt. A number: so many variants, one of which falls to each
 * student; computing the expected values once per variant makes large classes faster.
 */
export type SeedPolicy = "student" | "attempt" | number;

export interface Seeds {
  /** recorded with every result, so that results of different keys are never mixed; it does not give the key away */
  readonly description: string;
  seedOf(student: string, exercise: string, attempt: number): string;
}

export function seedsFrom(key: string, policy: SeedPolicy): Seeds {
  if (key.length < 16) throw new RangeError("seedsFrom: key must have at least 16 characters");
  const hmac = (...parts: readonly string[]) =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("hex");
  return {
    description: `${policy} ${sha256(`fingerprint of ${key}`).slice(0, 12)}`,
    seedOf: (student, exercise, attempt) => {
      const own = hmac("student", student, exercise);
      if (policy === "student") return own;
      if (policy === "attempt") return hmac("attempt", student, exercise, String(attempt));
      return hmac("variant", exercise, String(Number.parseInt(own.slice(0, 8), 16) % policy));
    },
  };
}

/** The key: `COURSE_KEY`, else the file given, else `.course/key`, which is made when there is none. */
export function courseKey(file?: string): string {
  const given = process.env.COURSE_KEY;
  if (file === undefined && given !== undefined && given !== "") return given.trim();
  const place = file ?? path.join(root, ".course", "key");
  if (!fs.existsSync(place)) {
    if (file !== undefined) throw new RangeError(`courseKey: ${file} must be a file with the course's key`);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
  }
  return fs.readFileSync(place, "utf8").trim();
}
