/** What can be seen of the machine: files, processes, memory, and the grader's own globals. Linux shows most. */
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

/** Every file under a folder, with its size and the time of its last change. */
export function fileTree(folder: string, without: readonly string[]): [string, string][] {
  const out: [string, string][] = [];
  const walk = (at: string) => {
    for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
      if (without.includes(entry.name)) continue;
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) walk(file);
      else {
        const stat = fs.lstatSync(file);
        out.push([file, `${stat.size} ${stat.mtimeMs} ${stat.mode}`]);
      }
    }
  };
  walk(folder);
  return out;
}

function processes(): { pid: number; parent: number; command: string; memory: number }[] {
  if (!fs.existsSync("/proc/self/stat")) return [];
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = fs.readFileSync(`/proc/${name}/stat`, "latin1");
        // the name in brackets may hold anything, so count from its end
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        if (fields[0] === "Z") return [];
        const command = fs.readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent: Number(fields[1]), command, memory: Number(fields[21]) * 4096 }];
      } catch {
        return [];
      }
    });
}

export const processesMarked = (marker: string): string[] =>
  processes()
    .filter(({ command }) => command.includes(marker))
    .map(({ pid, command }) => `${pid} ${command.slice(0, 120)}`);

export const processesWith = (text: string) => processes().filter(({ command }) => command.includes(text));

/** Ends what an attack left running; the marker is random, so nothing else can have it. */
export function killMarked(marker: string): void {
  for (const { pid, command } of processes())
    if (command.includes(marker) && pid !== process.pid)
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // gone already
      }
}

/** The memory of the largest process under this one, in bytes. */
export function treeMemory(): number {
  const all = processes();
  const mine = new Set([process.pid]);
  let largest = 0;
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent, memory } of all)
      if (mine.has(parent) && !mine.has(pid)) {
        mine.add(pid);
        grown = true;
        largest = Math.max(largest, memory);
      }
  }
  return largest;
}

/** The processes under this one. */
export function children(): number {
  return processes().filter(({ parent }) => parent === process.pid).length;
}

const watched: Record<string, object> = {
  globalThis,
  Object,
  "Object.prototype": Object.prototype,
  Function,
  "Function.prototype": Function.prototype,
  Array,
  "Array.prototype": Array.prototype,
  "String.prototype": String.prototype,
  Number,
  "Number.prototype": Number.prototype,
  Math,
  JSON,
  Reflect,
  Symbol,
  "Promise.prototype": Promise.prototype,
  "Map.prototype": Map.prototype,
  "Set.prototype": Set.prototype,
  "RegExp.prototype": RegExp.prototype,
  "Error.prototype": Error.prototype,
  "Float64Array.prototype": Float64Array.prototype,
  "Buffer.prototype": Buffer.prototype,
};

const standard = new Set(vm.runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[]);

/** Every property of the globals that the grader relies on. */
export function globalsOf(): Map<string, unknown> {
  const out = new Map<string, unknown>();
  for (const [name, object] of Object.entries(watched))
    for (const key of Reflect.ownKeys(object)) {
      // Node loads some of its globals when they are first used
      if (object === globalThis && !standard.has(String(key))) continue;
      const { value, get } = Object.getOwnPropertyDescriptor(object, key)!;
      out.set(`${name}.${String(key)}`, value ?? get);
    }
  return out;
}
