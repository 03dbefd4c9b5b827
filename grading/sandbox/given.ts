/** What an answer may import, as one text that defines it inside a box: the few files of the module that it needs. */
import fs from "node:fs";
import path from "node:path";
import { root } from "../root";

/** where it is decided whether large batches are computed by WebAssembly */
const ENGINE = "bulk/engine";
const folder = path.join(root, "dist", "src");
const textOf = (file: string) => fs.readFileSync(path.join(folder, `${file}.js`), "utf8");
/** what a file asks for, as `[the words it uses, the file they mean]` */
const needsOf = (file: string): [words: string, file: string][] =>
  [...textOf(file).matchAll(/require\("(\.[\w./-]+)"\)/g)].map(([, words]) => [
    words!,
    path.posix.join(path.posix.dirname(file), words!),
  ]);

let homes: Map<string, string> | undefined;
/** the file that defines each public function; derivations, which need mathjs, are never given */
function homeOf(name: string): string {
  if (homes === undefined) {
    homes = new Map();
    for (const [, file] of needsOf("index"))
      if (!file.startsWith("derivations/"))
        for (const key of Object.keys(require(path.join(folder, `${file}.js`)))) homes.set(key, file);
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
  for (const file of files) for (const [, other] of needsOf(file)) files.add(other);
  const parts = [...files].map((file) => {
    const needs = JSON.stringify(Object.fromEntries(needsOf(file)));
    return `${JSON.stringify(file)}: { needs: ${needs}, run: function (exports, require) {\n${textOf(file)}\n} }`;
  });
  // the same digits on every machine and in both engines
  const portable = files.has(ENGINE) ? `load(${JSON.stringify(ENGINE)}).setEngine("portable");` : "";
  const names = given.map((name) => `${name}: load(${JSON.stringify(homeOf(name))}).${name}`);
  const text = `(function () {
  const parts = { ${parts.join(",\n")} };
  const loaded = {};
  const load = (file) => {
    const { needs, run } = parts[file];
    if (loaded[file] === undefined) run((loaded[file] = {}), (words) => load(needs[words]));
    return loaded[file];
  };
  ${portable}
  return { ${names.join(", ")} };
})()`;
  texts.set(key, text);
  return text;
}
