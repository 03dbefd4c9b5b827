/** What an answer may import, as one text that defines it inside a box: the few files of the module that it needs. */
import fs from "node:fs";
import path from "node:path";
import { root } from "../root";

const folder = path.join(root, "dist", "src");
const textOf = (file: string) => fs.readFileSync(path.join(folder, `${file}.js`), "utf8");
const relative = /require\("\.\/([\w-]+)"\)/g;

let homes: Map<string, string> | undefined;
/** the file that defines each public function; derivations, which need mathjs, are never given */
function homeOf(name: string): string {
  if (homes === undefined) {
    homes = new Map();
    for (const [, file] of textOf("index").matchAll(relative))
      for (const key of Object.keys(require(path.join(folder, `${file}.js`)))) homes.set(key, file!);
  }
  const home = homes.get(name);
  if (home === undefined)
    throw new RangeError(`given: "${name}" must be a function of the module outside its derivations`);
  return home;
}

const texts = new Map<string, string>();
/** `undefined` when nothing is given. */
export function givenText(given: readonly string[]): string | undefined {
  if (given.length === 0) return undefined;
  const key = given.join(" ");
  const known = texts.get(key);
  if (known !== undefined) return known;
  const files = new Set(given.map(homeOf));
  // a set that grows while it is walked: what a file needs is needed too
  for (const file of files) for (const [, other] of textOf(file).matchAll(relative)) files.add(other!);
  const parts = [...files].map(
    (file) => `${JSON.stringify(`./${file}`)}: function (exports, require) {\n${textOf(file)}\n}`,
  );
  const names = given.map((name) => `${name}: load("./${homeOf(name)}").${name}`);
  const text = `(function () {
  const parts = { ${parts.join(",\n")} };
  const loaded = {};
  const load = (name) => {
    if (loaded[name] === undefined) parts[name]((loaded[name] = {}), load);
    return loaded[name];
  };
  return { ${names.join(", ")} };
})()`;
  texts.set(key, text);
  return text;
}
