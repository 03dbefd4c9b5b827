import fs from "node:fs";
import path from "node:path";

/** The folder of this project. Sources (kernel/) and compiled files (dist/kernel/) lie at different depths. */
export const root = (() => {
  let folder = __dirname;
  while (!fs.existsSync(path.join(folder, "package.json"))) folder = path.dirname(folder);
  return folder;
})();
