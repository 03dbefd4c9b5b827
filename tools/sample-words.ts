import fs from "node:fs";
import path from "node:path";
import { Random } from "cross-entropy";
import { alphabets, type Language } from "cross-entropy/lesson";

const TRAIN = 16_000;
const HELD_OUT = 4_000;
const SEED = 1948;

/**
 * Makes `data/words/<language>/` from a full word list: `node tools/run.mjs sample-words en LIST`. For people who want
 * to repeat or change the sample; data/README.md tells where the lists come from.
 */
export async function main([language, list]: string[]): Promise<number> {
  if (language === undefined || list === undefined || !Object.hasOwn(alphabets, language)) {
    console.error("usage: node tools/run.mjs sample-words en|es|de LIST");
    return 2;
  }
  const letters = new Set(alphabets[language as Language]);
  const lines = fs.readFileSync(list, "utf8").split("\n");
  // Sorted by code point, so that the sample depends on the words alone, not on the order or locale of the list.
  const words = [...new Set(lines.map((line) => line.trim().toLowerCase()))]
    .filter((word) => word !== "" && [...word].every((letter) => letters.has(letter)))
    .sort();
  const sample = new Random(SEED).shuffle(words).slice(0, TRAIN + HELD_OUT);
  const folder = path.resolve("data", "words", language);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "train.txt"), `${sample.slice(0, TRAIN).join("\n")}\n`);
  fs.writeFileSync(path.join(folder, "held-out.txt"), `${sample.slice(TRAIN).join("\n")}\n`);
  console.log(`${language}: ${words.length} words of ${lines.length} lines, ${sample.length} drawn`);
  return 0;
}
