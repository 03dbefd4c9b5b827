/** The two ways of the hardened tier to start a program behind walls of the operating system, as commands. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "../root";
import { harness } from "./harness";
import { type Limit, nodeCommand, openToAll, underLimits, userOf } from "./limits";
import type { Command } from "./peer";
import { seccompFilter } from "./seccomp";

export type Means = "bubblewrap" | "landlock";

export interface LaunchOptions {
  readonly slot: number;
  /** a user of its own for each slot: only root can give one */
  readonly ownUser: boolean;
  /** limits left out on purpose */
  readonly without?: readonly Limit[];
}

/** seconds of processor time for one child; the budgets of calls end it long before */
const SECONDS = 900;
/** MiB of V8's heap */
const HEAP = 512;
/** the child sees the filter of system calls as this file descriptor */
const FILTER_FD = 5;

/** what Node itself needs beside its own file: the system's libraries, and where Debian keeps parts of Node */
const libraries = ["/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/share/nodejs"].filter((folder) =>
  fs.existsSync(folder),
);
const roots = ["/lib", "/lib64", "/lib32"].filter((folder) => fs.existsSync(folder));

/** the filter of system calls, as a file */
function filterFile(without: readonly Limit[]): string {
  const file = path.join(harness(), `filter${without.map((limit) => `-${limit}`).join("")}.bpf`);
  if (fs.existsSync(file)) return file;
  const bytes = seccompFilter(process.arch, without);
  if (bytes === undefined) throw new Error(`there is no filter of system calls for ${process.arch}`);
  fs.writeFileSync(file, bytes, { mode: 0o444 });
  return file;
}

function finish(words: readonly string[], slot: LaunchOptions, needed: readonly string[]): Command {
  const user = slot.ownUser ? userOf(slot.slot, needed) : undefined;
  return {
    ...underLimits(words, SECONDS, slot.without ?? [], user !== undefined),
    ...(user === undefined ? {} : { user }),
    ...(slot.without?.includes("environment") ? { env: process.env } : {}),
    files: [filterFile(slot.without ?? [])],
  };
}

function bubblewrap(options: LaunchOptions): Command {
  const { without = [] } = options;
  const file = ["/usr/bin/bwrap", "/usr/local/bin/bwrap"].find((f) => fs.existsSync(f));
  if (file === undefined)
    throw new Error("bubblewrap is not installed (Debian, Ubuntu: apt install bubblewrap)");
  const folder = harness();
  const seen = without.includes("files")
    ? ["--bind", "/", "/"]
    : [
        ...libraries.flatMap((l) => ["--ro-bind", l, l]),
        ...roots.flatMap((r) =>
          fs.lstatSync(r).isSymbolicLink() ? ["--symlink", fs.readlinkSync(r), r] : ["--ro-bind", r, r],
        ),
        "--ro-bind",
        fs.realpathSync(process.execPath),
        "/node",
        "--ro-bind",
        folder,
        "/box",
        "--remount-ro",
        "/",
      ];
  const node = without.includes("files") ? process.execPath : "/node";
  const box = without.includes("files") ? folder : "/box";
  const words = [
    file,
    "--unshare-user",
    "--unshare-ipc",
    ...(without.includes("processes") ? [] : ["--unshare-pid"]),
    ...(without.includes("network") ? [] : ["--unshare-net"]),
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--disable-userns",
    "--die-with-parent",
    "--new-session",
    "--cap-drop",
    "ALL",
    ...(without.includes("environment") ? [] : ["--clearenv"]),
    "--uid",
    "65534",
    "--gid",
    "65534",
    ...seen,
    "--chdir",
    "/",
    "--seccomp",
    `${FILTER_FD}`,
    ...nodeCommand({ node, program: `${box}/v8.js`, read: [`${box}/*`], heap: HEAP }, without),
  ];
  return { ...finish(words, options, [folder, process.execPath]), signalsAsCodes: true };
}

let compiled: string | undefined;
/** The small launcher is compiled when it is first needed; a machine without a C compiler has bubblewrap, or neither. */
function lockProgram(): string {
  if (compiled !== undefined) return compiled;
  const source = path.join(root, "grading", "sandbox", "lock.c");
  const file = path.join(harness(), "lock");
  const run = spawnSync("cc", ["-O1", "-o", file, source], { encoding: "utf8" });
  if (run.error !== undefined)
    throw new Error(
      "there is no C compiler for the Landlock launcher (Debian, Ubuntu: apt install gcc libc6-dev)",
    );
  if (run.status !== 0)
    throw new Error(`the Landlock launcher does not compile: ${run.stderr.slice(0, 300)}`);
  fs.chmodSync(file, 0o555);
  compiled = file;
  return file;
}

function landlock(options: LaunchOptions): Command {
  const { without = [] } = options;
  const folder = harness();
  const node = nodeCommand(
    { program: path.join(folder, "v8.js"), read: [`${folder}/*`], heap: HEAP },
    without,
  );
  // one lock for all three: a doctor's test takes it away as a whole
  const isOpen = (["files", "network", "processes"] as const).some((limit) => without.includes(limit));
  const lock = [
    lockProgram(),
    `${FILTER_FD}`,
    ...[...libraries, ...roots].flatMap((l) => ["-x", l]),
    ...["/etc/ld.so.cache", "/etc/ssl/openssl.cnf", "/dev/null", "/dev/urandom", folder].flatMap((f) => [
      "-r",
      f,
    ]),
    "--",
  ];
  const words = isOpen ? node : [...lock, ...node];
  return finish(words, options, [folder, process.execPath]);
}

const makers: Readonly<Record<Means, (options: LaunchOptions) => Command>> = { bubblewrap, landlock };

/** The command that starts the hardened tier's child. Throws with the reason if this machine lacks something. */
export function hardenedCommand(means: Means, options: LaunchOptions): Command {
  if (process.platform !== "linux") throw new Error("the hardened tier needs Linux");
  return makers[means](options);
}

export const mayOwnUser = (): boolean =>
  process.getuid?.() === 0 && [harness(), process.execPath].every(openToAll);
