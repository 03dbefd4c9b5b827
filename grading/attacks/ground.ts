/**
 * The ground on which attacks are tried: things on the host that an attack would want to touch (a secret file, a
 * canary folder, a listening port, a secret in the environment), and a watch that says afterwards what was touched.
 */
import crypto from "node:crypto";
import dgram from "node:dgram";
import fs from "node:fs";
import inspector from "node:inspector";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { root } from "../root";
import type { EffectKind } from "./attack";
import { fileTree, globalsOf, killMarked, processesMarked, treeMemory } from "./traces";

export interface Effect {
  readonly kind: EffectKind;
  readonly detail: string;
}

/** bytes: more in one process than any tier allows an answer */
const MEMORY_LIMIT = 1.6 * 2 ** 30;
/** bytes that the grader's own process may grow by while it looks at one hostile answer */
const HOST_GROWTH = 400 * 2 ** 20;
// not those that end a program: whoever stops a run must be able to
const signals: readonly NodeJS.Signals[] = ["SIGHUP", "SIGUSR2"];

export class Ground {
  readonly root = root;
  readonly pid = process.pid;
  /** in the names of files and in the command lines of processes that attacks make */
  readonly marker: string;
  readonly folder: string;
  readonly secretFile: string;
  readonly secret: string;
  /** an open TCP port of the host, to which nobody may speak */
  port = 0;
  udpPort = 0;
  /** a port that nobody listens to */
  freePort = 0;

  private readonly seen: Effect[] = [];
  private readonly tcp = net.createServer((socket) => {
    this.seen.push({ kind: "connection", detail: "TCP" });
    socket.destroy();
  });
  private readonly udp = dgram.createSocket("udp4");
  private readonly onSignal = (name: string) => void this.seen.push({ kind: "signal", detail: name });
  private readonly write = process.stdout.write;
  private printed = "";
  private peak = 0;
  private sampler: NodeJS.Timeout | undefined;
  private before: Snapshot | undefined;

