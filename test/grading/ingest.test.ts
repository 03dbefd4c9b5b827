import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseRoster } from "../../grading/coursework/roster";
import { type Collected, collect } from "../../grading/ingest/collect";
import { listFolder, Refused } from "../../grading/ingest/entries";
import { readMetadata } from "../../grading/ingest/gradescope-metadata";
import { taggedCells } from "../../grading/ingest/notebook";
import { flagsOf, MAX_SOURCE, readText } from "../../grading/ingest/text";
import { listZip, listZipBytes } from "../../grading/ingest/zip";
import { temporaryFolder } from "./class";
import { zipOf } from "./zip-writer";

const roster = parseRoster(
  "id,name,email,canvas,moodle,gradescope,github\n" +
    "ann,Ann,ann@example.edu,11,21,901,ann\nbob,Bob,bob@example.edu,12,22,902,mary-ann\ncyd,Cyd,cyd@example.edu,13,23,903,cyd-99\n",
);
const E06 = "export const answer = 6;\n";

function write(folder: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  return folder;
}
const take = (place: string, exercises = ["e03", "e06"], more = {}) =>
  collect(place, { roster, exercises, copies: temporaryFolder(), ...more });
const found = ({ submissions }: Collected) =>
  submissions
    .filter((s) => s.source !== undefined)
    .map((s) => `${s.student} ${s.exercise} ${s.attempt}: ${s.source!().trim()}`);
const flags = ({ submissions }: Collected, student: string, exercise = "e06") =>
  submissions.find((s) => s.student === student && s.exercise === exercise)!.flags.map((f) => f.code);

test("a folder of folders, with attempts, and every student with every exercise", async () => {
  const folder = write(temporaryFolder(), {
    "ann/exercises/e06-one-hot.ts": E06,
    "ann/e03.ts": "three",
    "ann/package.json": "{}",
    "ann/node_modules/x/e06.ts": "no",
    "bob@example.edu/attempt-2/E06-One-Hot.ts": "second",
    "bob@example.edu/attempt-1/e06.ts": "first",
    "zoe/e06.ts": "unknown",
  });
  const all = await take(folder, undefined, { times: new Map([["bob 2", "2026-12-01T00:00:00.000Z"]]) });
  expect(all.layout).toBe("folders");
  expect(all.strangers).toEqual(["zoe"]);
  expect(found(all)).toEqual([
    "ann e03 1: three",
    `ann e06 1: ${E06.trim()}`,
    "bob e06 1: first",
    "bob e06 2: second",
  ]);
  expect(all.submissions.length).toBe(7);
  expect(all.submissions.filter((s) => s.submitted !== undefined).map((s) => s.attempt)).toEqual([2]);
});

test("one folder around everything is not a student", async () => {
  const around = write(temporaryFolder(), { "hand in/ann/e06.ts": E06, "hand in/bob/e06.ts": "b" });
  expect(found(await take(around))).toEqual([`ann e06 1: ${E06.trim()}`, "bob e06 1: b"]);
  const one = await take(write(temporaryFolder(), { "ann/e06.ts": E06 }));
  expect(found(one)).toEqual([`ann e06 1: ${E06.trim()}`]);
});

test("downloads of Canvas, Moodle and Gradescope, as a folder and as an archive", async () => {
  const downloads = {
    canvas: {
      "annann_11_4711_e06-one-hot.ts": E06,
      "bobbob_LATE_12_4712_e06-one-hot-2.ts": "again",
      "bobbob_LATE_12_4713_notes.pdf": "%PDF",
      "stranger_99_4714_e06.ts": "x",
    },
    moodle: {
      "Ann Ä_21_assignsubmission_file_/e06-one-hot.ts": E06,
      "Bob_22_assignsubmission_file_/answers/e06.ts": "again",
      "Stranger_99_assignsubmission_file_/e06.ts": "x",
    },
    gradescope: {
      "assignment_7_export/submission_metadata.yml":
        "---\nsubmission_1:\n  :submitters:\n  - :name: Ann\n    :sid: '901'\n    :email: ann@example.edu\n  :created_at: 2026-11-24 09:30:00.123456789 Z\n  :score: 1\n" +
        "submission_2:\n  :submitters:\n  - :name: 'x: :created_at: 2020'\n    :sid: 902\n    :email: other@example.edu\n  :created_at: 2026-11-25 09:30:00 UTC\n" +
        "submission_3:\n  :submitters:\n  - :email: nobody@example.edu\n",
      "assignment_7_export/submission_1/e06-one-hot.ts": E06,
      "assignment_7_export/submission_2/e06-one-hot.ts": "again",
      "assignment_7_export/submission_3/e06-one-hot.ts": "x",
    },
  };
  for (const [layout, files] of Object.entries(downloads)) {
    const folder = write(temporaryFolder(), files);
    const archive = path.join(temporaryFolder(), "download.zip");
    fs.writeFileSync(archive, zipOf(Object.entries(files).map(([name, bytes]) => ({ name, bytes }))));
    for (const place of [folder, archive]) {
      const all = await take(place);
      expect(all.layout).toBe(layout);
      expect(found(all)).toEqual([`ann e06 1: ${E06.trim()}`, "bob e06 1: again"]);
      expect(all.strangers.length).toBe(1);
      if (layout === "gradescope")
        expect(all.submissions.find((s) => s.student === "bob" && s.exercise === "e06")!.submitted).toBe(
          "2026-11-25T09:30:00.000Z",
        );
    }
  }
  expect(
    readMetadata(
      "submission_1:\n  :submitters:\n  - :sid: 1\n  :history:\n  - :created_at: 2020-01-01 00:00:00 Z\n",
    )[0]!.created,
  ).toBeUndefined();
});

