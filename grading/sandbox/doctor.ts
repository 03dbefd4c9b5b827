/**
 * Tries the boxes of this machine out before anything is graded in them: limits fail silently, so each is tested by what
 * it should stop. Judged by side effects on the host wherever there are any.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { root } from "../root";
import { SandboxBox } from "./box";
import { ownFolder } from "./harness";
import type { Means } from "./launchers";
import type { Limit } from "./limits";
import { defaultBudgets, type OpenOptions } from "./options";
import { chooseMeans, closeWeakPlaces, placeFor } from "./places";
import { probeSource, type Targets } from "./probes";
import { type Tier, TierDenied } from "./tiers";

/** What is tried, and the words for it. */
export const probes: Readonly<Record<string, string>> = {
  network: "connect to a server on this machine",
  read: "read the grader's folder",
  write: "write a file anywhere",
  sqlite: "write a file through node:sqlite",
  "fill /tmp": "fill /tmp",
  processes: "start 90 processes",
  "left behind": "leave a process behind",
  memory: "use 1 GiB beside the engine's heap",
  "open its inspector": "open another process's inspector",
  "its memory": "look into another process",
  environment: "read the grader's environment",
  permission: "do without Node's own permission flags",
  time: "go on after its time is over",
  // last: it is the end of the process that the others look at
  signal: "end another process",
};

export interface Finding {
  readonly probe: string;
  readonly stopped: boolean;
  /** what the probe reached; empty when it was stopped */
  readonly detail: string;
}

export interface Trial {
  readonly tier: Tier;
  readonly means: string;
  readonly findings: readonly Finding[];
}

interface Ground extends Omit<Targets, "patience"> {
  readonly child: ChildProcess;
  readonly secret: string;
  connections(): number;
  inspected(): boolean;
  clear(): void;
}

/** Lays out what a probe may try to reach: a server, a secret file, a process that may be hurt. */
async function prepare(): Promise<Ground> {
  const secret = randomBytes(12).toString("hex");
  const folder = ownFolder("cross-entropy-doctor");
  // open to all: only the box itself may stand between an answer and these files
  fs.chmodSync(folder, 0o777);
  const secretFile = path.join(folder, "secret");
  fs.writeFileSync(secretFile, secret);
  let count = 0;
  const server = net.createServer((socket) => {
    count++;
    socket.on("error", () => {}).destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // it ends with its standard input, that is, with this process at the latest
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log('up')"], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { SECRET: secret },
    cwd: folder,
  });
  let noise = "";
  child.stderr.on("data", (bytes) => {
    noise += bytes;
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const name = `probe-${secret}`;
  return {
    child,
    secret,
    secretFile,
    name,
    port: (server.address() as net.AddressInfo).port,
    folders: [folder, root],
    victim: child.pid!,
    connections: () => count,
    inspected: () => noise.includes("Debugger"),
    clear() {
      server.close();
      child.kill("SIGKILL");
      for (const place of ["/", "/tmp", "/var/tmp", "/dev/shm", root])
        for (const end of ["", ".big", ".sqlite"]) fs.rmSync(path.join(place, name + end), { force: true });
      fs.rmSync(folder, { recursive: true, force: true });
      for (const pid of marked(name)) process.kill(pid, "SIGKILL");
    },
  };
}

/** the processes that a probe has left behind, by the name on their command line */
function marked(name: string): number[] {
  if (process.platform !== "linux") return [];
  return fs
    .readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && fs.readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(name);
      } catch {
        return false;
      }
    });
}

