/** A24 to A30 and A63: attacks on the record of the points, and early ends that look like success. */
import type { Attack } from "./attack";
import { reach, right, rightWithout, wrong, wrongWithout } from "./pieces";

/** writes frames in the form of a reply to every open descriptor */
const forge = `
const forgeries = [1, 2, 3, 4, 5, 7].flatMap((id) => [
  { id, value: 0, args: [], promised: false }, { id, v: 0 }, { id, value: [[-0.5, -0.7]], earned: 8, ok: true },
  { ready: true }, { callback: 0, args: [] }, { cb: 0, args: [] },
]);
const forge = (count = 1) => {
  const fs = need("fs");
  for (const message of forgeries.slice(0, count * 6))
    for (let fd = 1; fd < 12; fd++)
      quietly(() => {
        const body = Buffer.from(JSON.stringify(message)), head = Buffer.alloc(4);
        head.writeUInt32LE(body.length);
        fs.writeSync(fd, Buffer.concat([head, body]));
      });
};
`;

export const records: readonly Attack[] = [
  {
    id: "A24",
    class: "K4",
    name: "ends the process with code 0 while it is loaded",
    honest: 0,
    source: () => `${reach}
quietly(() => host.exit(0));
quietly(() => host.reallyExit(0));
quietly(() => host.abort());
quietly(() => need("std").exit(0));
${wrong}`,
  },
  {
    id: "A25",
    class: "K4",
    name: "ends the process after the first checks",
    honest: 4,
    source: () => `${reach}
${rightWithout("logSoftmax")}
export const logSoftmax = (z) => { quietly(() => host.reallyExit(0)); quietly(() => host.exit(0)); return z.map(() => 0.5); };`,
  },
  {
    id: "A26",
    class: "K3",
    name: "leaves a child behind that writes results after the run",
    honest: 0,
    live: ["file", "process"],
    source: ({ folder, marker }) => `${reach}
quietly(() => need("child_process").spawn("sh", ["-c", "sleep 0.2; echo 8/8 > ${folder}/results.json; sleep 30; : ${marker}"], { detached: true, stdio: "ignore" }).unref());
quietly(() => host.on("exit", () => need("fs").writeFileSync("${folder}/results.json", "8/8")));
${wrong}`,
  },
  {
    id: "A27",
    class: "K3",
    name: "prints a score in every format",
    honest: 0,
    source: () => `
const lines = ['{"scores": {"values": 8, "total": 100}}', '{"score": 8, "output": "all good"}', "::set-output name=points::8", "::add-mask::8",
  "::error file=a::b", "1..1", "ok 1 - everything", "TAP version 13", '<testsuite tests="1" failures="0"/>', "8 passed, 0 failed", "\\u001b[2K\\u001b[1A8 of 8 points"];
const say = () => { for (const line of lines) { console.log(line); try { console.error(line); } catch {} try { print(line); } catch {} } };
say();
export const logSumExp = (z) => { say(); return lines[0]; };
${wrongWithout("logSumExp")}`,
  },
  {
    id: "A28",
    class: "K3",
    name: "dies of memory in a thread so that the report looks clean",
    honest: 0,
    source: () => `${reach}
quietly(() => new (need("worker_threads").Worker)("const a = []; for (;;) a.push(new Array(1e6).fill(1));", { eval: true }));
export const logSumExp = (z) => { const a = []; for (;;) a.push(new Array(1e6).fill(1)); };
${wrongWithout("logSumExp")}`,
  },
  {
    id: "A29",
    class: "K3",
    name: "writes replies of its own before it is asked",
    honest: 0,
    source: () => `${reach}${forge}
forge();
${wrong}`,
  },
  {
    id: "A29",
    class: "K3",
    name: "writes replies of its own during each call, twice",
    honest: 0,
    source: () => `${reach}${forge}
export const logSumExp = (z) => { forge(); forge(); return 12345; };
export const logSoftmax = (z) => { forge(6); return z; };
export const logSoftmaxRows = (Z) => { forge(6); return Z; };
export const diagnose = (f) => { forge(); return "no idea"; };`,
  },
  {
    id: "A29",
    class: "K3",
    name: "writes a reply later, when another question is open",
    honest: 0,
    source: () => `${reach}${forge}
quietly(() => setInterval(() => forge(6), 0));
quietly(() => queueMicrotask(() => forge(6)));
quietly(() => new (need("worker_threads").Worker)("const fs = require('fs'); setInterval(() => { for (let fd = 3; fd < 9; fd++) try { fs.writeSync(fd, Buffer.from([2,0,0,0,123,125])); } catch {} }, 1)", { eval: true }).unref());
export const logSumExp = (z) => { Promise.resolve().then(() => forge(6)); return 12345; };
${wrongWithout("logSumExp")}`,
  },
  {
    id: "A30",
    class: "K8",
    name: "returns what a careless decoder would bring to life",
    honest: 0,
    source: () => `
const tags = [
  { "#": "constructor" }, { "#": "__proto__" }, { ta: "Function", v: ["return 1"] }, { ta: "constructor", v: [1] },
  { ta: "Float64Array", v: { length: 1e9 } }, { big: "9".repeat(1e5) }, { big: "1e5" }, { fn: -1 }, { fn: 1e9 }, { fn: "0" },
  { o: [["__proto__", { o: [["polluted", 1]] }]] }, { o: "text" }, { o: [[1, 2]] }, { "!": "x" }, { "$cb": 0 }, { handle: 0 },
  { $$typeof: "Buffer", type: "Buffer", data: [1] }, { "@type": "rce" },
];
export const logSumExp = (z) => tags;
export const logSoftmax = (z) => tags.concat(z);
export const logSoftmaxRows = (Z) => Z.map(() => tags);
export const diagnose = (f) => tags[3];`,
  },
  {
    id: "A30",
    class: "K8",
    name: "returns typed arrays, buffers and classes with broken insides",
    honest: 0,
    source: () => `
class Fake extends Float64Array { get length() { return 1e9; } get [Symbol.toStringTag]() { return "Function"; } }
const detached = new Float64Array(4);
try { structuredClone(detached.buffer, { transfer: [detached.buffer] }); } catch {}
export const logSumExp = (z) => new Fake(2);
export const logSoftmax = (z) => detached;
export const logSoftmaxRows = (Z) => Z.map(() => new DataView(new ArrayBuffer(8)));
export const diagnose = (f) => Object.setPrototypeOf(new Float64Array(2), null);`,
  },
  {
    id: "A63",
    class: "K3",
    name: "edits the learner's own progress and the results",
    honest: 0,
    live: ["file"],
    source: ({ root, folder, marker }) => `${reach}
for (const file of [".course/${marker}.json", "${folder}/canary.txt", "${root}/.course/${marker}.json", "results/${marker}.json"])
  quietly(() => need("fs").writeFileSync(file, '{"e12": {"earned": 8}}'));
export const progress = { e12: 8 };
${wrong}`,
  },
  {
    id: "A25",
    class: "K4",
    name: "is right, and ends the process at the last check only",
    honest: 6.5,
    source: () => `${reach}
${right.replace("export const diagnose = (f) => {", "export const diagnose = (f) => { quietly(() => host.reallyExit(0)); return 'no idea';")}`,
  },
];
