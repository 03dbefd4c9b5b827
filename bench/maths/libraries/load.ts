import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { peersFolder } from "../install";

const from = createRequire(path.join(peersFolder, "package.json"));

/** Loads a package of bench/maths/package.json; the course itself does not have it. */
export const load = <T>(name: string): T => from(name) as T;

export function versionOf(name: string): string {
  const file = path.join(peersFolder, "node_modules", name, "package.json");
  return JSON.parse(fs.readFileSync(file, "utf8")).version;
}
