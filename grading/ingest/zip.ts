/**
 * An archive as a list of files. The list is read first: counts, sizes and ratios are held against limits before a byte
 * is unpacked, absolute names and `..` are refused, links are skipped. Only files that are asked for are unpacked, into
 * memory, and no further than they said they would be long.
 */
import { promisify } from "node:util";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { type FileEntry, type Listing, MAX_FILES, Refused, type Skipped } from "./entries";

const MAX_TOTAL = 2 * 1024 ** 3;
/** text packs 10 to 1; a bomb 1000 to 1 */
const MAX_RATIO = 200;
const options = {
  lazyEntries: true,
  autoClose: false,
  strictFileNames: true,
  validateEntrySize: true,
} as const;

const openFile = promisify<string, typeof options, ZipFile>(yauzl.open);
const openBuffer = promisify<Buffer, typeof options, ZipFile>(yauzl.fromBuffer);

const isLink = (entry: Entry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

function unpack(zip: ZipFile, entry: Entry, name: string, limit: number): Promise<Buffer> {
  if (entry.uncompressedSize > limit)
    throw new Refused(
      `${name.slice(-80)} is larger than ${Math.round(limit / 1024)} KiB, more than an answer needs`,
    );
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null || stream === undefined) {
        reject(new Refused(`${name.slice(-80)} cannot be unpacked`));
        return;
      }
      const parts: Buffer[] = [];
      let size = 0;
      stream.on("data", (part: Buffer) => {
        size += part.length;
        if (size > limit) stream.destroy(new Error("longer than it said"));
        else parts.push(part);
      });
      stream.on("error", () => reject(new Refused(`${name.slice(-80)} is damaged`)));
      stream.on("end", () => resolve(Buffer.concat(parts)));
    });
  });
}

async function list(zip: ZipFile, what: string): Promise<Listing> {
  if (zip.entryCount > MAX_FILES) {
    zip.close();
    throw new Refused(`${what} holds ${zip.entryCount} files, at most ${MAX_FILES} are taken`);
  }
  const entries: FileEntry[] = [];
  const skipped: Skipped[] = [];
  let total = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on("error", reject);
      zip.on("end", resolve);
      zip.on("entry", (entry: Entry) => {
        const name = entry.fileName.normalize("NFC");
        total += entry.uncompressedSize;
        if (total > MAX_TOTAL) {
          reject(new Refused(`${what} unpacks to more than 2 GiB`));
          return;
        }
        if (name.endsWith("/")) {
          // a folder
        } else if (isLink(entry)) skipped.push({ path: name, why: "a symbolic link" });
        else if ((entry.generalPurposeBitFlag & 1) !== 0) skipped.push({ path: name, why: "encrypted" });
        else if (entry.uncompressedSize > 65_536 && entry.uncompressedSize > MAX_RATIO * entry.compressedSize)
          skipped.push({ path: name, why: "packed suspiciously well" });
        else
          entries.push({
            path: name,
            size: entry.uncompressedSize,
            read: async (limit) => unpack(zip, entry, name, limit),
          });
        zip.readEntry();
      });
      zip.readEntry();
    });
  } catch (error) {
    zip.close();
    if (error instanceof Refused) throw error;
    throw new Refused(`${what} is refused: ${(error as Error).message.slice(0, 200)}`);
  }
  return { entries, skipped, close: () => zip.close() };
}

const opened = async (open: () => Promise<ZipFile>, what: string): Promise<Listing> => {
  let zip: ZipFile;
  try {
    zip = await open();
  } catch {
    throw new Refused(`${what} is not a zip archive that can be read`);
  }
  return list(zip, what);
};

export const listZip = (file: string): Promise<Listing> => opened(() => openFile(file, options), file);
export const listZipBytes = (bytes: Buffer, name: string): Promise<Listing> =>
  opened(() => openBuffer(bytes, options), name);
