import fs from "node:fs";
import path from "node:path";
import { projectRoot } from "./project";

/** Tokenizers of well-known language models: GPT-3, GPT-4, GPT-4o. */
export type Tokenizer = "r50k" | "cl100k" | "o200k";

const read = (name: string) => fs.readFileSync(path.join(projectRoot, "data", "gpl3", `${name}.txt`), "utf8");

/** The GNU General Public License, version 3: a text of 35,149 characters, all of them ASCII, so one byte each. */
export function licenceText(): string {
  return read("GPL-3");
}

/**
 * The licence text cut into the tokens of a tokenizer; joined, they are the text again.
 *
 * @param tokenizer - `"r50k"`, `"cl100k"` or `"o200k"`
 * @returns a new array, which you may change
 * @throws RangeError if there is no such tokenizer
 */
export function licenceTokens(tokenizer: Tokenizer): string[] {
  if (!["r50k", "cl100k", "o200k"].includes(tokenizer))
    throw new RangeError(
      `licenceTokens: tokenizer must be "r50k", "cl100k" or "o200k", got ${JSON.stringify(tokenizer)}`,
    );
  const text = licenceText();
  let end = 0;
  return read(tokenizer)
    .trim()
    .split(/\s+/)
    .map((length) => {
      const start = end;
      end += Number(length);
      return text.slice(start, end);
    });
}
