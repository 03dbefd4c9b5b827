import { expect, test } from "vitest";
import { sameText } from "../../tools/notebooks/compare";
import { parseNotebook } from "../../tools/notebooks/parse";
import { checkFormulas, checkRules } from "../../tools/notebooks/rules";

const parse = (text: string) => parseNotebook(text, "x.md");

test("parseNotebook() runs a typescript fence and only shows a ts fence", () => {
  const cells = parse("---\na: 1\n---\n\n# T\n\n```ts\nshown();\n```\n\n```typescript\nrun();\n```\n\nend\n");
  expect(cells.map((c) => [c.type, "source" in c ? c.source : ""])).toEqual([
    ["markdown", "# T\n\n```ts\nshown();\n```"],
    ["code", "run();"],
    ["markdown", "end"],
  ]);
});

test("parseNotebook() splits Markdown at two blank lines, but not inside a fence", () => {
  expect(parse("a\n\nb\n\n\nc\n").length).toBe(2);
  expect(parse("```ts\na\n\n\nb\n```\n").length).toBe(1);
});

test("parseNotebook() reads cell metadata as JSON values", () => {
  const [cell] = parse('```typescript tags=["hide-input"] jupyter={"source_hidden": true}\n1;\n```\n');
  expect(cell).toMatchObject({ metadata: { tags: ["hide-input"], jupyter: { source_hidden: true } } });
});

test("parseNotebook() names the line of a fence that is never closed", () => {
  expect(() => parse("a\n\n```typescript\n1;\n")).toThrow(
    "x.md:3: the code fence opened here is never closed",
  );
});

test("parseNotebook() takes a course comment on its own line as a directive", () => {
  expect(parse("<!-- course: question 01-q3 -->\n")).toEqual([
    { type: "directive", name: "question", args: ["01-q3"], line: 1 },
  ]);
});

test("checkFormulas() refuses what KaTeX's strict mode refuses, inline and displayed", () => {
  expect(() => checkFormulas("good $H(p)$ and\n$$\\sum_i p_i$$", "x.md", 1)).not.toThrow();
  expect(() => checkFormulas("bad $\\foo$", "x.md", 7)).toThrow("x.md:7: this formula does not render");
  expect(() => checkFormulas("bad\n$$\\frac{1}{$$", "x.md", 7)).toThrow("does not render");
  expect(() => checkFormulas("no formula: `$\\foo$` costs $5", "x.md", 1)).not.toThrow();
});

test("checkRules() refuses a name that is declared twice and a shorthand of an earlier cell's variable", () => {
  const rules = (...sources: string[]) =>
    checkRules(
      sources.map((source, line) => ({ type: "code", source, metadata: {}, line })),
      "x.md",
    );
  expect(() => rules("const q = 1;", "const { q } = f();")).toThrow("q is declared a second time");
  expect(() => rules("const q = 1;", "f({ q });")).toThrow("write { q: q }");
  expect(() => rules("const q = 1;", "f({ q: q });", "const r = [1]; f({ r });")).not.toThrow();
  expect(() => rules("const q = 1;", "f({ y: g(h(1), q), z: [q, q] });")).not.toThrow();
});

test("sameText() forgives the sixth digit of a number and nothing else", () => {
  expect(sameText("H = 0.591919 nats", "H = 0.591920 nats")).toBe(true);
  expect(sameText("H = 0.591919 nats", "H = 0.591930 nats")).toBe(false);
  expect(sameText("H = 0.591919 nats", "H = 0.591919 bits")).toBe(false);
});
