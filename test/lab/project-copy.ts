import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Not a part of what is under test, large, or the learner's own. */
const leftOut = new Set([
  "node_modules",
  ".git",
  ".venv",
  ".jupyter",
  ".course",
  "test",
  "test-results",
  "coverage",
]);

/**
 * A copy of the checkout in a temporary folder, for tests that write: notebooks are saved there, answers are kept
 * there, and `import "cross-entropy"` means the copy. The folder's name has a space, as a learner's may have.
 */
export function copyProject(root: string): string {
  const copy = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "course copy "));
  for (const entry of fs.readdirSync(root))
    if (!leftOut.has(entry)) fs.cpSync(path.join(root, entry), path.join(copy, entry), { recursive: true });
  const packages = path.join(root, "node_modules");
  fs.mkdirSync(path.join(copy, "node_modules"));
  for (const entry of fs.readdirSync(packages)) {
    const [from, to] = [path.join(packages, entry), path.join(copy, "node_modules", entry)];
    // The server hands out no file behind a link.
    if (entry === "plotly.js-dist") fs.cpSync(from, to, { recursive: true });
    // Junctions: Windows lets every user make them.
    else fs.symlinkSync(entry === "cross-entropy" ? copy : from, to, "junction");
  }
  return copy;
}

/** The names, without extension, of the course's notebooks: those with a source beside them. */
export function notebookNames(root: string): string[] {
  const folder = path.join(root, "notebooks");
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -3))
    .filter((name) => fs.existsSync(path.join(folder, `${name}.ipynb`)))
    .sort();
}
