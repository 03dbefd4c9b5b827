import fs from "node:fs";
import path from "node:path";

/** Names of the tokenizers, as the package has its files. */
const TOKENIZERS = ["r50k", "cl100k", "o200k"];

interface Encoding {
  encode(text: string): number[];
  decode(ids: readonly number[]): string;
}

/**
 * Makes `data/gpl3/*.txt`, the lengths of the tokens into which three tokenizers cut the licence text:
 * `node tools/run.mjs token-lengths PACKAGE`, with PACKAGE an unpacked gpt-tokenizer. For people who want to repeat it;
 * data/README.md tells where the package comes from. Its tables of 30 MB are why the lengths are kept and it is not.
 */
export async function main([folder]: string[]): Promise<number> {
  if (folder === undefined) {
    console.error("usage: node tools/run.mjs token-lengths PACKAGE");
    return 2;
  }
  const text = fs.readFileSync("data/gpl3/GPL-3.txt", "utf8");
  for (const name of TOKENIZERS) {
    const encoding = require(path.resolve(folder, "cjs", "encoding", `${name}_base.js`)) as Encoding;
    const tokens = encoding.encode(text).map((id) => encoding.decode([id]));
    // A token can be a part of a character; then its text is not its own. This text is ASCII, so it cannot happen here.
    if (tokens.join("") !== text) throw new Error(`${name}: the tokens do not make the text again`);
    fs.writeFileSync(`data/gpl3/${name}.txt`, inLines(tokens.map((token) => token.length)));
    console.log(`${name}: ${tokens.length} tokens`);
  }
  return 0;
}

/** Numbers with spaces between them, 40 to a line. */
function inLines(lengths: readonly number[]): string {
  let lines = "";
  for (let i = 0; i < lengths.length; i += 40) lines += `${lengths.slice(i, i + 40).join(" ")}\n`;
  return lines;
}
