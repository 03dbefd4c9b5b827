import fs from "node:fs";
import path from "node:path";

/** The project's folder, found upwards from here: this file runs compiled (dist/grading) and, under vitest, as source. */
export const root = (() => {
  let folder = __dirname;
  while (!fs.existsSync(path.join(folder, "course.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new RangeError("grading: course.json must stand in a folder above this file");
    folder = parent;
  }
  return folder;
})();
