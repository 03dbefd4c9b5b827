/** How a child is started with as little as possible: Node's own permission flags and the shell's limits. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** What can be left out on purpose, to see that the doctor notices. */
export type Limit =
  | "engine"
  | "permission"
  | "memory"
  | "files"
  | "network"
  | "processes"
  | "environment"
  | "time";

export interface NodeLimits {
  readonly program: string;
  readonly args?: readonly string[];
  /** files and folders that the program itself needs */
  readonly read: readonly string[];
  /** MiB of V8's own heap */
  readonly heap: number;
  readonly node?: string;
}

function accepts(flag: string): boolean {
  return spawnSync(process.execPath, [flag, "-e", "0"], { stdio: "ignore" }).status === 0;
}

let optional: readonly string[] | undefined;
/** flags that some versions of Node do not know: tried once */
function optionalFlags(): readonly string[] {
  optional ??= [
    // node:sqlite writes any file, whatever the permissions
    "--no-experimental-sqlite",
    "--disable-sigusr1",
  ].filter(accepts);
  return optional;
}

let permission: string | undefined;
function permissionFlag(): string {
  // 20 and 22 call it experimental, and 22.13 and later know both names
  permission ??= accepts("--permission") ? "--permission" : "--experimental-permission";
  return permission;
}

/** Node with a program, as a list of words. */
export function nodeCommand(limits: NodeLimits, without: readonly Limit[] = []): string[] {
  const locks = without.includes("permission")
    ? []
    : [permissionFlag(), ...limits.read.map((file) => `--allow-fs-read=${file}`)];
  return [
    limits.node ?? process.execPath,
    `--max-old-space-size=${limits.heap}`,
    "--stack-size=900",
    "--no-warnings",
    "--no-addons",
    ...optionalFlags(),
    ...locks,
    limits.program,
    ...(limits.args ?? []),
  ];
}

/** kilobytes of memory for data: V8's own limit does not count typed arrays and WebAssembly */
const MAX_DATA = 1_000_000;

/** two or three children of Node with their dozen threads each, and room */
const MAX_THREADS = 256;

/** The same under a shell's limits, where there is a shell. Each limit that the system does not know is passed over. */
export function underLimits(
  command: readonly string[],
  seconds: number,
  without: readonly Limit[] = [],
  ownUser = false,
): { file: string; args: string[] } {
  const [file, ...args] = command as [string, ...string[]];
  if (process.platform === "win32") return { file, args };
  const limits = [
    // the soft limit sends a signal of its own; only the hard one cannot be told from a kill
    `-S -t ${seconds}`,
    `-H -t ${seconds + 5}`,
    ...(without.includes("files") ? [] : ["-f 0"]),
    "-n 64",
    "-c 0",
    ...(without.includes("memory") ? [] : [`-d ${MAX_DATA}`]),
  ];
  // counted per user, so only where each slot has its own; shells spell it differently
  const threads =
    ownUser && !without.includes("processes")
      ? `ulimit -u ${MAX_THREADS} 2>/dev/null || ulimit -p ${MAX_THREADS} 2>/dev/null; `
      : "";
  const script = `${limits.map((limit) => `ulimit ${limit} 2>/dev/null;`).join(" ")} ${threads}exec "$@"`;
  return { file: "/bin/sh", args: ["-c", script, "sh", file, ...args] };
}

/** May any user read this file? Every folder above it must let them through. */
export function openToAll(file: string): boolean {
  for (let at = fs.realpathSync(file), need = 0o4; ; need = 0o1) {
    if ((fs.statSync(at).mode & need) === 0) return false;
    const above = path.dirname(at);
    if (above === at) return true;
    at = above;
  }
}

/** far above every account, where this process may use such numbers; containers often have 65536 users only */
const [HIGH, LOW] = [0x6000_0000, 10_000];
const SLOTS = 64;
let first: number | undefined;
/** The users of this grader. Another one on the same machine has others, so that neither counts against the other. */
function firstUser(): number {
  if (first !== undefined) return first;
  const ranges = fs.readFileSync("/proc/self/uid_map", "latin1").trim().split("\n");
  const all = ranges.some((line) => Number(line.trim().split(/\s+/)[2]) > 2 ** 31);
  first = all ? HIGH + SLOTS * (process.pid % 2 ** 21) : LOW + SLOTS * (process.pid % 800);
  return first;
}

/** One user per slot: limits that count per user would otherwise let one answer starve another. */
export function userOf(slot: number, needed: readonly string[]): number | undefined {
  const mayChoose = process.getuid?.() === 0 && process.platform === "linux" && slot < SLOTS;
  return mayChoose && needed.every(openToAll) ? firstUser() + slot : undefined;
}
