/** An answer's text before it runs, and what it throws while it does. */
import { blockedMessage } from "../runner/direct";
import type { Reply } from "../specification";
import { type Compiled, compile } from "./helpers";
import { refuseText } from "./nesting";
import type { OpenOptions } from "./options";
import { Violation } from "./wire";

/** text from a box, without the characters that steer terminals */
export const clean = (text: unknown, most: number): string =>
  String(text)
    .slice(0, most)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");

/** What a box can load, or the reply to every question about an answer that does not load. */
export async function compileAnswer(
  source: string,
  { name, given }: Pick<OpenOptions, "name" | "given">,
): Promise<Compiled | Reply> {
  const load = (why: string): Reply => ({
    kind: "load",
    message: `${name} does not load: ${clean(why, 700)}`,
  });
  const refusal = refuseText(source, name);
  if (refusal !== undefined) return load(refusal);
  const compiled = await compile(source, name);
  if (typeof compiled === "string") return load(compiled);
  const foreign = compiled.imports.find((from) => from !== "cross-entropy" || given.length === 0);
  return foreign === undefined ? compiled : { kind: "blocked", message: blockedMessage(foreign) };
}

/** Something that was thrown in a box. `lines` leads from the compiled lines to those of the source. */
export function errorReply(error: unknown, file: string, lines: readonly number[]): Reply {
  if (error === null || typeof error !== "object") throw new Violation("an error that is none");
  const { name, message, stack } = error as Record<string, unknown>;
  if (name === "InternalError" && message === "out of memory")
    return { kind: "memory", message: "its process used up its memory" };
  const place = new RegExp(`${file.replace(/\W/g, "\\$&")}:(\\d{1,6})`).exec(
    typeof stack === "string" ? stack : "",
  );
  const line = place === null ? undefined : lines[Number(place[1]) - 1];
  const where = line === undefined || line === 0 ? "" : ` (line ${line})`;
  return { kind: "error", name: clean(name, 80), message: `${clean(message, 600)}${where}` };
}
