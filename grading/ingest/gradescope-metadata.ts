/**
 * The few lines that are needed of Gradescope's submission_metadata.yml. Its names are the students' own words, so no
 * general YAML reader sees them: only lines of exactly these forms count, everything else is passed over.
 */
export interface Metadata {
  readonly folder: string;
  readonly created: string | undefined;
  readonly submitters: readonly { readonly sid: string; readonly email: string }[];
}

const unquote = (text: string) =>
  text.trim().replace(/^'(.*)'$|^"(.*)"$/, (_, a?: string, b?: string) => a ?? b ?? "");

/** `2026-11-24 09:30:01.123456789 Z` as ISO 8601 */
function isoDate(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? *(Z|UTC|[+-]\d\d:?\d\d)$/.exec(
    unquote(text),
  );
  if (match === null) return undefined;
  const time = Date.parse(`${match[1]}T${match[2]}${match[3] === "UTC" ? "Z" : match[3]}`);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

export function readMetadata(text: string): Metadata[] {
  const out: { folder: string; created: string | undefined; submitters: { sid: string; email: string }[] }[] =
    [];
  let inSubmitters = false;
  for (const line of text.split(/\r?\n/)) {
    const folder = /^(submission_\d+):\s*$/.exec(line);
    const current = out.at(-1);
    if (folder !== null) {
      out.push({ folder: folder[1]!, created: undefined, submitters: [] });
      inSubmitters = false;
    } else if (current === undefined) {
      // before the first submission
    } else if (/^ {2}:submitters:\s*$/.test(line)) inSubmitters = true;
    else {
      const created = /^ {2}:created_at: (.+)$/.exec(line);
      // the history of earlier attempts stands deeper and is not meant
      if (created !== null) current.created ??= isoDate(created[1]!);
      if (/^ {2}:\w/.test(line)) inSubmitters = false;
      if (!inSubmitters) continue;
      if (/^ {2}- /.test(line)) current.submitters.push({ sid: "", email: "" });
      const field = /^ {2}[- ] :(sid|email): (.+)$/.exec(line);
      const submitter = current.submitters.at(-1);
      if (field !== null && submitter !== undefined)
        submitter[field[1] as "sid" | "email"] = unquote(field[2]!);
    }
  }
  return out;
}
