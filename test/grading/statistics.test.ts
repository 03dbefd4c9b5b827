import { parseFragment, parse as parseHtml } from "parse5";
import { expect, test } from "vitest";
import { stubSource } from "../../grading/answers";
import { assignmentOf } from "../../grading/coursework/assignment";
import { sha256 } from "../../grading/coursework/canonical";
import { changesBetween } from "../../grading/coursework/regrade";
import { parseRoster } from "../../grading/coursework/roster";
import { openBook } from "../../grading/export/book";
import { classReport } from "../../grading/report/page";
import { histogram } from "../../grading/report/plots";
import { figuresOf, shareOf } from "../../grading/report/statistics";
import { fakeRecord, settingsFor } from "./class";
import { hostile } from "./hostile";

test("shares carry Wilson's 95 % interval", () => {
  // Wilson (1927) for 1 of 10 and 0 of 10, as in textbooks
  expect(shareOf(1, 10).low).toBeCloseTo(0.0179, 4);
  expect(shareOf(1, 10).high).toBeCloseTo(0.4042, 4);
  expect(shareOf(0, 10)).toMatchObject({ share: 0, low: 0 });
  expect(shareOf(0, 10).high).toBeCloseTo(0.2775, 4);
  expect(shareOf(10, 10).high).toBeCloseTo(1, 12);
  expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1 });
});

const roster = parseRoster("id\nann\nbob\ncyd\n");
const wrong = (student: string, name: string) => {
  const record = fakeRecord(student, "e06", "said");
  return { ...record, checks: record.checks.map((c) => (c.id === "b" ? { ...c, misconception: name } : c)) };
};

test("misunderstandings are ranked by students, and who handed in nothing counts in no check", () => {
  const none = { ...fakeRecord("cyd", "e06", ""), status: "student_error" as const, checks: [], earned: 0 };
  const figures = figuresOf(
    openBook([wrong("ann", "often"), wrong("bob", "often"), none], roster, settingsFor("e06"), new Date()),
  );
  expect(figures.misunderstandings).toMatchObject([{ name: "often", students: 2 }]);
  expect(figures.checks.map((c) => [c.id, c.passed.hits, c.passed.of])).toEqual([
    ["a", 2, 2],
    ["b", 0, 2],
    ["c", 0, 2],
  ]);
  expect(figures.exercises[0]).toMatchObject({ mean: 4, points: 10 });
  expect(figures.shares).toEqual([0.6, 0.6, 0]);
});

test("a file as it was given out is counted as such, and in no check", () => {
  const stub = sha256(stubSource(assignmentOf("e28").specification));
  const untouched = { ...fakeRecord("ann", "e28", "x"), files: [{ name: "e28.ts", bytes: 1, sha256: stub }] };
  const own = { ...untouched, student: "bob", files: [{ name: "e28.ts", bytes: 1, sha256: sha256("mine") }] };
  const said = (record: typeof own) => ({
    ...record,
    checks: record.checks.map((c) => (c.outcome === "pass" ? c : { ...c, misconception: "known" })),
  });
  const none = { ...fakeRecord("cyd", "e28", ""), status: "student_error" as const, checks: [], earned: 0 };
  const figures = figuresOf(
    openBook([said(untouched), said(own), none], roster, settingsFor("e28"), new Date()),
  );
  expect(figures.exercises[0]).toMatchObject({ handedIn: 2, untouched: 1 });
  expect(figures.checks[0]!.passed.of).toBe(1);
  expect(figures.misunderstandings).toMatchObject([{ name: "known", students: 1 }]);
});

test("the class report loads nothing and obeys no text", () => {
  for (const text of hostile) {
    const records = ["ann", "bob", "cyd"].map((s) => ({
      ...wrong(s, "known"),
      checks: wrong(s, "known").checks.map((c) => ({ ...c, message: text, title: text })),
      flags: [{ code: "bidi", evidence: text }],
    }));
    const page = classReport(openBook(records, roster, settingsFor("e06"), new Date()));
    const tree = JSON.stringify(parseHtml(page), (key, value) => (key === "parentNode" ? undefined : value));
    // as an element or an attribute, where a text would only be a value
    expect(tree).not.toMatch(
      /"(?:nodeName|tagName)":"(?:script|img|iframe|link|object|b)"|"name":"(?:src|href|on\w+)"/,
    );
    expect(page).toContain("default-src 'none'");
  }
});

test("the histogram counts everybody once", () => {
  const svg = parseFragment(histogram([0, 0.05, 0.3, 0.95, 1, 1]));
  const text = JSON.stringify(svg, (key, value) => (key === "parentNode" ? undefined : value));
  for (const says of ["2 students from 0 to 10", "1 students from 30 to 40", "3 students from 90 to 100"])
    expect(text).toContain(says);
});

test("regrade tells each difference, and nothing else", () => {
  const before = [
    fakeRecord("ann", "e06", "x"),
    fakeRecord("bob", "e06", "x"),
    fakeRecord("cyd", "e06", "x"),
  ];
  const mended = {
    ...before[1]!,
    earned: 4,
    checks: before[1]!.checks.map((c) => (c.id === "b" ? { ...c, outcome: "pass" as const, earned: 1 } : c)),
  };
  const after = [{ ...before[0]!, environment: { ...before[0]!.environment, grader: "newer" } }, mended];
  expect(changesBetween(before, after)).toEqual([
    {
      student: "bob",
      exercise: "e06",
      attempt: 1,
      before: "3 of 5",
      after: "4 of 5",
      checks: ["b: fail → pass"],
    },
    {
      student: "cyd",
      exercise: "e06",
      attempt: 1,
      before: "3 of 5",
      after: "no result",
      checks: ["a: pass → absent", "b: fail → absent", "c: skipped → absent"],
    },
  ]);
});