test("a clone of GitHub Classroom: the longest login decides, .git is not read", async () => {
  const folder = write(temporaryFolder(), {
    "autumn-ann/exercises/e06-one-hot.ts": E06,
    "autumn-ann/.git/e06.ts": "no",
    "autumn-mary-ann/exercises/e06-one-hot.ts": "mary",
    "autumn-cyd-99/exercises/e06-one-hot.ts": "cyd",
  });
  const all = await take(folder);
  expect(all.layout).toBe("classroom");
  expect(found(all)).toEqual([`ann e06 1: ${E06.trim()}`, "bob e06 1: mary", "cyd e06 1: cyd"]);
});

test("tagged cells of a notebook are text, and nothing else of it counts (A52)", async () => {
  const cell = (tags: unknown, source: unknown, type = "code") => ({
    cell_type: type,
    metadata: { tags },
    source,
    outputs: [{ text: "42" }],
  });
  const notebook = JSON.stringify({
    metadata: { language_info: { name: "evil" } },
    cells: [
      cell(["e06"], ["function one() {\n", "  return 1;\n", "}\n"]),
      cell(["e06-one-hot"], "const two = 2;"),
      cell(["e06"], "not code", "markdown"),
      cell(["e03", 7, null], "export function three() {}\n%time"),
      cell("e06", "no list"),
      cell(["e06"], { join: "trap" }),
      null,
    ],
  });
  const cells = taggedCells(notebook, "n.ipynb");
  expect(cells.get("e06")!.source).toBe("export function one() {\n  return 1;\n}\n\n\nexport const two = 2;");
  expect(cells.get("e06")!.flags.map((f) => f.evidence)).toEqual([
    "a tagged cell has no text",
    "2 cells carry the tag",
  ]);
  expect(cells.get("e03")!.flags.length).toBe(1);
  for (const bad of ["", "[]", "null", '{"cells":{}}', "{".repeat(10_000)])
    expect(() => taggedCells(bad, "n")).toThrow(Refused);
  const all = await take(write(temporaryFolder(), { "ann/03.ipynb": notebook, "bob/03.ipynb": "{" }));
  expect(found(all).length).toBe(2);
  expect(flags(all, "bob")).toEqual(["refused"]);
});

test.skipIf(process.platform === "win32")("links, devices and hard links are not taken (A49)", async () => {
  const folder = write(temporaryFolder(), { "ann/real.ts": "x", "bob/e03.ts": "ok" });
  const secret = path.join(
    write(temporaryFolder(), { "secret.ts": "export const secret = 1;" }),
    "secret.ts",
  );
  fs.symlinkSync(secret, path.join(folder, "ann/e06.ts"));
  fs.symlinkSync(path.dirname(secret), path.join(folder, "cyd"));
  fs.linkSync(secret, path.join(folder, "bob/e06.ts"));
  execFileSync("mkfifo", [path.join(folder, "ann/e03.ts")]);
  const all = await take(folder);
  expect(found(all)).toEqual(["bob e03 1: ok"]);
  expect(flags(all, "ann")).toEqual(["skipped", "skipped"]);
  expect(flags(all, "bob")).toEqual(["skipped"]);
  // a file that becomes a link after it was listed
  const listing = listFolder(folder);
  const entry = listing.entries.find((e) => e.path === "ann/real.ts")!;
  fs.rmSync(path.join(folder, "ann/real.ts"));
  fs.symlinkSync(secret, path.join(folder, "ann/real.ts"));
  await expect(entry.read(100)).rejects.toThrow(/ELOOP/);
});

