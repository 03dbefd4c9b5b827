/** How each platform arranges a download: which files belong to whom, and when they were received. */
import type { Roster, Student } from "../coursework/roster";
import { below, type FileEntry, type Listing, type Skipped } from "./entries";
import { readMetadata } from "./gradescope-metadata";

export type Layout = "folders" | "canvas" | "moodle" | "gradescope" | "classroom";
export const layouts: readonly Layout[] = ["folders", "canvas", "moodle", "gradescope", "classroom"];

/** All that one student handed in at once. */
export interface Handed {
  readonly student: Student | undefined;
  /** the name that the platform gave, for messages */
  readonly who: string;
  /** the order among a student's attempts */
  readonly attempt: number;
  readonly submitted: string | undefined;
  readonly entries: readonly FileEntry[];
  readonly skipped: readonly Skipped[];
}

const same = (a: string, b: string) => a !== "" && a.toLowerCase() === b.toLowerCase();
const first = (path: string) => path.split("/")[0]!;
const topFolders = ({ entries, skipped }: Listing) => [
  ...new Set([...entries, ...skipped].filter((e) => e.path.includes("/")).map((e) => first(e.path))),
];

/** A student by any name of the roster. */
const byAnyName = (roster: Roster, name: string) =>
  roster.students.find((s) =>
    [s.id, s.email, s.github, s.gradescope, s.canvas, s.moodle].some((n) => same(n, name)),
  );

/** `doejane_LATE_4711_815_e03-cross-entropy-1.ts`, all in one folder: the first number is Canvas' ID of the student. */
const canvasName = /^([^/_]+)(_LATE)?_(\d+)_(\d+)_([^/]+)$/;
/** `Jane Doe_4711_assignsubmission_file_/…`, or the same as the beginning of a file's name */
const moodleName = /^([^/]*?)_(\d+)_assignsubmission_[a-z]+_?([^/]*)$/;

function canvas(listing: Listing, roster: Roster): Handed[] {
  const groups = new Map<string, FileEntry[]>();
  for (const entry of listing.entries) {
    const match = canvasName.exec(entry.path.split("/").at(-1)!);
    if (match === null) continue;
    // Canvas numbers a file that was handed in again: e03-cross-entropy-1.ts
    const name = match[5]!.replace(/-\d{1,3}(\.\w+)$/, "$1");
    const own = groups.get(match[3]!) ?? [];
    groups.set(match[3]!, [...own, { ...entry, path: name }]);
  }
  return [...groups].map(([id, entries]) => ({
    student: roster.students.find((s) => same(s.canvas, id)),
    who: `Canvas user ${id}`,
    attempt: 1,
    submitted: undefined,
    entries,
    skipped: [],
  }));
}

function moodle(listing: Listing, roster: Roster): Handed[] {
  const groups = new Map<string, { entries: FileEntry[]; skipped: Skipped[] }>();
  const add = (
    path: string,
    put: (group: { entries: FileEntry[]; skipped: Skipped[] }, rest: string) => void,
  ) => {
    const match = moodleName.exec(first(path));
    if (match === null) return;
    const group = groups.get(match[2]!) ?? { entries: [], skipped: [] };
    groups.set(match[2]!, group);
    put(group, path.includes("/") ? path.slice(path.indexOf("/") + 1) : match[3]!);
  };
  for (const entry of listing.entries) add(entry.path, (g, path) => g.entries.push({ ...entry, path }));
  for (const entry of listing.skipped) add(entry.path, (g, path) => g.skipped.push({ ...entry, path }));
  return [...groups].map(([id, group]) => ({
    student: roster.students.find((s) => same(s.moodle, id)),
    who: `Moodle participant ${id}`,
    attempt: 1,
    submitted: undefined,
    ...group,
  }));
}