  private constructor() {
    this.marker = `attack${crypto.randomBytes(6).toString("hex")}`;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "ground-"));
    this.secret = `secret-${crypto.randomBytes(12).toString("hex")}`;
    this.secretFile = path.join(this.folder, "secret.txt");
    fs.writeFileSync(this.secretFile, this.secret);
    fs.writeFileSync(path.join(this.folder, "canary.txt"), "untouched");
    // what only root keeps others from reading would prove nothing: let everybody read
    fs.chmodSync(this.folder, 0o777);
    fs.chmodSync(this.secretFile, 0o666);
    process.env[SECRET_VARIABLE] = this.secret;
  }

  static async lay(): Promise<Ground> {
    const ground = new Ground();
    ground.port = await listen(ground.tcp);
    const probe = net.createServer();
    ground.freePort = await listen(probe);
    await new Promise((resolve) => probe.close(resolve));
    await new Promise<void>((resolve) => ground.udp.bind(0, "127.0.0.1", resolve));
    ground.udp.on("message", () => ground.seen.push({ kind: "connection", detail: "UDP" }));
    ground.udpPort = ground.udp.address().port;
    for (const signal of signals) process.on(signal, ground.onSignal);
    ground.tcp.unref();
    ground.udp.unref();
    return ground;
  }

  /** From here on everything that changes counts, and nothing is printed. */
  begin(): void {
    this.seen.length = 0;
    this.printed = "";
    this.peak = 0;
    process.stdout.write = ((chunk: string | Uint8Array) => {
      this.printed += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      return true;
    }) as typeof process.stdout.write;
    this.sampler = setInterval(() => {
      this.peak = Math.max(this.peak, treeMemory());
    }, 50);
    this.before = snapshot(this.folder, this.marker);
  }

  /** What is different on the host. `texts` is all that the attack said; what was killed has `patience` ms to be gone. */
  async end(texts: readonly string[], patience = 2000): Promise<Effect[]> {
    clearInterval(this.sampler);
    process.stdout.write = this.write;
    const before = this.before!;
    const now = snapshot(this.folder, this.marker);
    const effects = [...this.seen];
    const add = (kind: EffectKind, detail: string) => effects.push({ kind, detail });
    for (const file of changed(before.files, now.files)) add("file", file);
    for (const file of now.marked) add("file", file);
    for (const name of changed(before.environment, now.environment)) add("environment", name);
    for (const name of changed(before.globals, now.globals)) add("globals", name);
    if (now.cwd !== before.cwd) add("environment", `working directory ${now.cwd}`);
    if (now.exitCode !== before.exitCode) add("environment", `exit code ${now.exitCode}`);
    if (inspector.url() !== undefined) add("port", `inspector at ${inspector.url()}`);
    if (await open(this.freePort)) add("port", String(this.freePort));
    for (let wait = 0; wait < patience && processesMarked(this.marker).length > 0; wait += 50)
      await pause(50);
    for (const line of processesMarked(this.marker)) add("process", line);
    if (this.peak > MEMORY_LIMIT) add("memory", `${Math.round(this.peak / 2 ** 20)} MB in one process`);
    const growth = process.memoryUsage().rss - before.memory;
    if (growth > HOST_GROWTH) add("memory", `the host grew by ${Math.round(growth / 2 ** 20)} MB`);
    if (this.printed !== "") add("output", JSON.stringify(this.printed.slice(0, 200)));
    for (const text of texts) {
      if (text.includes(this.secret)) add("leak", "the secret");
      if (text.includes(root)) add("leak", `the project's folder: ${text.slice(0, 200)}`);
    }
    return effects;
  }

  /** Takes away what an attack left, for the next one. */
  async restore(): Promise<void> {
    killMarked(this.marker);
    for (const name of this.before?.files.keys() ?? [])
      if (!fs.existsSync(name) && name.startsWith(this.folder)) fs.writeFileSync(name, "untouched");
    for (const place of places())
      for (const name of namesIn(place).filter((n) => n.includes(this.marker)))
        fs.rmSync(path.join(place, name), { recursive: true, force: true });
    for (const name of namesIn(this.folder).filter((n) => n !== "secret.txt" && n !== "canary.txt"))
      fs.rmSync(path.join(this.folder, name), { recursive: true, force: true });
    fs.writeFileSync(this.secretFile, this.secret);
  }

  async close(): Promise<void> {
    await this.restore();
    clearInterval(this.sampler);
    process.stdout.write = this.write;
    for (const signal of signals) process.off(signal, this.onSignal);
    await new Promise((resolve) => this.tcp.close(resolve));
    this.udp.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
    delete process.env[SECRET_VARIABLE];
  }
}

export const SECRET_VARIABLE = "COURSE_CANARY_SECRET";

/** where an attack would leave something, beside the canary folder and the project */
const places = () => [os.tmpdir(), os.homedir(), "/", "/var/tmp", "/dev/shm", process.cwd()];

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

interface Snapshot {
  readonly files: ReadonlyMap<string, unknown>;
  readonly marked: readonly string[];
  readonly environment: ReadonlyMap<string, unknown>;
  readonly globals: ReadonlyMap<string, unknown>;
  readonly cwd: string;
  readonly exitCode: unknown;
  readonly memory: number;
}

function snapshot(folder: string, marker: string): Snapshot {
  const marked = places().flatMap((place) => namesIn(place).filter((name) => name.includes(marker)));
  return {
    files: new Map([...fileTree(root, ["node_modules", ".git", "test-results"]), ...fileTree(folder, [])]),
    marked,
    environment: new Map(Object.entries(process.env)),
    globals: globalsOf(),
    cwd: process.cwd(),
    exitCode: process.exitCode,
    memory: process.memoryUsage().rss,
  };
}

function changed(before: ReadonlyMap<string, unknown>, now: ReadonlyMap<string, unknown>): string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => !Object.is(before.get(name), now.get(name)));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve((server.address() as net.AddressInfo).port)),
  );
}

function open(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
