/** A submitted text: readable or not, and what in it a person should look at. Nothing here runs or parses it. */
import type { Flag } from "../coursework/record";
import { Refused } from "./entries";

export const MAX_SOURCE = 64 * 1024;

/** UTF-8 without its mark; line ends and letters stay as they are. */
export function readText(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(`${name} is not a text in UTF-8: save it as UTF-8 and submit it again`);
  }
}

const codes = (text: string, pattern: RegExp) =>
  [...new Set(text.match(pattern) ?? [])].map(
    (c) => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`,
  );

const lineOf = (text: string, index: number) => text.slice(0, index).split("\n").length;

/** words that an answer does not need; each may be innocent, so they earn a look and cost nothing */
const unusual: readonly (readonly [code: string, pattern: RegExp])[] = [
  ["types-off", /@ts-(?:nocheck|ignore|expect-error)|\bdeclare\s+(?:module|global)\b/],
  ["import", /\bimport\s*\(|\brequire\s*\(|\bimport\b[^;\n]*\bfrom\b|\bexport\b[^;\n]*\bfrom\b/],
  ["machine", /\bprocess\b|\bglobalThis\b|\bnode:|\bchild_process\b|\bWebAssembly\b|\bsourceMappingURL\b/],
  ["evaluates-text", /\beval\s*\(|\bFunction\s*\(|\.constructor\b[^;\n]*\.constructor\b/],
  ["prototype", /__proto__|\bsetPrototypeOf\b|\.prototype\b|\bdefineProperty\b/],
];

/** The signs and letters that make code read differently from what it does (“Trojan Source”), and unusual words. */
export function flagsOf(source: string): Flag[] {
  const flags: Flag[] = [];
  const bidi = codes(source, /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g);
  if (bidi.length > 0) flags.push({ code: "bidi", evidence: `direction controls ${bidi.join(" ")}` });
  const invisible = codes(source, /[\u00ad\u180e\u200b-\u200d\u2060\ufeff]/g);
  if (invisible.length > 0)
    flags.push({ code: "invisible", evidence: `invisible characters ${invisible.join(" ")}` });
  const code = source.replace(/\/\*[\s\S]{0,65536}?\*\/|\/\/[^\n]*/g, (comment) =>
    comment.replace(/[^\n]/g, " "),
  );
  for (const match of code.matchAll(/[\p{L}\p{N}_$]+/gu)) {
    const word = match[0];
    if (
      /[a-z]/i.test(word) &&
      /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\uff00-\uffef]/u.test(word)
    ) {
      flags.push({
        code: "confusable",
        evidence: `line ${lineOf(code, match.index)} mixes alphabets in one word`,
      });
      break;
    }
  }
  for (const [name, pattern] of unusual) {
    const match = pattern.exec(code);
    if (match !== null)
      flags.push({
        code: name,
        evidence: `line ${lineOf(code, match.index)}: ${match[0].replace(/\s+/g, " ").slice(0, 60)}`,
      });
  }
  return flags;
}