async function gradescope(listing: Listing, roster: Roster): Promise<Handed[]> {
  const file = listing.entries.find(
    (e) => /(^|\/)submission_metadata\.yml$/.test(e.path) && e.path.split("/").length <= 2,
  );
  if (file === undefined) return [];
  const prefix = file.path.includes("/") ? `${first(file.path)}/` : "";
  const metadata = readMetadata((await file.read(64 << 20)).toString("utf8"));
  const handed = metadata.flatMap(({ folder, submitters, created }) =>
    submitters.map(
      (who): Handed => ({
        student: roster.students.find(
          (s) => same(s.gradescope, who.sid) || same(s.email, who.email) || same(s.id, who.sid),
        ),
        who: who.email || who.sid || folder,
        attempt: 1,
        submitted: created,
        ...below(listing, `${prefix}${folder}`),
      }),
    ),
  );
  return handed
    .sort((a, b) => ((a.submitted ?? "") < (b.submitted ?? "") ? -1 : 1))
    .map((h, i) => ({ ...h, attempt: i + 1 }));
}

/** `gh classroom clone`: a folder `ASSIGNMENT-LOGIN` for each student. A login may contain `-`, so the roster decides. */
function classroom(listing: Listing, roster: Roster): Handed[] {
  return topFolders(listing).map((folder) => {
    const fits = roster.students.filter(
      (s) =>
        s.github !== "" &&
        (same(folder, s.github) || folder.toLowerCase().endsWith(`-${s.github.toLowerCase()}`)),
    );
    // of ann and mary-ann the longer one is meant
    const student = fits.sort((a, b) => b.github.length - a.github.length)[0];
    return { student, who: folder, attempt: 1, submitted: undefined, ...below(listing, folder) };
  });
}

/** `STUDENT/…`, or `STUDENT/attempt-2/…` where attempts were collected one by one. */
function folders(listing: Listing, roster: Roster): Handed[] {
  return topFolders(listing).flatMap((folder): Handed[] => {
    const student = byAnyName(roster, folder);
    const inside = below(listing, folder);
    const attempts = topFolders(inside)
      .map((name) => ({ name, match: /^attempt-(\d{1,4})$/.exec(name) }))
      .filter(({ match }) => match !== null);
    if (attempts.length === 0) return [{ student, who: folder, attempt: 1, submitted: undefined, ...inside }];
    return attempts.map(({ name, match }) => ({
      student,
      who: folder,
      attempt: Number(match![1]),
      submitted: undefined,
      ...below(inside, name),
    }));
  });
}

/** An archive often holds one folder with everything in it: that folder is not a student. */
export function unwrapped(listing: Listing, roster: Roster): Listing {
  const [only, ...others] = topFolders(listing);
  const loose = [...listing.entries, ...listing.skipped].some((e) => !e.path.includes("/"));
  if (only === undefined || others.length > 0 || loose || moodleName.test(only)) return listing;
  const known = byAnyName(roster, only) ?? classroom(listing, roster).find((h) => h.student !== undefined);
  return known === undefined ? { ...below(listing, only), close: listing.close } : listing;
}

/** What the download looks like. A clone of GitHub Classroom looks like folders whose names end in a login. */
export function recognise(listing: Listing, roster: Roster): Layout {
  if (listing.entries.some((e) => /^([^/]+\/)?submission_metadata\.yml$/.test(e.path))) return "gradescope";
  const names = [...new Set(listing.entries.map((e) => first(e.path)))];
  if (names.some((n) => moodleName.test(n))) return "moodle";
  const files = listing.entries.map((e) => e.path.split("/").at(-1)!);
  if (files.filter((n) => canvasName.test(n)).length * 2 > files.length) return "canvas";
  const known = topFolders(listing).filter((n) => byAnyName(roster, n) !== undefined).length;
  const logins = classroom(listing, roster).filter((h) => h.student !== undefined).length;
  return logins > known ? "classroom" : "folders";
}

export async function handedIn(listing: Listing, roster: Roster, layout: Layout): Promise<Handed[]> {
  if (layout === "canvas") return canvas(listing, roster);
  if (layout === "moodle") return moodle(listing, roster);
  if (layout === "gradescope") return gradescope(listing, roster);
  return layout === "classroom" ? classroom(listing, roster) : folders(listing, roster);
}