test("archives are listed before they are unpacked: bombs, liars, links and climbing names (A50)", async () => {
  const one = (name: string, bytes: string | Buffer, more = {}) => [{ name, bytes, ...more }];
  for (const name of ["../e06.ts", "/etc/e06.ts", "C:/e06.ts", "a/../../e06.ts", "a\\..\\..\\e06.ts"])
    await expect(listZipBytes(zipOf(one(name, "x")), "a.zip")).rejects.toThrow(Refused);
  await expect(listZipBytes(Buffer.from("not an archive"), "a.zip")).rejects.toThrow("not a zip archive");
  const bomb = await listZipBytes(zipOf(one("e06.ts", Buffer.alloc(5 << 20))), "a.zip");
  expect(bomb.skipped[0]!.why).toBe("packed suspiciously well");
  const link = await listZipBytes(zipOf(one("e06.ts", "/etc/passwd", { mode: 0o120777 })), "a.zip");
  expect([link.entries.length, link.skipped[0]!.why]).toEqual([0, "a symbolic link"]);
  const locked = await listZipBytes(zipOf(one("e06.ts", "x", { encrypted: true })), "a.zip");
  expect(locked.skipped[0]!.why).toBe("encrypted");
  const liar = await listZipBytes(
    zipOf(one("e06.ts", Buffer.alloc(100_000, "abcdefg"), { says: 10 })),
    "a.zip",
  );
  await expect(liar.entries[0]!.read(MAX_SOURCE)).rejects.toThrow(Refused);
  const many = path.join(temporaryFolder(), "many.zip");
  fs.writeFileSync(many, zipOf(Array.from({ length: 60_000 }, (_, i) => ({ name: `${i}`, bytes: "" }))));
  await expect(listZip(many)).rejects.toThrow("60000 files");
  // one student's broken archive is one student's problem
  const folder = write(temporaryFolder(), {
    "ann/work.zip": zipOf(one("exercises/e06-one-hot.ts", E06)),
    "bob/work.zip": zipOf(one("../../e06.ts", "x")),
    "cyd/work.zip": "PK",
  });
  const all = await take(folder);
  expect(found(all)).toEqual([`ann e06 1: ${E06.trim()}`]);
  expect([flags(all, "bob"), flags(all, "cyd")]).toEqual([["refused"], ["refused"]]);
});

test("texts: size, encoding, direction controls, confusables, odd names (A51, A53)", async () => {
  expect(() => readText(Buffer.from([0xff, 0xfe, 0x61, 0]), "e06.ts")).toThrow("not a text in UTF-8");
  const codes = (text: string) => flagsOf(text).map((f) => f.code);
  expect(codes("export const a = 1; // Σᵢ pᵢ log qᵢ, Δx, Привет")).toEqual([]);
  expect(codes("if (x) { /*\u202e } \u2066*/ }")).toEqual(["bidi"]);
  expect(codes("const а\u0440p = 1;")).toEqual(["confusable"]);
  expect(codes("const a\u200bb = 1;")).toEqual(["invisible"]);
  expect(codes("// @ts-nocheck\ndeclare module 'x' {}")).toEqual(["types-off"]);
  expect(codes('x.constructor.constructor("return process")(); await import("fs")')).toEqual([
    "import",
    "machine",
    "evaluates-text",
  ]);
  expect(codes("Object.prototype.toJSON = 1")).toEqual(["prototype"]);
  const folder = write(temporaryFolder(), {
    "ann/e06.ts": "x".repeat(MAX_SOURCE + 1),
    "bob/E06.TS": "shouted",
    "cyd/e06-one-hot.ts": "one",
    "cyd/deeper/e06-one-hot.ts": "two",
  });
  const all = await take(folder);
  expect(found(all)).toEqual(["bob e06 1: shouted", "cyd e06 1: one"]);
  expect(
    all.submissions.find((s) => s.student === "ann" && s.exercise === "e06")!.flags[0]!.evidence,
  ).toMatch(/larger than 64 KiB/);
  expect(flags(all, "cyd")).toEqual(["several"]);
});

test("a roster is refused where it is ambiguous or could become a strange file name", () => {
  expect(parseRoster('\ufeffid,name\r\nb,"Bé, ""x"""\r\na,\r\n').students.map((s) => [s.id, s.name])).toEqual(
    [
      ["a", "a"],
      ["b", 'Bé, "x"'],
    ],
  );
  for (const [text, says] of [
    ["name\nann\n", "must have a column id"],
    ["id\n../x\n", "id must be letters"],
    ["id\ncon\n", "id must be letters"],
    ["id\nann\nANN\n", "must be different"],
    ["id,email\na,x@y\nb,X@Y\n", "must be different"],
    ['id\n"ann\n', "must close each quoted field"],
    ["", "at least one student"],
  ] as const)
    expect(() => parseRoster(text)).toThrow(says);
});