/** gives what was begun the time to arrive */
async function until(happened: () => boolean, milliseconds: number): Promise<void> {
  const begun = performance.now();
  while (!happened() && performance.now() - begun < milliseconds)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

async function runProbe(probe: string, options: OpenOptions, ground: Ground): Promise<Finding> {
  const { child, secret, connections, inspected, clear: _, ...targets } = ground;
  const place = await placeFor(options);
  const box = new SandboxBox({ source: probeSource(), options, budgets: defaultBudgets, ...place });
  try {
    const isBroken = (options.without ?? []).some((limit) => limit !== "permission");
    // a busy machine must not make a stopped loop look like one that ended by itself
    const patience = isBroken ? 2000 : 20_000;
    const deed = probe === "left behind" ? "processes" : probe;
    const budget = deed === "time" ? 200 : 5000;
    const reply = await box.call("probeAnswer", [deed, { ...targets, patience }], budget);
    if (reply.kind === "load" || reply.kind === "blocked") throw new Error(reply.message);
    const isGone = () => child.exitCode !== null || child.signalCode !== null;
    const happened: Record<string, () => boolean> = {
      network: () => connections() > 0,
      "open its inspector": inspected,
      signal: isGone,
    };
    if (happened[probe] !== undefined) await until(happened[probe], isBroken ? 5000 : 200);
    const told = reply.kind === "value" && typeof reply.value === "string" ? reply.value : "";
    const written = [...targets.folders, "/", "/tmp"].filter((f) =>
      fs.existsSync(path.join(f, targets.name)),
    );
    box.close();
    if (probe === "left behind") await until(() => marked(targets.name).length === 0, isBroken ? 1000 : 5000);
    const detail: Record<string, string> = {
      network: connections() > 0 ? "the server was reached" : "",
      write: told || written.join(" "),
      signal: isGone() ? "the process is gone" : "",
      "open its inspector": inspected() ? "the inspector is open" : "",
      // Node's child on some systems has a variable or two of the system's own
      environment: told
        .split(" ")
        .filter((name) => name !== "" && process.env[name] !== undefined && name !== "PWD")
        .join(" "),
      "left behind": marked(targets.name).length > 0 ? `${marked(targets.name).length} processes` : "",
    };
    const reached = (detail[probe] ?? told).replaceAll(secret, "the secret").trim();
    return { probe, stopped: reached === "", detail: reached };
  } finally {
    box.close();
  }
}

export interface ExamineOptions {
  readonly means?: Means;
  readonly without?: readonly Limit[];
  readonly only?: readonly string[];
}

const probesOf = (tier: Tier): string[] =>
  Object.keys(probes).filter((probe) => probe !== "permission" || tier === "hardened");

/**
 * All probes in real boxes of a tier. In the hardened tier they run without Node's own permission flags, so that the
 * walls of the operating system are tried and not the flags in front of them; that the flags are on is a probe more.
 */
export async function examine(tier: "default" | "hardened", options: ExamineOptions = {}): Promise<Trial> {
  const { without = [], means, only = probesOf(tier) } = options;
  const base = { name: "probe.js", given: [], tier, powers: true, ...(means === undefined ? {} : { means }) };
  const findings: Finding[] = [];
  const walls: readonly Limit[] = tier === "hardened" ? [...without, "permission"] : without;
  const ground = await prepare();
  try {
    for (const probe of only)
      findings.push(
        await runProbe(probe, { ...base, without: probe === "permission" ? without : walls }, ground),
      );
  } finally {
    ground.clear();
    closeWeakPlaces();
  }
  const chosen =
    tier === "default" ? (without.includes("engine") ? "node" : "quickjs") : (await chooseMeans(means)).means;
  return { tier, means: chosen, findings };
}

const trials = new Map<Tier, Promise<Trial>>();

/** Refuses with a `TierDenied` that gives the reasons, if this machine cannot give the tier. Tried once per process. */
export async function requireTier(tier: Tier): Promise<void> {
  if (tier === "practice") throw new TierDenied(tier, ["it is for learners and never a grade"]);
  let trial = trials.get(tier);
  if (trial === undefined) {
    trial = examine(tier);
    trials.set(tier, trial);
    trial.catch(() => trials.delete(tier));
  }
  const open = (await trial).findings.filter((f) => !f.stopped);
  if (open.length > 0)
    throw new TierDenied(
      tier,
      open.map(({ probe, detail }) => `an answer can ${probes[probe] ?? probe} (${detail})`),
    );
}
