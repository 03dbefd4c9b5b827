import path from "node:path";

/** The course's folder: two levels above the compiled file, one above the source. */
export const projectRoot = path.resolve(
  __dirname,
  path.basename(path.dirname(__dirname)) === "dist" ? "../.." : "..",
);
