/**
 * Charts that are live without an extension, and a picture wherever scripts do not run.
 */
import type { Data, Layout, LayoutAxis } from "plotly.js-dist";
import { display } from "./display";
import { type Figure, type FigureFrame, figureBundle } from "./figure";
import { isTree, spelledLayout, styledData, styledLayout } from "./look";

type Titled<Part extends { title?: unknown }> = Omit<Partial<Part>, "title"> & {
  title?: string | Part["title"];
};

/** Plotly's layout; a title may be written as plain text. Axis titles name the unit: `"loss (nats)"`. */
export type PlotLayout = Omit<Titled<Layout>, "xaxis" | "yaxis"> & {
  xaxis?: Titled<LayoutAxis>;
  yaxis?: Titled<LayoutAxis>;
};

/** One position of the slider, or one choice. */
export interface Frame {
  /** the slider's value there; a number is shown as it is */
  readonly label: string | number;
  /** per trace, only what changes; `{}` for a trace that stays */
  readonly data?: Data[];
  readonly layout?: PlotLayout;
  /** a sentence below the chart, usually the number to look at */
  readonly note?: string;
}

export interface PlotOptions {
  /** what the chart shows, in words, for readers who do not see it */
  readonly alt: string;
  readonly caption?: string;
  /** pixels, 400 if not given */
  readonly height?: number;
  /** computed beforehand, so that the slider needs no kernel */
  readonly frames?: readonly Frame[];
  /** the name of what a slider changes from frame to frame, `"temperature"` */
  readonly slider?: string;
  /** the name of what buttons choose among the frames, `"code"` */
  readonly choice?: string;
  /** the index of the frame shown first and in the static picture, 0 if not given */
  readonly start?: number;
}

const MOST_NUMBERS = 20_000;
const MOST_BYTES = 200_000;

/** Data as it is stored: plain arrays, 5 significant digits, a gap (null) for what JSON cannot say. */
function storable(value: unknown): unknown {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(5));
  }
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, storable);
  if (Array.isArray(value)) return value.map(storable);
  if (!isTree(value) || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, storable(entry)]),
  );
}

function storedFrame({ label, data, layout, note }: Frame): FigureFrame {
  return {
    label: String(typeof label === "number" ? Number(label.toPrecision(5)) : label),
    ...(data && { data: data as FigureFrame["data"] }),
    ...(layout && { layout: spelledLayout(layout as Record<string, unknown>) }),
    ...(note !== undefined && { note }),
  } as FigureFrame;
}

function countNumbers(value: unknown): number {
  if (typeof value === "number") return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, entry) => sum + countNumbers(entry), 0);
}

const rangeError = (argument: string, condition: string, got: unknown) =>
  new RangeError(
    `plot: ${argument} must ${condition}, got ${typeof got === "string" ? JSON.stringify(got) : got}`,
  );

/** The figure that plot() shows: checked, rounded, with the course's look under the author's wishes. */
export function makeFigure(data: readonly Data[], layout: PlotLayout, options: PlotOptions): Figure {
  const {
    alt,
    caption,
    height = 400,
    frames = [],
    slider,
    choice,
    start = 0,
  } = options ?? ({} as PlotOptions);
  if (!Array.isArray(data)) throw new TypeError(`plot: data must be an array of traces, got ${data}`);
  if (typeof alt !== "string")
    throw new TypeError(`plot: alt must say in words what the chart shows, got ${alt}`);
  if (alt.trim().length < 10) throw rangeError("alt", "say in words what the chart shows", alt);
  if (!(height >= 100 && height <= 2000))
    throw rangeError("height", "be between 100 and 2000 pixels", height);
  const label = slider ?? choice;
  if (frames.length > 0 !== (label !== undefined) || (slider !== undefined && choice !== undefined))
    throw new TypeError("plot: frames must come with either slider or choice, the name of what they change");
  if (frames.length > 0 && frames[start] === undefined)
    throw rangeError("start", `be the index of one of the ${frames.length} frames`, start);
  frames.forEach((frame, i) => {
    if ((frame.data?.length ?? 0) > data.length)
      throw rangeError(
        `frames[${i}].data`,
        `have at most the figure's ${data.length} traces`,
        frame.data?.length,
      );
  });

  const numbers = countNumbers([data, frames.map((frame) => frame.data)]);
  if (numbers > MOST_NUMBERS)
    throw rangeError("data", `hold at most ${MOST_NUMBERS} numbers in all traces and frames`, numbers);

  const figure = storable({
    data: styledData(data as Record<string, unknown>[]),
    layout: styledLayout(layout as Record<string, unknown>, height),
    frames: frames.length === 0 ? undefined : frames.map(storedFrame),
    control: label && { kind: slider === undefined ? "choice" : "slider", label, start },
    height,
    alt,
    caption,
  }) as Figure;

  const bytes = Buffer.byteLength(JSON.stringify(figure));
  if (bytes > MOST_BYTES) throw rangeError("data", `take at most ${MOST_BYTES} bytes as JSON`, bytes);
  return figure;
}

/**
 * Shows a chart below the running cell: live in JupyterLab, Notebook 7, the classic notebook and exported pages, a
 * picture elsewhere. With `frames` it has a slider or buttons that need no kernel.
 *
 * @param data - Plotly's traces; numbers are kept to 5 significant digits, `NaN` and infinities become gaps
 * @param layout - Plotly's layout; axis titles name the unit; a colour `"currentColor"` is the page's text colour
 * @param options - `alt`, what the chart shows in words, is required
 * @throws TypeError or RangeError if alt is missing, or the figure is too large to be stored (20,000 numbers)
 * @example plot([{ x: [0.5, 1], y: [0.693, 0] }], { yaxis: { title: "surprisal (nats)" } }, { alt: "Surprisal falls to 0 at p = 1." })
 */
export function plot(data: Data[], layout: PlotLayout, options: PlotOptions): void {
  display(figureBundle(makeFigure(data, layout, options)));
}
