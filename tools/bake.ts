/**
 * Static pictures of figures, drawn by the code that draws the live charts, in a Chromium without a window.
 * For maintainers and CI only; the same Chromium and fonts give the same bytes.
 */
import fs from "node:fs";
import { type Figure, figureHtml, PICTURE_WIDTH } from "cross-entropy/lesson";
import { chromium, type Page } from "playwright-core";
import { chromiumFlags, findChromium } from "./chromium";
import { png8 } from "./png8";

/** Pixels of the picture for one pixel of the page: sharp on fine screens. */
const SCALE = 2;

const page = `<!doctype html><meta charset="utf-8">
<body style="margin:0;background:#fff;color:#1f1f1f;font:14px 'DejaVu Sans'"></body>`;

/** Everything below runs in the browser and is therefore text; it may use nothing from this file. */
const seedRandom = `let state = 42; Math.random = () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32`;

const drawn = `(async ({ html, width, height, scale }) => {
  document.body.innerHTML = html;
  const script = document.body.querySelector("figure + script");
  const again = document.createElement("script");
  again.textContent = script.textContent;
  script.replaceWith(again);
  const host = document.body.querySelector("figure");
  while (host.dataset.live === "loading") await new Promise((resolve) => setTimeout(resolve, 5));
  const chart = host.querySelector(".js-plotly-plot");
  if (host.dataset.live !== "yes") return undefined;
  const url = await Plotly.toImage(chart, { format: "png", width, height, scale });
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([pixels]));
  await new Promise((resolve) => { reader.onload = resolve; });
  return { width: canvas.width, height: canvas.height, rgba: reader.result.split(",")[1] };
})`;

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: string;
}

async function draw(tab: Page, figure: Figure): Promise<Uint8Array> {
  const font = { ...(figure.layout.font as object), family: "DejaVu Sans" };
  const html = figureHtml({ ...figure, layout: { ...figure.layout, font } });
  const size = { html, width: PICTURE_WIDTH, height: figure.height, scale: SCALE };
  await tab.evaluate(seedRandom);
  const pixels = (await tab.evaluate(`${drawn}(${JSON.stringify(size)})`)) as Pixels | undefined;
  if (pixels === undefined) throw new Error(`bake: the figure must be drawable by plotly.js: ${figure.alt}`);
  return png8(Buffer.from(pixels.rgba, "base64"), pixels.width, pixels.height);
}

/**
 * Draws the static picture of each figure (its `start` frame), as a PNG of 48 colours, 700 pixels wide at double
 * resolution.
 *
 * @throws Error if there is no Chromium, or if plotly.js cannot draw a figure
 */
export async function bake(figures: readonly Figure[]): Promise<Uint8Array[]> {
  if (figures.length === 0) return [];
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    const tab = await browser.newPage({ viewport: { width: 800, height: 600 } });
    await tab.setContent(page);
    await tab.addScriptTag({ content: fs.readFileSync(require.resolve("plotly.js-dist"), "utf8") });
    const pictures: Uint8Array[] = [];
    for (const figure of figures) pictures.push(await draw(tab, figure));
    return pictures;
  } finally {
    await browser.close();
  }
}
