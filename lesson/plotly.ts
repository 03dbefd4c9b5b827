/**
 * Where plotly.js is, for the pages that show a chart: the whole bundle from the Jupyter server (same machine, every kind
 * of chart), the small minified one wherever its bytes travel.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { display } from "./display";
import { projectRoot } from "./project";

const WHOLE = "node_modules/plotly.js-dist/plotly.js";
const SMALL = "node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js";

/** The functions of lesson/page, in one scope. */
const PAGE_FILES = ["library.js", "element.js", "table.js", "controls.js", "chart.js"];

const read = (file: string) => fs.readFileSync(path.join(projectRoot, file), "utf8");

let script: string | undefined;

/** The body of the script behind each figure, but for the figure's own line. */
export function pageScript(): string {
  if (script !== undefined) return script;
  const { version } = JSON.parse(read("node_modules/plotly.js-cartesian-dist-min/package.json"));
  const library = {
    server: WHOLE,
    beside: `../${SMALL}`,
    remote: `https://cdn.jsdelivr.net/npm/plotly.js-cartesian-dist-min@${version}/plotly-cartesian.min.js`,
    integrity: `sha384-${createHash("sha384").update(read(SMALL)).digest("base64")}`,
  };
  const code = PAGE_FILES.map((file) => read(`lesson/page/${file}`)).join("\n");
  // Comments are for readers of the repository; every stored figure would carry them.
  const bare = code
    .replace(/\/\*\*.*?\*\/ ?/gs, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
  script = `${bare}\nconst library = ${JSON.stringify(library)};`;
  return script;
}

/** The small bundle's text, for pages that carry it themselves. */
export const smallBundle = (): string => read(SMALL);

/**
 * Brings plotly.js into a window that has neither the course's Jupyter server nor the network, such as VS Code offline:
 * `await loadPlots()` in a cell before the first chart. What it sends (0.7 MB) is replaced before the cell ends, so that
 * it is not stored in the notebook.
 */
export async function loadPlots(): Promise<void> {
  const packed = gzipSync(smallBundle(), { level: 9 }).toString("base64");
  const unpack = `window.coursePlotly = new Response(
    new Blob([Uint8Array.from(atob("${packed}"), (c) => c.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("gzip"))
  ).text().then((source) => globalThis.eval(source));`;
  const id = "course-plotly";
  display(
    { "text/html": `<script>${unpack}</script>loading …`, "text/plain": "loading plotly.js …" },
    { id },
  );
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const done = "Charts are live in this window, without the network.";
  display({ "text/html": done, "text/plain": done }, { id, update: true });
}
