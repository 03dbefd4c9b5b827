/**
 * What lies in a folder or an archive, listed before anything is read. Links, devices and the like are never followed;
 * nothing is written under a name that a student chose.
 */
import fs from "node:fs";
import path from "node:path";

export const MAX_FILES = 50_000;
const MAX_DEPTH = 12;

export interface FileEntry {
  /** with `/`, in Unicode's composed form (NFC), below the folder or archive */
  readonly path: string;
  readonly size: number;
  /** at most `limit` bytes, else a `Refused` */
  read(limit: number): Promise<Buffer>;
}

/** Something in a submission that is not taken; a flag for one student, never the end of the run. */
export interface Skipped {
  readonly path: string;
  readonly why: string;
}

export interface Listing {
  readonly entries: readonly FileEntry[];
  readonly skipped: readonly Skipped[];
  close(): void;
}

/** A submission that cannot be taken as it is; the sentence is for its author. */
export class Refused extends RangeError {
  override readonly name = "Refused";
}

const tooLarge = (name: string, limit: number) =>
  new Refused(`${name.slice(-80)} is larger than ${Math.round(limit / 1024)} KiB, more than an answer needs`);

function readFile(file: string, name: string, limit: number): Buffer {
  // a link that was put there after the listing is refused by the system itself
  const handle = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
  try {
    const { size } = fs.fstatSync(handle);
    if (size > limit) throw tooLarge(name, limit);
    const bytes = Buffer.alloc(size);
    let done = 0;
    while (done < size) {
      const count = fs.readSync(handle, bytes, done, size - done, null);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  } finally {
    fs.closeSync(handle);
  }
}

/** folders that belong to tools, not to an answer */
const ignored = new Set([".git", "node_modules", "__MACOSX", ".vscode", ".idea"]);

export function listFolder(folder: string): Listing {
  const entries: FileEntry[] = [];
  const skipped: Skipped[] = [];
  const walk = (below: string, depth: number): void => {
    for (const name of fs.readdirSync(path.join(folder, below)).sort()) {
      const relative = below === "" ? name : `${below}/${name}`;
      const file = path.join(folder, relative);
      const shown = relative.normalize("NFC");
      const stat = fs.lstatSync(file);
      if (stat.isDirectory()) {
        if (ignored.has(name)) continue;
        if (depth === MAX_DEPTH) skipped.push({ path: shown, why: "nested too deep" });
        else walk(relative, depth + 1);
      } else if (stat.isSymbolicLink()) skipped.push({ path: shown, why: "a symbolic link" });
      else if (!stat.isFile()) skipped.push({ path: shown, why: "not a regular file" });
      else if (stat.nlink > 1) skipped.push({ path: shown, why: "a hard link" });
      else
        entries.push({ path: shown, size: stat.size, read: async (limit) => readFile(file, shown, limit) });
      if (entries.length + skipped.length > MAX_FILES)
        throw new Refused(`${path.basename(folder)} holds more than ${MAX_FILES} files`);
    }
  };
  walk("", 0);
  return { entries, skipped, close: () => {} };
}

/** The same files as seen from a folder among them. */
export function below(listing: Listing, prefix: string): Listing {
  const inside = <T extends { readonly path: string }>(items: readonly T[]): T[] =>
    items
      .filter((e) => e.path.startsWith(`${prefix}/`))
      .map((e) => ({ ...e, path: e.path.slice(prefix.length + 1) }));
  return { entries: inside(listing.entries), skipped: inside(listing.skipped), close: () => {} };
}
