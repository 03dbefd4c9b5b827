import { createHash } from "node:crypto";
import { licenceText, licenceTokens, type Tokenizer } from "cross-entropy/lesson";
import { expect, test } from "vitest";

test("the licence text is the one that the Free Software Foundation publishes, to the byte", () => {
  const text = licenceText();
  expect(createHash("md5").update(text).digest("hex")).toBe("1ebbd3e34237af26da5dc08a4e440464");
  expect([text.length, new TextEncoder().encode(text).length, new Set(text).size]).toEqual([
    35_149, 35_149, 76,
  ]);
});

test.each([
  ["r50k", 8_075],
  ["cl100k", 7_455],
  ["o200k", 7_446],
] as [Tokenizer, number][])("the tokens of %s join to the text again", (tokenizer, count) => {
  const tokens = licenceTokens(tokenizer);
  expect(tokens.length).toBe(count);
  expect(tokens.join("")).toBe(licenceText());
  expect(tokens.filter((token) => token === "")).toEqual([]);
  expect(tokens.filter((token) => token.includes("GENERAL") || token === " License").length).toBeGreaterThan(
    50,
  );
});

test("licenceTokens() names the tokenizers it has", () => {
  expect(() => licenceTokens("gpt2" as Tokenizer)).toThrow(
    'licenceTokens: tokenizer must be "r50k", "cl100k" or "o200k", got "gpt2"',
  );
});
