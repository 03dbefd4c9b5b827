/**
 * Which notebooks are known to be current on this machine: those whose every input is as it was when that was last
 * found. What such a notebook claimed in that run is kept beside it, so that nobody needs to run it again to know.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

type Keys = Record<string, string>;

const cached = (root: string, name: string) =>
  path.join(root, "node_modules", ".cache", "course-notebooks", name);
const cacheFile = (root: string) => cached(root, "current.json");

/** Where the claims of a notebook's latest run are written. */
export const claimsLog = (root: string, stem: string) => cached(root, `${stem}.claims.jsonl`);

function readKeys(root: string): Keys {
  try {
    return JSON.parse(fs.readFileSync(cacheFile(root), "utf8"));
  } catch {
    return {};
  }
}

function hashFiles(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files)
    hash.update(`${file}\0`).update(fs.existsSync(file) ? fs.readFileSync(file) : "absent");
  return hash.digest("hex");
}

function filesUnder(folder: string, ending: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** What every notebook depends on: the compiled module, kernel and builder, the data, the manifest, the solutions. */
export function commonKey(root: string): string {
  const compiled = ["src", "lesson", "kernel", "tools/notebooks", "grading"];
  const folders = compiled
    .map((folder) => path.join(root, "dist", folder))
    .filter((folder) => fs.existsSync(folder));
  return hashFiles([
    ...folders.flatMap((folder) => filesUnder(folder, ".js")),
    ...filesUnder(path.join(root, "data"), ""),
    ...filesUnder(path.join(root, "solutions"), ".ts"),
    ...["course.json", "claims.json", "package-lock.json"].map((file) => path.join(root, file)),
  ]);
}

export function keyOf(root: string, common: string, stem: string): string {
  const files = ["md", "quiz.json", "ipynb"].map((ending) =>
    path.join(root, "notebooks", `${stem}.${ending}`),
  );
  return `${common} ${process.version} ${hashFiles(files)}`;
}

export const isKnownCurrent = (root: string, stem: string, key: string) =>
  readKeys(root)[stem] === key && fs.existsSync(claimsLog(root, stem));

export function rememberCurrent(root: string, stem: string, key: string): void {
  const keys = { ...readKeys(root), [stem]: key };
  fs.mkdirSync(path.dirname(cacheFile(root)), { recursive: true });
  fs.writeFileSync(cacheFile(root), JSON.stringify(keys));
}
