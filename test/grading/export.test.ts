import { parse as parseCsv } from "csv-parse/sync";
import { type DefaultTreeAdapterTypes, parseFragment, parse as parseHtml } from "parse5";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { parseRoster } from "../../grading/coursework/roster";
import { openBook, parseOverrides } from "../../grading/export/book";
import { feedbackFragment, feedbackMarkdown, feedbackPage } from "../../grading/export/page";
import { classroom, exercism, gradescope, junit } from "../../grading/export/platforms";
import { csvFile, html, markdownBlock, terminal, visible, xml } from "../../grading/export/sinks";
import { canvasCsv, moodleCsv, plainCsv } from "../../grading/export/tables";
import { fakeRecord, settingsFor } from "./class";
import { fuzz, hostile } from "./hostile";

const texts = [...hostile, ...fuzz(300)];
type Node = DefaultTreeAdapterTypes.Node;
function walk(node: Node, visit: (n: Node) => void): void {
  visit(node);
  if ("childNodes" in node) for (const child of node.childNodes) walk(child, visit);
}
const textOf = (node: Node): string => {
  let out = "";
  walk(node, (n) => {
    if (n.nodeName === "#text") out += (n as DefaultTreeAdapterTypes.TextNode).value;
  });
  return out;
};

test("CSV: each field comes back, and none is a formula (A54)", () => {
  const rows = texts.map((t, i) => [t, i + 0.5, undefined]);
  const read = parseCsv(csvFile(rows), { relax_column_count: false }) as string[][];
  expect(read.length).toBe(rows.length);
  read.forEach((row, i) => {
    expect(row.length).toBe(3);
    expect(row[0]!.replace(/^'/, "")).toBe(visible(texts[i]!).replace(/^'/, ""));
    expect(row[0]).not.toMatch(/^[\s]*[=+\-@\uff1d]/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(row[0]).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(Number(row[1])).toBe(i + 0.5);
    expect(row[2]).toBe("");
  });
});

test("HTML: a text stays one text, in a tag and in an attribute (A55)", () => {
  for (const text of texts) {
    const tree = parseFragment(`<p title="${html(text)}">${html(text)}</p>`);
    expect(tree.childNodes.length).toBe(1);
    const p = tree.childNodes[0] as DefaultTreeAdapterTypes.Element;
    expect(p.attrs).toEqual([{ name: "title", value: visible(text) }]);
    expect(textOf(p)).toBe(visible(text));
    expect(p.childNodes.every((c) => c.nodeName === "#text")).toBe(true);
  }
});

test("XML: a text comes back from an attribute, legal in XML 1.0 (A57)", () => {
  for (const text of texts) {
    let value: unknown;
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", (tag) => {
      value = tag.attributes.message;
    });
    parser.write(`<a message="${xml(text)}"/>`).close();
    expect(value).toBe(visible(text));
  }
});

