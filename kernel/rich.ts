import util from "node:util";

export type MimeBundle = Record<string, unknown>;

const display = Symbol.for("Jupyter.display");

/** What a front end shows for the value of a cell's last expression. */
export async function bundle(value: unknown): Promise<MimeBundle> {
  const text: MimeBundle = { "text/plain": util.inspect(value, { depth: 4, maxArrayLength: 50 }) };
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return text;
  const own = value as Record<PropertyKey, unknown>;
  const call = async (name: PropertyKey) =>
    typeof own[name] === "function" ? await (own[name] as () => unknown).call(value) : undefined;
  const custom = await call(display);
  if (custom && typeof custom === "object") return { ...text, ...custom };
  const html = await call("toHtml");
  if (html !== undefined) text["text/html"] = String(html);
  const svg = await call("toSvg");
  if (svg !== undefined) text["image/svg+xml"] = String(svg);
  const png = await call("toPng");
  if (png !== undefined)
    text["image/png"] = png instanceof Uint8Array ? Buffer.from(png).toString("base64") : String(png);
  const latex = await call("toLatex");
  if (latex !== undefined) text["text/latex"] = String(latex);
  return text;
}
