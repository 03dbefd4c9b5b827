/**
 * From what was handed in to answers: for each student and exercise the one file that is meant, as text, copied under a
 * name of our own. Configuration, packages and everything else that lies beside it is never read.
 */
import fs from "node:fs";
import path from "node:path";
import { findExercise, stem } from "../course";
import { sha256 } from "../coursework/canonical";
import type { Flag, Submission, SubmittedFile } from "../coursework/record";
import type { Roster } from "../coursework/roster";
import { type FileEntry, type Listing, listFolder, Refused } from "./entries";
import { type Handed, handedIn, type Layout, recognise, unwrapped } from "./layouts";
import { MAX_NOTEBOOK, type Tagged, taggedCells } from "./notebook";
import { flagsOf, MAX_SOURCE, readText } from "./text";
import { listZip, listZipBytes } from "./zip";

const MAX_ARCHIVE = 16 << 20;

export interface CollectOptions {
  readonly roster: Roster;
  readonly exercises: readonly string[];
  readonly layout?: Layout;
  /** where the copies go: `copies/STUDENT/e03.1.ts` */
  readonly copies: string;
  /** the collector's own times: by student, or by student and attempt as `ann 2` */
  readonly times?: ReadonlyMap<string, string>;
}

export interface Collected {
  readonly layout: Layout;
  /** every student of the roster with every exercise, handed in or not */
  readonly submissions: readonly Submission[];
  /** who is not on the roster */
  readonly strangers: readonly string[];
}

export const listAny = async (place: string): Promise<Listing> => {
  const stat = fs.statSync(place);
  if (stat.isDirectory()) return listFolder(place);
  if (/\.zip$/i.test(place)) return listZip(place);
  throw new Refused(`${place} must be a folder or a zip archive`);
};

/** What a student handed in for one exercise, before it has a place among the attempts. */
interface Answer {
  readonly text?: string;
  readonly flags: readonly Flag[];
}

/** `exercises/e03-cross-entropy.ts` and `e03.ts`, whatever the case of the letters. */
function named(entries: readonly FileEntry[], id: string): FileEntry[] {
  const full = `${stem(findExercise(id))}.ts`;
  const fits = (entry: FileEntry) => {
    const name = entry.path.split("/").at(-1)!.toLowerCase();
    return name === full || name === `${id}.ts`;
  };
  const depth = (entry: FileEntry) => entry.path.split("/").length;
  return entries.filter(fits).sort((a, b) => depth(a) - depth(b) || (a.path < b.path ? -1 : 1));
}

