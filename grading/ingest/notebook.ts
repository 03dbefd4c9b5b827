/**
 * Answers from a notebook, taken as text: the code cells that carry an exercise's tag, in their order. Outputs, counts
 * and all other metadata are ignored, and nothing is run.
 */
import type { Flag } from "../coursework/record";
import { Refused } from "./entries";

export const MAX_NOTEBOOK = 8 << 20;

export interface Tagged {
  readonly source: string;
  readonly flags: readonly Flag[];
}

interface Cell {
  readonly cell_type?: unknown;
  readonly source?: unknown;
  readonly metadata?: { readonly tags?: unknown };
}

function sourceOf(cell: Cell): string | undefined {
  if (typeof cell.source === "string") return cell.source;
  if (Array.isArray(cell.source) && cell.source.every((line) => typeof line === "string"))
    return cell.source.join("");
  return undefined;
}

/** By exercise: the tag of a cell is `e03`, `exercise-e03` or the whole `e03-cross-entropy`. */
export function taggedCells(text: string, name: string): Map<string, Tagged> {
  let notebook: { cells?: unknown };
  try {
    notebook = JSON.parse(text) as { cells?: unknown };
  } catch {
    throw new Refused(`${name} is not a notebook: it is not JSON`);
  }
  if (notebook === null || typeof notebook !== "object" || !Array.isArray(notebook.cells))
    throw new Refused(`${name} is not a notebook: it has no list of cells`);
  const found = new Map<string, { parts: string[]; flags: Flag[] }>();
  for (const cell of notebook.cells as (Cell | null)[]) {
    if (cell === null || typeof cell !== "object" || cell.cell_type !== "code") continue;
    const tags = cell.metadata?.tags;
    if (!Array.isArray(tags)) continue;
    const ids = new Set(
      tags.map((tag) =>
        typeof tag === "string" ? /^(?:exercise[-:])?(e\d\d)(?:-[\w-]+)?$/.exec(tag)?.[1] : undefined,
      ),
    );
    ids.delete(undefined);
    for (const id of ids) {
      const own = found.get(id!) ?? { parts: [], flags: [] };
      found.set(id!, own);
      const source = sourceOf(cell);
      if (source === undefined) own.flags.push({ code: "notebook", evidence: "a tagged cell has no text" });
      else own.parts.push(source);
    }
  }
  const out = new Map<string, Tagged>();
  for (const [id, { parts, flags }] of found) {
    const magic = parts.some((part) => /^\s*[%!]/m.test(part));
    out.set(id, {
      source: exported(parts.join("\n\n")),
      flags: [
        ...flags,
        ...(parts.length > 1 ? [{ code: "notebook", evidence: `${parts.length} cells carry the tag` }] : []),
        ...(magic ? [{ code: "notebook", evidence: "a line starts with % or !" }] : []),
      ],
    });
  }
  return out;
}

/** In a cell nothing needs to be exported; here the functions are found by their exported names. */
const exported = (source: string) =>
  source.replace(/^(?=(?:async )?function \w|(?:const|let|class) \w)/gm, "export ");
