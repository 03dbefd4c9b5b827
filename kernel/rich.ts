import util from "node:util";
import type { Documentation } from "./compiler/documentation";
import { toHtml, toTable, toText } from "./tables";

export type MimeBundle = Record<string, unknown>;

const display = Symbol.for("Jupyter.display");
const methods = { toHtml: "text/html", toSvg: "image/svg+xml", toPng: "image/png", toLatex: "text/latex" };

/** What a front end shows for the value of a cell's last expression. */
export async function bundle(value: unknown): Promise<MimeBundle> {
  const table = toTable(value);
  if (table) return { "text/plain": toText(table), "text/html": toHtml(table) };
  const result: MimeBundle = { "text/plain": util.inspect(value, { depth: 4, maxArrayLength: 50 }) };
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return result;
  const own = value as Record<PropertyKey, unknown>;
  const call = async (name: PropertyKey) =>
    typeof own[name] === "function" ? await (own[name] as () => unknown).call(value) : undefined;
  const custom = await call(display);
  if (custom && typeof custom === "object") return { ...result, ...custom };
  for (const [method, type] of Object.entries(methods)) {
    const shown = await call(method);
    if (shown === undefined) continue;
    result[type] = shown instanceof Uint8Array ? Buffer.from(shown).toString("base64") : String(shown);
  }
  return result;
}

/** The documentation of a name, for people. */
export function describe({ signature, text, tags }: Documentation): MimeBundle {
  const lines = tags.map(({ name, text }) => `@${name} ${text.trim()}`);
  const marked = tags.map(({ name, text }) =>
    name === "example" ? `\`\`\`ts\n${text.trim()}\n\`\`\`` : `*@${name}* ${text.trim()}`,
  );
  return {
    "text/plain": [signature, text, lines.join("\n")].filter(Boolean).join("\n\n"),
    "text/markdown": [`\`\`\`ts\n${signature}\n\`\`\``, text, marked.join("\n\n")]
      .filter(Boolean)
      .join("\n\n"),
  };
}
