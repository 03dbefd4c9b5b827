/**
 * What the doctor tries out in a box: the deeds of an answer that has found its way out of the language, or has none.
 * The function runs inside as text. It says what it could do; what really happened the host sees for itself.
 */

/** what the host lays out: things to reach, and things that must not happen */
export interface Targets {
  readonly port: number;
  /** a file of the grader with a secret in it, and folders that must stay as they are */
  readonly secretFile: string;
  readonly folders: readonly string[];
  readonly name: string;
  /** a process of the grader's user, with a secret in its environment */
  readonly victim: number;
  /** milliseconds after which an endless loop gives up by itself */
  readonly patience: number;
}

type Powers = { require: NodeRequire; process: NodeJS.Process };

/** Each returns what it reached, or the empty text. */
export function probeAnswer(probe: string, targets: Targets): string | Promise<string> {
  const given = (globalThis as { powers?: Powers }).powers;
  const evaluate = Function;
  // every other way to the process that an engine might offer
  const ways = ["process", "globalThis.process", "this.process", "import.meta", "require('node:process')"];
  const found = given?.process ?? ways.map((way) => attempt(() => evaluate(`return ${way}`)())).find(Boolean);
  const need = given?.require ?? (found as { mainModule?: Powers })?.mainModule?.require;
  function attempt<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch {
      return undefined;
    }
  }
  const load = (name: string) => {
    if (need === undefined) throw new Error("there is no way to Node");
    return need(name);
  };
  const fs = () => load("node:fs") as typeof import("node:fs");
  const process = found as NodeJS.Process;
  const each = (list: readonly string[], act: (x: string) => void): string =>
    list
      .filter((x) =>
        attempt(() => {
          act(x);
          return true;
        }),
      )
      .map((x) => `${x} `)
      .join("");

  const deeds: Record<string, () => string | Promise<string>> = {
    network: () => {
      (load("node:net") as typeof import("node:net"))
        .connect(targets.port, "127.0.0.1")
        .on("error", () => {});
      // the connection is made in a later turn of the event loop
      return new Promise<string>(() => {});
    },
    read: () => {
      const links = [
        `/proc/${targets.victim}/cwd`,
        `/proc/${process.ppid}/cwd`,
        `/proc/${process.ppid}/root`,
      ];
      return `${attempt(() => fs().readFileSync(targets.secretFile, "utf8")) ?? ""}${each(
        [...targets.folders, ...links],
        (folder) => fs().readdirSync(folder),
      )}`;
    },
    write: () => {
      const places = ["/", "/tmp", "/var/tmp", "/dev/shm", "/box", process.cwd(), ...targets.folders];
      return each(places, (folder) => fs().writeFileSync(`${folder}/${targets.name}`, "x"));
    },
    sqlite: () => {
      const { DatabaseSync } = load("node:sqlite") as {
        DatabaseSync: new (file: string) => { exec(s: string): void };
      };
      return each([...targets.folders, "/tmp", "/"], (folder) =>
        new DatabaseSync(`${folder}/${targets.name}.sqlite`).exec("CREATE TABLE t (x)"),
      );
    },
    "fill /tmp": () => {
      let bytes = 0;
      for (const folder of ["/tmp", "/dev/shm", "/var/tmp"])
        attempt(() => {
          const file = fs().openSync(`${folder}/${targets.name}.big`, "w");
          for (let i = 0; i < 64; i++) bytes += fs().writeSync(file, new Uint8Array(1 << 20));
        });
      return bytes === 0 ? "" : `${bytes >> 20} MiB`;
    },
    processes: () => {
      const { spawn } = load("node:child_process") as typeof import("node:child_process");
      let count = 0;
      for (let i = 0; i < 90; i++)
        attempt(() => {
          const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 20000)", targets.name], {
            detached: true,
            // no file for it is opened, and none may be there
            stdio: "inherit",
          });
          child.on("error", () => {});
          if (child.pid !== undefined) count++;
        });
      return count === 0 ? "" : `${count} processes`;
    },
    memory: () => {
      // beside the engine's own heap, and really used
      const all: Uint8Array[] = [];
      for (let i = 0; i < 1024; i++) all.push(new Uint8Array(1 << 20).fill(1));
      return `${all.length} MiB`;
    },
    signal: () => {
      process.kill(targets.victim, "SIGTERM");
      return "";
    },
    "open its inspector": () => {
      (process as unknown as { _debugProcess(pid: number): void })._debugProcess(targets.victim);
      return "";
    },
    "its memory": () =>
      each([`/proc/${targets.victim}/environ`, `/proc/${process.ppid}/environ`], (file) => {
        if (fs().readFileSync(file).length === 0) throw new Error("empty");
      }) +
      each([`/proc/${targets.victim}/mem`, `/proc/${process.ppid}/mem`], (file) => fs().openSync(file, "r")),
    environment: () => Object.keys(process.env).join(" "),
    permission: () => ("permission" in process ? "" : "Node's own permission flags are off"),
    time: () => {
      const begun = Date.now();
      while (Date.now() - begun < targets.patience);
      return `a loop of ${targets.patience / 1000} s`;
    },
  };
  return attempt(deeds[probe]!) ?? "";
}

/** the text that is opened as an answer */
export const probeSource = (): string => `export ${probeAnswer.toString()}`;
