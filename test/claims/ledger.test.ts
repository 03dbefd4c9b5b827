import fs from "node:fs";
import path from "node:path";
import katex from "katex";
import { expect, test } from "vitest";

interface Entry {
  id: string;
  sources: string[];
  kind: "number" | "text";
  /** what code computes to show it, with the expected value */
  show?: string;
  homes: string[];
}

interface Statement extends Entry {
  topic: string;
  statement: string;
  verdict: "holds" | "holds with a condition" | "corrected";
  note?: string;
  correctedBy?: string[];
  exercises: string[];
}

interface Correction extends Entry {
  severity: "A" | "B" | "C";
  says: string;
  right: string;
}

interface Ledger {
  sources: Record<string, string>;
  statements: Statement[];
  corrections: Correction[];
}

const root = path.resolve(__dirname, "../..");
const readJson = (name: string) => JSON.parse(fs.readFileSync(path.join(root, name), "utf8"));
const ledger: Ledger = readJson("claims.json");
const { statements, corrections } = ledger;
const entries: Entry[] = [...statements, ...corrections];

const numbered = (letter: string, digits: number, count: number) =>
  Array.from({ length: count }, (_, i) => letter + String(i + 1).padStart(digits, "0"));

/** All that a learner reads on the closing page: [id, text]. */
const prose: [string, string][] = [
  ...statements.flatMap((s): [string, string][] => [
    [s.id, s.statement],
    ...(s.note === undefined ? [] : [[s.id, s.note] satisfies [string, string]]),
  ]),
  ...corrections.flatMap((w): [string, string][] => [
    [w.id, w.says],
    [w.id, w.right],
  ]),
];

/** What went wrong, one line per entry, so that a failing test names every culprit at once. */
const faults = <T extends { id: string }>(list: readonly T[], fault: (entry: T) => string | undefined) =>
  list.flatMap((entry) => {
    const text = fault(entry);
    return text === undefined ? [] : [`${entry.id}: ${text}`];
  });

test("the ledger holds S001 to S178 and W01 to W32, each once and in order", () => {
  expect(statements.map((s) => s.id)).toEqual(numbered("S", 3, 178));
  expect(corrections.map((w) => w.id)).toEqual(numbered("W", 2, 32));
});

test("every entry names its sources, and at least one notebook that must show it", () => {
  const homes = new Set<string>(readJson("course.json").notebooks.map((n: { id: string }) => n.id));
  expect(homes).toContain("17");
  homes.add("index");
  const unknown = (e: Entry) =>
    e.homes.find((home) => !homes.has(home)) ?? e.sources.find((source) => !(source in ledger.sources));
  expect(faults(entries, unknown)).toEqual([]);
  expect(faults(entries, (e) => (e.homes.length && e.sources.length ? undefined : "is empty"))).toEqual([]);
});

test("every exercise that a statement names is one of e01 to e28", () => {
  const exercises = numbered("e", 2, 28);
  expect(faults(statements, (s) => s.exercises.find((e) => !exercises.includes(e)))).toEqual([]);
  const named = new Set(statements.flatMap((s) => s.exercises));
  expect(exercises.filter((e) => !named.has(e))).toEqual([]);
});

test("at most 40 entries have nothing to compute; every other one says what code shows", () => {
  expect(entries.filter((e) => e.kind === "text").length).toBeLessThanOrEqual(40);
  expect(
    faults(entries, (e) =>
      (e.kind === "number") === Boolean(e.show) ? undefined : "kind and show disagree",
    ),
  ).toEqual([]);
});

test("every formula parses under KaTeX's strict mode", () => {
  const broken = prose.flatMap(([id, text]) => {
    const parts = text.split("$");
    if (parts.length % 2 === 0) return [`${id}: a dollar sign without its partner`];
    return parts.flatMap((tex, i) => {
      if (i % 2 === 0) return [];
      try {
        katex.renderToString(tex, { strict: "error", throwOnError: true });
        return [];
      } catch (error) {
        return [`${id}: $${tex}$ ${(error as Error).message}`];
      }
    });
  });
  expect(broken).toEqual([]);
});

test("no two statements are equal", () => {
  const said = [...statements.map((s) => s.statement), ...corrections.map((w) => w.right)];
  expect(said.filter((text, i) => said.indexOf(text) !== i)).toEqual([]);
});

test("the prose is made of sentences that fit in a Markdown table", () => {
  const odd = prose.filter(([, text]) => !/^[^a-z\s].*[.?)]$/.test(text) || /[|\n]| {2}|\bW\d{3}/.test(text));
  expect(odd).toEqual([]);
});

test("whatever does not simply hold says why, and names each correction", () => {
  const silent = (s: Statement) => {
    if (s.verdict === "holds") return s.correctedBy && "holds, yet it is corrected";
    if (!s.note) return "has no note";
    if (s.verdict === "corrected" && !s.correctedBy) return "corrected by nothing";
    return s.correctedBy?.find((w) => !s.note?.includes(w));
  };
  expect(faults(statements, silent)).toEqual([]);
});

// Which statements repeat which error of the sources.
const corrected = {
  S002: "W07",
  S004: "W08",
  S009: "W09",
  S013: "W31",
  S016: "W09",
  S017: "W10",
  S021: "W02",
  S023: "W11",
  S036: "W03",
  S038: "W01 W12",
  S039: "W02",
  S044: "W13",
  S048: "W14",
  S055: "W15",
  S057: "W16",
  S061: "W30",
  S072: "W17",
  S076: "W04",
  S079: "W18",
  S080: "W19",
  S084: "W20",
  S087: "W21",
  S091: "W22",
  S096: "W23",
  S105: "W24",
  S108: "W25",
  S109: "W26",
  S111: "W06",
  S115: "W27",
  S139: "W28",
  S146: "W29",
  S152: "W05 W17",
  S168: "W05",
  S170: "W32",
};

// The notebook in which each correction is made: W01 in 04, W02 in 03, and so on.
const correctionHomes =
  "04 03 10 08 10 12 01 00 02 03 05 04 04 14 05 10 05 03 07 07 07 08 09 12 12 12 12 14 17 06 03 index";

test("homes of corrections: every statement with an error refers to its correction, and each has its notebook", () => {
  const missing = Object.entries(corrected).flatMap(([id, needed]) => {
    const has = statements.find((s) => s.id === id)?.correctedBy ?? [];
    return needed
      .split(" ")
      .filter((w) => !has.includes(w))
      .map((w) => `${id} ${w}`);
  });
  expect(missing).toEqual([]);

  const byId = new Map(corrections.map((w) => [w.id, w]));
  const shared = (s: Statement, w: string) =>
    byId.get(w)?.sources.some((source) => s.sources.includes(source));
  expect(faults(statements, (s) => s.correctedBy?.find((w) => !shared(s, w)))).toEqual([]);

  const used = new Set(statements.flatMap((s) => s.correctedBy ?? []));
  expect(corrections.map((w) => w.id).filter((w) => !used.has(w))).toEqual([]);
  expect(corrections.map((w) => w.homes.join("+")).join(" ")).toBe(correctionHomes);
});