test("a terminal and an Actions log obey nothing (A56, A58)", () => {
  for (const text of texts) {
    const shown = terminal(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(shown).not.toMatch(/::|##\[/);
  }
});

test("Markdown: a text does not leave its block (A55)", () => {
  for (const text of texts) {
    const lines = markdownBlock(text).split("\n");
    const fence = /^(`{3,})text$/.exec(lines[0]!)![1]!;
    // CommonMark: the block ends at the first line of at least as many backticks and nothing else
    const end = lines.slice(1).findIndex((line) => new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line));
    expect(end).toBe(lines.length - 2);
    expect(lines.slice(1, -1).join("\n")).toBe(visible(text));
  }
});

const roster = parseRoster(
  `id,name,email,canvas,moodle\nann,"=cmd|' /C calc'!A0 <b>Ann</b>",ann@example.edu,11,21\nbob,"Bob, ""the"" O'Brien",+bob@example.edu,12,22\n`,
);
const settings = { ...settingsFor("e06", "e03"), title: "A <course> & more" };
const book = (text: string, now = "2026-12-01T00:00:00Z", due?: string) =>
  openBook(
    ["ann", "bob"].flatMap((student) =>
      ["e06", "e03"].map((exercise) => fakeRecord(student, exercise, text)),
    ),
    roster,
    due === undefined ? settings : { ...settings, exercises: settings.exercises.map((e) => ({ ...e, due })) },
    new Date(now),
  );

test("whole exports keep their form whatever an answer said", () => {
  for (const text of texts) {
    const made = book(text);
    const [ann] = made.rows;
    const page = parseHtml(feedbackPage(ann!.view));
    const tags = new Set<string>();
    walk(page, (n) => {
      tags.add(n.nodeName);
      for (const { name, value } of "attrs" in n ? n.attrs : []) {
        expect(name).not.toMatch(/^on|^src$|^href$/);
        expect(value).not.toMatch(/^\s*(?:javascript|https?):/i);
      }
    });
    for (const tag of ["script", "img", "iframe", "link", "object", "b", "#comment"])
      expect(tags.has(tag)).toBe(false);
    expect(textOf(page)).toContain(visible(text).trim().slice(0, 900));
    let cases = 0;
    const parser = new SaxesParser();
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", (tag) => {
      if (tag.name === "testcase") cases++;
    });
    parser.write(junit(ann!.view)).close();
    expect(cases).toBe(6);
    const moodle = parseCsv(moodleCsv(made, "e06"), { columns: true }) as Record<string, string>[];
    expect(moodle.map((r) => [r.Identifier, r.Grade])).toEqual([
      ["Participant 21", "6"],
      ["Participant 22", "6"],
    ]);
    const fragment = parseFragment(moodle[0]!["Feedback comments"]!);
    walk(fragment, (n) =>
      expect(["#document-fragment", "#text", "p", "ul", "li", "br"]).toContain(n.nodeName),
    );
    expect(feedbackFragment(ann!.view.exercises[0]!)).not.toMatch(/\n/);
    const results = JSON.parse(gradescope(ann!)) as { score: number; tests: { output_format: string }[] };
    expect(results.score).toBe(12);
    expect(results.tests.every((t) => t.output_format === "text")).toBe(true);
    expect(JSON.parse(Buffer.from(classroom(ann!.view).base64, "base64").toString()).max_score).toBe(20);
    expect(JSON.parse(exercism(ann!.view.exercises[0]!))).toMatchObject({ version: 3, status: "fail" });
    expect(feedbackMarkdown(ann!.view).match(/^## /gm)?.length).toBe(2);
  }
});

test("Canvas and plain grade books: golden files", () => {
  const made = book("off by 1");
  expect(canvasCsv(made)).toBe(
    [
      '"Student","ID","SIS User ID","SIS Login ID","Section","e06-one-hot","e03-cross-entropy"',
      '"    Points Possible","","","","",10,10',
      `"'=cmd|' /C calc'!A0 <b>Ann</b>","11","","ann@example.edu","",6,6`,
      `"Bob, ""the"" O'Brien","12","","'+bob@example.edu","",6,6`,
      "",
    ].join("\r\n"),
  );
  expect(plainCsv(made).split("\r\n")[2]).toBe(`"bob","Bob, ""the"" O'Brien","'+bob@example.edu",6,6,12,20`);
});

test("the platforms' files of one student: golden files", async () => {
  const [, bob] = book("off by <1>\n= 2").rows;
  // .txt: nobody's formatter may touch them
  const at = (name: string) => `golden/${name}.txt`;
  await expect(gradescope(bob!)).toMatchFileSnapshot(at("gradescope.json"));
  await expect(classroom(bob!.view).json).toMatchFileSnapshot(at("classroom.json"));
  await expect(exercism(bob!.view.exercises[0]!)).toMatchFileSnapshot(at("exercism.json"));
  await expect(junit(bob!.view)).toMatchFileSnapshot(at("junit.xml"));
  await expect(feedbackMarkdown(bob!.view)).toMatchFileSnapshot(at("feedback.md"));
  await expect(moodleCsv(book("off by <1>\n= 2"), "e06").replaceAll("\r\n", "\n")).toMatchFileSnapshot(
    at("moodle.csv"),
  );
});

test("a hidden check says nothing before its date, and afterwards only whether it was passed (G11)", () => {
  const [a, b] = ["input was [0.1, 0.9]", "fine"].map((leak) => {
    const record = fakeRecord("ann", "e06", "same");
    const hidden = {
      ...record.checks[0]!,
      id: "h",
      title: "deeper",
      visibility: "after_due" as const,
      outcome: "fail" as const,
    };
    const leaky = {
      ...hidden,
      earned: 0,
      message: leak,
      example: leak,
      kind: leak === "fine" ? "error" : "value",
    };
    const records = [
      { ...record, points: 10, checks: [...record.checks, leaky], log: leak },
      fakeRecord("ann", "e03", "x"),
    ];
    const only = parseRoster("id\nann\n");
    return (now: string) => {
      const due = {
        ...settings,
        exercises: settings.exercises.map((e) => ({ ...e, due: "2026-12-01T00:00:00Z" })),
      };
      const [row] = openBook(records, only, due, new Date(now)).rows;
      const files = [
        feedbackPage(row!.view),
        feedbackMarkdown(row!.view),
        junit(row!.view),
        exercism(row!.view.exercises[0]!),
        classroom(row!.view).json,
        gradescope(row!),
      ];
      return { files: files.join("\n"), view: row!.view };
    };
  });
  for (const now of ["2026-11-30T00:00:00Z", "2026-12-02T00:00:00Z"]) {
    expect(a!(now).files).toBe(b!(now).files);
    expect(a!(now).files).not.toContain("0.1");
  }
  const hiddenCheck = (now: string) => a!(now).view.exercises[0]!.checks.find((c) => c.hidden)!;
  expect(hiddenCheck("2026-11-30T00:00:00Z")).toMatchObject({ outcome: "later", earned: undefined });
  expect(a!("2026-11-30T00:00:00Z").view.exercises[0]!.pending).toBeGreaterThan(0);
  expect(hiddenCheck("2026-12-02T00:00:00Z")).toMatchObject({ outcome: "fail", earned: 0 });
});

test("an export waits for what the machine failed to grade, unless a person decided", () => {
  const records = [
    fakeRecord("ann", "e06", ""),
    { ...fakeRecord("bob", "e06", ""), status: "infra" as const },
  ];
  const one = settingsFor("e06");
  expect(() => openBook(records, roster, one, new Date())).toThrow(
    /1 answers could not be graded \(bob e06\)/,
  );
  const overrides = parseOverrides("id,exercise,earned,why\nbob,e06,7.5,read by hand\n", one);
  expect(openBook(records, roster, one, new Date(), overrides).rows[1]).toMatchObject({ earned: 7.5 });
  expect(() => parseOverrides("id,exercise,earned,why\nbob,e06,70,generous\n", one)).toThrow("from 0 to 10");
  const review = [records[0]!, { ...records[1]!, status: "review" as const }];
  expect(plainCsv(openBook(review, roster, one, new Date())).split("\r\n")[2]).toBe(
    `"bob","Bob, ""the"" O'Brien","'+bob@example.edu",,,10`,
  );
});
