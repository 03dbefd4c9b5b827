/**
 * What every chart of the course has in common, so that a lesson gives only the data, the axis titles and the words.
 * Colours that depend on the page (light or dark) are not here: plot-page.js reads them from the page.
 */

/** Okabe and Ito's palette: told apart by readers with any kind of colour vision. */
export const palette = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9"];

// Colour is never the only difference between two series.
const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
const symbols = ["circle", "square", "diamond", "triangle-up", "x", "cross"];
const patterns = ["", "/", ".", "\\", "x", "-"];

const viridis = ["#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#fde725"];
const blueToOrange = ["#0072B2", "#56B4E9", "#f7f7f7", "#E69F00", "#D55E00"];

type Tree = Record<string, unknown>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** `over` on top of `under`, entry by entry; arrays and plain values replace. */
export function merge(under: Tree, over: Tree): Tree {
  const merged: Tree = { ...under };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = merged[key];
    merged[key] = isTree(below) && isTree(value) ? merge(below, value) : value;
  }
  return merged;
}

const scale = (colours: string[]) => colours.map((colour, i) => [i / (colours.length - 1), colour]);

const axis = {
  automargin: true,
  exponentformat: "power",
  hoverformat: ".4~g",
  showline: true,
  ticks: "outside",
  title: { standoff: 8 },
};

/** Plotly wants `{ text }` for a title; an author may write just the text. */
export function spelledLayout(layout: Tree): Tree {
  const spelled = (part: Tree): Tree =>
    typeof part.title === "string" ? { ...part, title: { text: part.title } } : part;
  const entries = Object.entries(spelled(layout)).map(([key, value]) =>
    isAxis(key) && isTree(value) ? [key, spelled(value)] : [key, value],
  );
  return Object.fromEntries(entries);
}

const isAxis = (key: string) => /^[xy]axis\d*$/.test(key);

/** The author's layout on top of the course's. */
export function styledLayout(layout: Tree, height: number): Tree {
  const spelled = spelledLayout(layout);
  const axes = Object.fromEntries(
    ["xaxis", "yaxis", ...Object.keys(spelled).filter(isAxis)].map((key) => [key, axis]),
  );
  const base = {
    autosize: true,
    height,
    margin: { l: 64, r: 24, t: spelled.title === undefined ? 36 : 72, b: 56 },
    font: { family: "system-ui, sans-serif", size: 14 },
    colorway: palette,
    colorscale: { sequential: scale(viridis), diverging: scale(blueToOrange) },
    legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom" },
    // What the reader zoomed or hid stays so while a slider moves.
    uirevision: "course",
    ...axes,
  };
  return merge(base, spelled);
}

/** Traces that need telling apart: of one type and, for points and lines, of one mode. */
function kindOf({ type = "scatter", mode = "" }: Tree): string {
  if (type === "histogram") return "bar";
  return /^scatter(ternary)?$/.test(String(type)) ? `scatter ${mode}` : String(type);
}

/** Gives each of several series of one kind its own dash, marker or pattern besides its colour. */
export function styledData(traces: readonly Tree[]): Tree[] {
  const kinds = traces.map(kindOf);
  return traces.map((trace, i) => {
    const kind = kinds[i] as string;
    const several = kinds.filter((other) => other === kind).length > 1;
    const nth = kinds.slice(0, i).filter((other) => other === kind).length;
    // A series without a name would be called "trace 0".
    const unnamed = trace.name === undefined ? { showlegend: false } : {};
    return merge(
      { ...unnamed, ...traceStyle(kind.split(" ")[0] as string, several ? nth : undefined) },
      trace,
    );
  });
}

/** @param nth - which of several series of this kind, `undefined` for the only one */
function traceStyle(kind: string, nth: number | undefined): Tree {
  const pick = (from: string[]) => from[(nth ?? 0) % from.length];
  switch (kind) {
    case "scatter":
      if (nth === undefined) return { line: { width: 2.5 }, marker: { size: 7 } };
      return { line: { width: 2.5, dash: pick(dashes) }, marker: { size: 7, symbol: pick(symbols) } };
    case "bar":
      return nth === undefined ? {} : { marker: { pattern: { shape: pick(patterns), fillmode: "overlay" } } };
    case "heatmap":
    case "contour":
    case "histogram2d":
    case "surface":
      return { autocolorscale: true };
    default:
      return {};
  }
}
