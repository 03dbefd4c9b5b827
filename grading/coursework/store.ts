/**
 * A folder of results. A record is written under another name, flushed to the disk, and only then renamed: whatever
 * kills the process, a record is either whole or not there, and what is there need not be done again.
 */
import fs from "node:fs";
import path from "node:path";
import { detOf, type StoredRecord } from "./record";

const temporaryFor = (file: string) => `${file}.${process.pid}.tmp`;

export function writeDurably(file: string, text: string): void {
  const temporary = temporaryFor(file);
  const handle = fs.openSync(temporary, "w", 0o644);
  try {
    fs.writeFileSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(temporary, file);
}

export class Store {
  constructor(readonly folder: string) {
    fs.mkdirSync(path.join(folder, "records"), { recursive: true });
  }

  private file(key: string): string {
    if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError(`Store: key must be a SHA-256, got ${key}`);
    return path.join(this.folder, "records", key.slice(0, 2), `${key}.json`);
  }

  /** Resolves when the record is safe. Nobody waits for the disk meanwhile: the next answer is in its box already. */
  async put(stored: StoredRecord): Promise<void> {
    const file = this.file(stored.record.key);
    const temporary = temporaryFor(file);
    await fs.promises.mkdir(path.dirname(file), { recursive: true });
    const handle = await fs.promises.open(temporary, "w", 0o644);
    try {
      await handle.writeFile(`${JSON.stringify(stored)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.promises.rename(temporary, file);
  }

  /** The record, if it is there and whole. A damaged one counts as not there and is graded again. */
  get(key: string): StoredRecord | undefined {
    let text: string;
    try {
      text = fs.readFileSync(this.file(key), "utf8");
    } catch {
      return undefined;
    }
    try {
      const stored = JSON.parse(text) as StoredRecord;
      return stored.record.key === key && detOf(stored.record) === stored.det ? stored : undefined;
    } catch {
      return undefined;
    }
  }

  /** removes what an earlier run left half-written */
  sweep(): void {
    const records = path.join(this.folder, "records");
    // a run on another shard may be writing: only files older than an hour are left-overs
    for (const part of fs.readdirSync(records))
      for (const name of fs.readdirSync(path.join(records, part)))
        if (name.endsWith(".tmp")) {
          const file = path.join(records, part, name);
          if (Date.now() - fs.statSync(file).mtimeMs > 3_600_000) fs.rmSync(file, { force: true });
        }
  }
}
