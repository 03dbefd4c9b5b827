/**
 * A figure: what plot() stores in a notebook, and how to find it there again. Pure functions; nothing is displayed here.
 */
import { createHash } from "node:crypto";
import { escapeHtml, type MimeBundle } from "./display";
import { pageScript } from "./plotly";

type Tree = Record<string, unknown>;

export interface FigureFrame {
  /** the slider's or choice's value, as text */
  readonly label: string;
  /** per trace, what changes */
  readonly data?: readonly Tree[];
  readonly layout?: Tree;
  /** a sentence below the chart, usually the number to look at */
  readonly note?: string;
}

export interface Figure {
  readonly data: readonly Tree[];
  readonly layout: Tree;
  readonly frames?: readonly FigureFrame[];
  readonly control?: { readonly kind: "slider" | "choice"; readonly label: string; readonly start: number };
  /** pixels */
  readonly height: number;
  readonly alt: string;
  readonly caption?: string;
}

/** An output of a notebook, as nbformat has it; only its media types matter here. */
export interface StoredOutput {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Pixels: the width of the static pictures. */
export const PICTURE_WIDTH = 700;

/** The name of what is drawn, words aside: a picture is good as long as this is the same. */
export function figureId(figure: Figure): string {
  const { alt, caption, ...drawn } = figure;
  return `plot-${createHash("sha256").update(JSON.stringify(drawn)).digest("hex").slice(0, 16)}`;
}

/** JSON that cannot end a script early. */
const scriptJson = (value: unknown) =>
  JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");

/** The words below the picture that say which frame it shows. */
function shown({ control, frames }: Figure): string {
  const frame = control && frames?.[control.start];
  if (!control || !frame) return "";
  const moves = control.kind === "slider" ? "move the slider" : "choose";
  const note = frame.note === undefined ? "" : ` ${frame.note}`;
  return `${control.label} = ${frame.label} (run the cell to ${moves}).${note}`;
}

/** The figure as HTML: a picture (or, before one is baked, a sentence) that becomes a live chart where scripts run. */
export function figureHtml(figure: Figure, png?: string): string {
  const alt = escapeHtml(figure.alt);
  const picture =
    png === undefined
      ? `<p><em>Chart: ${alt} (Run this cell to see it.)</em></p>`
      : `<img alt="${alt}" src="data:image/png;base64,${png}" width="${PICTURE_WIDTH}" style="max-width:100%;background:#fff">`;
  const words = shown(figure) && `<p>${escapeHtml(shown(figure))}</p>`;
  const caption =
    figure.caption === undefined ? "" : `<figcaption>${escapeHtml(figure.caption)}</figcaption>\n`;
  const id = figureId(figure);
  return `<figure id="${id}" class="course-plot" style="margin:0;max-width:56em">
<div class="course-still" style="min-height:${figure.height}px">${picture}${words}</div>
${caption}<script type="application/json">${scriptJson(figure)}</script>
</figure>
<script>(() => {
${pageScript()}
coursePlot(document.currentScript, "${id}", library);
})();</script>`;
}

/** What a notebook stores of a figure, with or without its static picture (base64). */
export function figureBundle(figure: Figure, png?: string): MimeBundle {
  const bundle = { "text/html": figureHtml(figure, png), "text/plain": `[chart] ${figure.alt}` };
  return png === undefined ? bundle : { ...bundle, "image/png": png };
}

/** nbformat may store a text as a list of lines. */
const text = (value: unknown) =>
  Array.isArray(value) ? value.join("") : typeof value === "string" ? value : "";

/** The figure in a stored output, or `undefined` if it is not one of plot(). */
export function figureOf(output: StoredOutput): Figure | undefined {
  const html = text(output.data?.["text/html"]);
  if (!html.startsWith('<figure id="plot-')) return undefined;
  const json = /<script type="application\/json">(.*?)<\/script>/s.exec(html)?.[1];
  return json === undefined ? undefined : (JSON.parse(json) as Figure);
}

/** The static picture (base64) in a stored output, if one was baked. */
export function pictureOf(output: StoredOutput): string | undefined {
  const png = text(output.data?.["image/png"]).replace(/\s/g, "");
  return png === "" ? undefined : png;
}

/** The same output with its static picture, both as `image/png` and inside the HTML. */
export function withPicture<Output extends StoredOutput>(output: Output, png: string): Output {
  const figure = figureOf(output);
  if (figure === undefined) throw new TypeError("withPicture: output must come from plot()");
  const size = { width: PICTURE_WIDTH, height: figure.height };
  return {
    ...output,
    data: { ...output.data, ...figureBundle(figure, png) },
    metadata: { ...output.metadata, "image/png": size },
  };
}
