/**
 * Who takes the course: a CSV with a column `id` and, as far as they are wanted, `name`, `email` and the names under
 * which the platforms know a student. Nobody else is graded, and names in grade files come from here alone.
 */
import fs from "node:fs";
import { parseTable } from "../csv";
import { sha256 } from "./canonical";

export interface Student {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Canvas' number in the column "ID" of its grade book */
  readonly canvas: string;
  /** Moodle's number in "Participant 123" */
  readonly moodle: string;
  /** the student number that Gradescope knows (SID) */
  readonly gradescope: string;
  readonly github: string;
}

export interface Roster {
  readonly students: readonly Student[];
  readonly hash: string;
}

const columns = ["id", "name", "email", "canvas", "moodle", "gradescope", "github"] as const;

export function parseRoster(text: string, file = "roster.csv"): Roster {
  const rows = parseTable(text, file);
  if (rows.length === 0) throw new RangeError(`${file} must list at least one student`);
  if (!("id" in rows[0]!))
    throw new RangeError(`${file} must have a column id, it has ${Object.keys(rows[0]!).join(", ")}`);
  const seen = new Map<string, string>();
  const students = rows.map((row, i): Student => {
    const get = (name: (typeof columns)[number]) => (row[name] ?? "").normalize("NFC").trim();
    const id = get("id");
    // an id becomes the name of a file and of a folder
    if (
      !/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,99}$/u.test(id) ||
      /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(id)
    )
      throw new RangeError(
        `${file}: row ${i + 2}: id must be letters, digits and . _ @ -, got ${JSON.stringify(id)}`,
      );
    for (const column of columns.filter((c) => c !== "name")) {
      const value = get(column).toLowerCase();
      if (value === "") continue;
      const other = seen.get(`${column} ${value}`);
      if (other !== undefined)
        throw new RangeError(
          `${file}: ${column} must be different for each student, ${JSON.stringify(value)} is ${other}'s and ${id}'s`,
        );
      seen.set(`${column} ${value}`, id);
    }
    return {
      id,
      name: get("name") || id,
      email: get("email"),
      canvas: get("canvas"),
      moodle: get("moodle"),
      gradescope: get("gradescope"),
      github: get("github"),
    };
  });
  const sorted = students.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { students: sorted, hash: sha256(sorted.map((s) => s.id).join("\n")) };
}

export const readRoster = (file: string): Roster => parseRoster(fs.readFileSync(file, "utf8"), file);
