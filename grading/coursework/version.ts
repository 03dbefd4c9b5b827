/** Hashes of what decides a grade: the specification of each exercise, and the grader itself. */
import fs from "node:fs";
import path from "node:path";
import { root } from "../root";
import { sha256 } from "./canonical";

/** Texts only, with the line ends of one system, so that a checkout on another has the same hash. */
function hashFiles(files: readonly string[]): string {
  const lines = files.map((file) => {
    const text = fs.readFileSync(file, "utf8").replace(/\r\n/g, "\n");
    return `${path.relative(root, file).split(path.sep).join("/")} ${sha256(text)}`;
  });
  return sha256(lines.sort().join("\n"));
}

function sources(folder: string, deep: boolean): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return deep ? sources(file, true) : [];
    return /\.(ts|js|mjs|c)$/.test(entry.name) ? [file] : [];
  });
}

const specifications = new Map<string, string>();

/** Of one exercise: checks, hidden checks, mutants and what they import; not its alternates, which judge nobody. */
export function specificationHash(stem: string): string {
  let hash = specifications.get(stem);
  if (hash === undefined) {
    hash = hashFiles(sources(path.join(root, "grading", "specs", stem), false));
    specifications.set(stem, hash);
  }
  return hash;
}

let grader: string | undefined;

/** Of all that judges: a report or an export may change without a new grade. */
export function graderVersion(): string {
  const at = (...parts: string[]) => path.join(root, ...parts);
  grader ??= hashFiles([
    ...sources(at("src"), true),
    ...sources(at("grading"), false),
    ...sources(at("grading", "runner"), true),
    ...sources(at("grading", "sandbox"), true),
    at("grading", "coursework", "job.ts"),
    at("grading", "coursework", "seeds.ts"),
  ]).slice(0, 16);
  return grader;
}
