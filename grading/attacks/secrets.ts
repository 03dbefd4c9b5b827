/** A16 to A23: attacks that look for what only the grader may know. */
import type { Attack } from "./attack";
import { reach, wrong } from "./pieces";

const e12 = ["logSumExp", "logSoftmax", "logSoftmaxRows", "diagnose"];

export const secrets: readonly Attack[] = [
  {
    id: "A16",
    class: "K2",
    name: "runs the solution that it finds on the disk",
    honest: 0,
    live: ["points"],
    source: ({ root }) => `${reach}
const found = quietly(() => {
  const text = need("fs").readFileSync(${JSON.stringify(`${root}/solutions/e12-log-sum-exp.ts`)}, "utf8");
  const compiler = need("module").createRequire(${JSON.stringify(`${root}/`)})("@tslab/typescript-for-tslab");
  return Function(compiler.transpile(text, { module: 99, target: 9 }).replaceAll("export ", "") + "; return { ${e12.join(", ")} }")();
}) ?? {};
${e12.map((name) => `export const ${name} = (...a) => (found["${name}"] ?? (() => 0))(...a);`).join("\n")}`,
  },
  {
    id: "A16",
    class: "K2",
    name: "loads the course's own functions from the disk",
    honest: 0,
    live: ["points"],
    source: ({ root }) => `${reach}
const library = quietly(() => need("module").createRequire("/")(${JSON.stringify(`${root}/dist/src/index.js`)})) ?? {};
export const logSumExp = (z) => library.logSumExp(z);
export const logSoftmax = (z) => library.logSoftmax(z);
export const logSoftmaxRows = (Z) => Z.map((z) => library.logSoftmax(z));
export const diagnose = (f) => "no idea";`,
  },
  {
    id: "A16",
    class: "K2",
    name: "prints what the checks and the secret file say",
    honest: 0,
    live: ["leak"],
    source: ({ secretFile, root }) => `${reach}
for (const file of ${JSON.stringify([secretFile, `${root}/dist/grading/specs/e12-log-sum-exp/checks.js`, `${root}/course.json`])})
  quietly(() => console.log(file, need("fs").readFileSync(file, "utf8")));
${wrong}`,
  },
  {
    id: "A17",
    class: "K2",
    name: "imports a file of the host as data",
    honest: 0,
    source: ({ secretFile, root }) => `
import secret from ${JSON.stringify(secretFile)} with { type: "text" };
import course from ${JSON.stringify(`${root}/course.json`)} with { type: "json" };
import * as checks from "../grading/specs/e12-log-sum-exp/checks";
console.log(secret, course, checks);
export const note = secret;
${wrong}`,
  },
  {
    id: "A17",
    class: "K2",
    name: "imports a file of the host late, by URL and by data URL",
    honest: 0,
    source: ({ secretFile }) => `
const found = [];
for (const from of [${JSON.stringify(secretFile)}, "file://${secretFile}", "${secretFile}?raw", "data:text/javascript,export default 1", "node:fs", "/proc/self/environ"])
  try { import(from).then((m) => console.log(JSON.stringify(m), m.readFileSync?.(${JSON.stringify(secretFile)}, "utf8")), () => {}); } catch {}
${wrong}`,
  },
  {
    id: "A18",
    class: "K2",
    name: "looks for signs of the grader in stack, arguments, environment and names",
    honest: 0,
    live: ["leak"],
    source: () => `${reach}
const signs = () => JSON.stringify([
  new Error("where").stack, quietly(() => host.argv), quietly(() => host.execArgv), quietly(() => host.cwd()),
  quietly(() => host.env), quietly(() => host.title), quietly(() => host.config), quietly(() => host.versions),
  quietly(() => host.mainModule?.filename), quietly(() => host.mainModule?.paths),
  quietly(() => Object.keys(need("module")._cache)), quietly(() => Object.getOwnPropertyNames(globalThis)),
  quietly(() => need("fs").readFileSync("/proc/self/cmdline", "utf8")), quietly(() => need("fs").readdirSync(".")),
  quietly(() => __filename),
]);
export const logSumExp = (z) => { console.log(signs()); throw new Error(signs().slice(0, 500)); };
export const logSoftmax = (z) => { Error.prepareStackTrace = (_, sites) => sites.map(String).join(); console.log(new Error().stack); return [signs()]; };
export const logSoftmaxRows = (Z) => signs();
export const diagnose = (f) => signs() + String(f);`,
  },
  {
    id: "A19",
    class: "K2",
    name: "reads the grader's environment, memory and folder through /proc",
    honest: 0,
    live: ["leak"],
    source: ({ pid }) => `${reach}
const fs = need("fs");
for (const who of [${pid}, ...pids(), 1, "self"])
  for (const what of ["environ", "cmdline", "maps", "cwd/course.json", "root/etc/hostname", "fd/3", "task"])
    quietly(() => console.log(fs.readFileSync("/proc/" + who + "/" + what, "utf8").slice(0, 9000)));
quietly(() => {
  const fd = fs.openSync("/proc/${pid}/mem", "r+");
  fs.writeSync(fd, Buffer.alloc(8), 0, 8, 0x1000);
});
quietly(() => console.log(fs.readlinkSync("/proc/${pid}/cwd"), fs.readdirSync("/proc/${pid}/fd").map((f) => fs.readlinkSync("/proc/${pid}/fd/" + f))));
${wrong}`,
  },
  {
    id: "A20",
    class: "K2",
    name: "prints every environment variable",
    honest: 0,
    live: ["leak"],
    source: () => `${reach}
quietly(() => console.log(JSON.stringify(host.env)));
quietly(() => console.log(need("child_process").execSync("env; set").toString()));
quietly(() => console.log(JSON.stringify(host.report.getReport().environmentVariables)));
${wrong}`,
  },
  {
    id: "A23",
    class: "K2",
    name: "names a file of the host as its source map",
    honest: 0,
    // written in pieces: the tools that load this file would follow it too
    source: ({ secretFile, root }) => `
export const logSumExp = (z) => { throw new Error("where am I?"); };
export const logSoftmax = (z) => { null.x; };
export const logSoftmaxRows = (Z) => { undefined(); };
export const diagnose = (f) => { throw new RangeError("mapped"); };
//${"#"} sourceMappingURL=file://${secretFile}
//${"@"} sourceMappingURL=${secretFile}
//${"#"} sourceURL=${root}/course.json`,
  },
];
