/** Builds or checks one notebook: source → run → document, compared with the stored one. */
import fs from "node:fs";
import path from "node:path";
import { type Figure, figureOf, pictureOf, withPicture } from "cross-entropy/lesson";
import type { CellResult } from "../../kernel/run-notebook";
import { firstDifference, sameFigure } from "./compare";
import type { Cell } from "./directives";
import {
  type DocumentOutput,
  isEdited,
  isRich,
  makeDocument,
  type NotebookDocument,
  type RichOutput,
  serialise,
  toStored,
} from "./document";
import type { Execution } from "./execute";

const MAX_OUTPUT_BYTES = 300_000;

export class BuildError extends Error {
  override name = "BuildError";
}

export interface Built {
  readonly stem: string;
  readonly document: NotebookDocument;
  readonly stored: NotebookDocument | undefined;
  /** What differs from the stored document; `undefined` if that is current. */
  readonly difference: string | undefined;
  readonly seconds: number;
}

const ipynb = (root: string, stem: string) => path.join(root, "notebooks", `${stem}.ipynb`);

export function readStored(root: string, stem: string): NotebookDocument | undefined {
  const file = ipynb(root, stem);
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined;
}

export function assemble(root: string, stem: string, cells: readonly Cell[], run: Execution): Built {
  for (const result of run.cells) checkResult(stem, result);
  const stored = readStored(root, stem);
  const known = (stored?.cells ?? []).flatMap((cell) => cell.outputs ?? []).filter(isRich);
  const outputs = run.cells.map((result) =>
    result.outputs.map((output) => reusePicture(toStored(output), known)),
  );
  const document = makeDocument(cells, outputs);
  const difference = stored === undefined ? "it does not exist yet" : firstDifference(stored, document);
  return { stem, document, stored, difference, seconds: run.seconds };
}

function checkResult(stem: string, { id, ok, outputs }: CellResult): void {
  const where = `notebooks/${stem}.md, cell at ${id}`;
  for (const output of outputs) {
    if (output.output_type === "error")
      throw new BuildError(`${where}: ${output.ename}: ${output.evalue}\n${output.traceback.join("\n")}`);
    if (output.output_type === "stream" && output.name === "stderr")
      throw new BuildError(`${where} writes to stderr:\n${output.text}`);
    const size = Buffer.byteLength(JSON.stringify(output));
    if (size > MAX_OUTPUT_BYTES)
      throw new BuildError(`${where}: a stored output must be <= ${MAX_OUTPUT_BYTES} bytes, got ${size}`);
  }
  if (!ok) throw new BuildError(`${where} failed without saying why`);
}

function reusePicture(output: DocumentOutput, known: readonly RichOutput[]): DocumentOutput {
  const figure = isRich(output) ? figureOf(output) : undefined;
  if (!isRich(output) || figure === undefined) return output;
  const twin = known.find((other) => {
    const stored = figureOf(other);
    return stored !== undefined && sameFigure(stored, figure) && pictureOf(other) !== undefined;
  });
  return twin === undefined ? output : withPicture(output, pictureOf(twin) as string);
}

interface Unpictured {
  readonly figure: Figure;
  readonly put: (png: string) => void;
}

/** The figures of a document that have no static picture yet, each with the way to put one in. */
export function unpictured(document: NotebookDocument): Unpictured[] {
  return document.cells.flatMap((cell) =>
    (cell.outputs ?? []).flatMap((output, i): Unpictured[] => {
      if (!isRich(output)) return [];
      const figure = figureOf(output);
      if (figure === undefined || pictureOf(output) !== undefined) return [];
      const put = (png: string) => {
        (cell.outputs as DocumentOutput[])[i] = withPicture(output, png);
      };
      return [{ figure, put }];
    }),
  );
}

/** Writes the document; a notebook in which somebody has worked is kept beside it first. Returns the copy's name. */
export function write(root: string, { stem, document, stored }: Built): string | undefined {
  const file = ipynb(root, stem);
  let copy: string | undefined;
  if (stored !== undefined && isEdited(stored)) {
    copy = freeName(path.join(root, "notebooks", stem));
    fs.copyFileSync(file, copy);
  }
  const temporary = `${file}.tmp`;
  fs.writeFileSync(temporary, serialise(document));
  fs.renameSync(temporary, file);
  return copy;
}

function freeName(base: string): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? `${base}.mine.ipynb` : `${base}.mine-${i}.ipynb`;
    if (!fs.existsSync(name)) return name;
  }
}
