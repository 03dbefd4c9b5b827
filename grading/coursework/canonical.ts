/** One spelling for one value: keys sorted, no spaces. Hashes of results are taken over this text. */
import { createHash, type Hash } from "node:crypto";

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => canonical(v ?? null)).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value);
}

export const sha256 = (...parts: readonly (string | Uint8Array)[]): string =>
  parts.reduce<Hash>((hash, part) => hash.update(part), createHash("sha256")).digest("hex");
