/** The .ipynb documents that the builder writes: nbformat 4.5 without counts, clocks or any other volatile metadata. */
import { createHash } from "node:crypto";
import type { NotebookOutput } from "../../kernel/run-notebook";
import type { Cell } from "./directives";

/** An output as it is stored: without counts, texts as lines. */
export type DocumentOutput =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string[] }
  | RichOutput
  | Extract<NotebookOutput, { output_type: "error" }>;

export interface RichOutput {
  output_type: "display_data" | "execute_result";
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  execution_count?: null;
}

export const isRich = (output: DocumentOutput): output is RichOutput => "data" in output;

export interface DocumentCell {
  readonly cell_type: "markdown" | "code";
  readonly id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: string[];
  readonly execution_count?: null;
  readonly outputs?: DocumentOutput[];
}

export interface NotebookDocument {
  readonly cells: DocumentCell[];
  readonly metadata: Readonly<Record<string, unknown>> & { readonly course?: { readonly cells: string } };
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
}

/** nbformat keeps texts as lists of lines. */
const toLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
export const textOf = (lines: string | readonly string[]): string =>
  typeof lines === "string" ? lines : lines.join("");

const cellIds = (count: number) =>
  Array.from({ length: count }, (_, i) => `c${String(i + 1).padStart(2, "0")}`);

const digest = (sources: readonly string[]) =>
  createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 16);

export function makeDocument(cells: readonly Cell[], outputs: readonly DocumentOutput[][]): NotebookDocument {
  const ids = cellIds(cells.length);
  let code = 0;
  return {
    cells: cells.map((cell, i): DocumentCell => {
      const id = ids[i] as string;
      if (cell.type === "markdown")
        return { cell_type: "markdown", id, metadata: {}, source: toLines(cell.source) };
      return {
        cell_type: "code",
        execution_count: null,
        id,
        metadata: cell.metadata,
        outputs: outputs[code++] ?? [],
        source: toLines(cell.source),
      };
    }),
    metadata: {
      course: { cells: digest(cells.map((c) => c.source)) },
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

export function toStored(output: NotebookOutput): DocumentOutput {
  if (output.output_type === "stream") return { ...output, text: toLines(output.text) };
  if (output.output_type === "execute_result") return { ...output, execution_count: null };
  return output;
}

/** True if somebody changed, added or removed cells since the builder wrote the document. */
export function isEdited(document: NotebookDocument): boolean {
  const cells = document.cells
    .map((c) => textOf(c.source))
    .filter((source, i, all) => source !== "" || i < all.length - 1);
  return document.metadata.course?.cells !== digest(cells);
}

export const serialise = (document: NotebookDocument): string => `${JSON.stringify(document, null, 1)}\n`;