async function fromFile(candidates: readonly FileEntry[], id: string): Promise<Answer> {
  const [entry, ...others] = candidates;
  const flags: Flag[] =
    others.length === 0
      ? []
      : [{ code: "several", evidence: `${candidates.length} files fit, the topmost counts` }];
  try {
    const text = readText(await entry!.read(MAX_SOURCE), `${id}.ts`);
    return { text, flags: [...flagsOf(text), ...flags] };
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): Answer {
  if (!(error instanceof Refused)) throw error;
  return { flags: [{ code: "refused", evidence: error.message }] };
}

/** all archives and notebooks of one student, opened once for all exercises */
async function opened(
  handed: Handed,
): Promise<{ entries: FileEntry[]; cells: Map<string, Tagged>; flags: Flag[]; close: () => void }> {
  const entries = [...handed.entries];
  const flags: Flag[] = handed.skipped
    .slice(0, 20)
    .map(({ path: name, why }) => ({ code: "skipped", evidence: `${name.slice(-80)}: ${why}` }));
  const cells = new Map<string, Tagged>();
  const archives: Listing[] = [];
  const attempt = async (entry: FileEntry, open: () => Promise<void>) => {
    try {
      await open();
    } catch (error) {
      flags.push(
        ...refused(error).flags.map((f) => ({ ...f, evidence: `${entry.path.slice(-80)}: ${f.evidence}` })),
      );
    }
  };
  for (const entry of handed.entries.filter((e) => /\.zip$/i.test(e.path)).slice(0, 8))
    await attempt(entry, async () => {
      const archive = await listZipBytes(await entry.read(MAX_ARCHIVE), entry.path.slice(-80));
      archives.push(archive);
      entries.push(...archive.entries);
      flags.push(
        ...archive.skipped
          .slice(0, 20)
          .map((s) => ({ code: "skipped", evidence: `${s.path.slice(-80)}: ${s.why}` })),
      );
    });
  for (const entry of entries.filter((e) => /\.ipynb$/i.test(e.path)).slice(0, 40))
    await attempt(entry, async () => {
      const text = readText(await entry.read(MAX_NOTEBOOK), entry.path.slice(-80));
      for (const [id, cell] of taggedCells(text, entry.path.slice(-80))) cells.set(id, cells.get(id) ?? cell);
    });
  const close = () => {
    for (const archive of archives) archive.close();
  };
  return { entries, cells, flags, close };
}

async function answersOf(handed: Handed, exercises: readonly string[]): Promise<Map<string, Answer>> {
  const { entries, cells, flags, close } = await opened(handed);
  const out = new Map<string, Answer>();
  try {
    for (const id of exercises) {
      const candidates = named(entries, id);
      const cell = cells.get(id);
      let answer: Answer | undefined;
      if (candidates.length > 0) answer = await fromFile(candidates, id);
      else if (cell !== undefined)
        answer =
          Buffer.byteLength(cell.source) > MAX_SOURCE
            ? { flags: [{ code: "refused", evidence: "the tagged cells are longer than an answer needs" }] }
            : { text: cell.source, flags: [...flagsOf(cell.source), ...cell.flags] };
      // what was skipped may be the reason why nothing was found
      if (answer !== undefined) out.set(id, { ...answer, flags: [...answer.flags, ...flags] });
      else if (flags.length > 0) out.set(id, { flags });
    }
  } finally {
    close();
  }
  return out;
}

function copy(
  text: string,
  folder: string,
  student: string,
  exercise: string,
  attempt: number,
): SubmittedFile & { place: string } {
  const bytes = Buffer.from(text, "utf8");
  const name = `${exercise}.${attempt}.ts`;
  const place = path.join(folder, student, name);
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, bytes);
  return { name: `${exercise}.ts`, bytes: bytes.length, sha256: sha256(bytes), place };
}

function reread(place: string, hash: string): string {
  const text = fs.readFileSync(place, "utf8");
  if (sha256(text) !== hash) throw new RangeError(`${place} was changed during the run`);
  return text;
}

/** `place` is a folder, an archive, or what was listed of one. */
export async function collect(place: string | Listing, options: CollectOptions): Promise<Collected> {
  const { roster, exercises, copies, times } = options;
  const listing = unwrapped(typeof place === "string" ? await listAny(place) : place, roster);
  try {
    const layout = options.layout ?? recognise(listing, roster);
    const handed = await handedIn(listing, roster, layout);
    const strangers = handed.filter((h) => h.student === undefined).map((h) => h.who);
    const submissions: Submission[] = [];
    for (const student of roster.students) {
      const own = handed.filter((h) => h.student === student).sort((a, b) => a.attempt - b.attempt);
      const attempts = new Map<string, number>();
      for (const one of own)
        for (const [exercise, { text, flags }] of await answersOf(one, exercises)) {
          const attempt = (attempts.get(exercise) ?? 0) + 1;
          attempts.set(exercise, attempt);
          const submitted =
            one.submitted ?? times?.get(`${student.id} ${one.attempt}`) ?? times?.get(student.id);
          const base = { student: student.id, exercise, attempt, submitted, flags };
          if (text === undefined) submissions.push({ ...base, source: undefined, file: undefined });
          else {
            const { place: at, ...file } = copy(text, copies, student.id, exercise, attempt);
            submissions.push({ ...base, source: () => reread(at, file.sha256), file });
          }
        }
      for (const exercise of exercises.filter((id) => !attempts.has(id)))
        submissions.push({
          student: student.id,
          exercise,
          attempt: 1,
          submitted: undefined,
          source: undefined,
          file: undefined,
          flags: [],
        });
    }
    return { layout, submissions, strangers };
  } finally {
    listing.close();
  }
}
