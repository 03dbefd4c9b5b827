/**
 * The same source in a plain process, where nothing protects against it: shows that an attack is live ammunition and
 * that the watch sees its effect. Only for the sources marked `live`, which do no lasting harm.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { transpile } from "../transpile";
import type { Attack } from "./attack";
import type { Effect, Ground } from "./ground";

const harness = `
process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});
const before = new Map();
for (const o of [Object.prototype, Array.prototype, Number.prototype, Math, JSON, Object, Number]) before.set(o, Reflect.ownKeys(o).map((k) => [k, Object.getOwnPropertyDescriptor(o, k).value]));
const ownKeys = Reflect.ownKeys, is = Object.is, describe = Object.getOwnPropertyDescriptor, write = require("fs").writeSync;
let changed = false;
const answer = {};
try { new Function("exports", "require", require("fs").readFileSync(process.argv[2], "utf8"))(answer, undefined); } catch {}
for (const f of [answer.logSumExp, answer.logSoftmax, answer.diagnose]) try { f([0, 0]); } catch (e) { try { console.log(e.message); } catch {} }
for (const [o, list] of before) { const now = ownKeys(o); if (now.length !== list.length) changed = true; for (let i = 0; i < list.length; i++) if (!is(describe(o, list[i][0])?.value, list[i][1])) changed = true; }
if (changed) write(1, "GLOBALS CHANGED");
let points = false;
try { points = is(answer.logSumExp([0, 0]), 0.6931471805599453); } catch {}
if (points) write(1, "RIGHT VALUE");
`;

/** The effects that the source has where nothing holds it back. */
export async function unprotected(attack: Attack, ground: Ground): Promise<Effect[]> {
  // inside the canary folder, but written before the watch begins
  const file = path.join(ground.folder, "source.js");
  const runner = path.join(ground.folder, "run.js");
  fs.writeFileSync(file, transpile(attack.source(ground)).code);
  fs.writeFileSync(runner, harness);
  ground.begin();
  const child = spawn(process.execPath, [runner, file], {
    cwd: ground.folder,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let said = "";
  child.stdout.on("data", (bytes: Buffer) => {
    said += bytes.toString("utf8");
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1500))]);
  const effects = await ground.end([said], 0);
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {}
  await ground.restore();
  const more: Effect[] = [];
  if (said.includes("GLOBALS CHANGED")) more.push({ kind: "globals", detail: "in its own process" });
  if (said.includes("RIGHT VALUE")) more.push({ kind: "points", detail: "a right value" });
  return [...effects, ...more];
}
