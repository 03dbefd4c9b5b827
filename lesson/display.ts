/**
 * Rich output: the one file that knows how tslab shows something in a notebook.
 *
 * tslab keeps a function for this in `tslab/dist/jupyter` while a cell runs; the course's own kernel and its headless
 * runner set the same one. Outside a kernel there is none, and the plain text is printed instead; an output that would be
 * replaced is printed once.
 */
import { createRequire } from "node:module";

/** The same content in several media types; a front end shows the richest one that it can. */
export type MimeBundle = { readonly "text/plain": string } & { readonly [mediaType: string]: unknown };

export interface DisplayOptions {
  /** a name for this output, so that a later call can replace it */
  readonly id?: string;
  /** replace the output of that name instead of adding one */
  readonly update?: boolean;
  /** per media type, for example the width at which a picture is shown */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

type WriteDisplayData = (
  content: { data: object; metadata: object; transient: object },
  update: boolean,
) => unknown;

const requireHere = createRequire(__filename);

/** tslab's function, if this process is a kernel; tslab itself is never loaded for it (that costs a second). */
function writer(): WriteDisplayData | undefined {
  const file = requireHere.resolve("tslab/dist/jupyter");
  const loaded = requireHere.cache[file]?.exports as
    | { lastWriteDisplayData: WriteDisplayData | null }
    | undefined;
  return loaded?.lastWriteDisplayData ?? undefined;
}

/**
 * Shows content below the running cell; in plain Node, prints its text.
 *
 * @param bundle - the content by media type; `text/plain` is for readers without the others
 * @example display({ "text/html": "<b>H(p)</b>", "text/plain": "H(p)" })
 */
export function display(
  bundle: MimeBundle,
  { id, update = false, metadata = {} }: DisplayOptions = {},
): void {
  const write = writer();
  if (write === undefined) {
    if (!update) console.log(bundle["text/plain"]);
    return;
  }
  write({ data: bundle, metadata, transient: id === undefined ? {} : { display_id: id } }, update);
}

/** Text that stands for itself inside HTML and inside its attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (c) => entities[c] as string);
}
